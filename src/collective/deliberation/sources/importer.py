"""Make or update a meeting and its items from a source; a second run with the same changes nothing.

Fields are written directly, not through forms: whoever has the permission to import brings texts
that are complete elsewhere, whatever the state here forbids to edit by hand. Transitions are real
ones, in the name of that user (see ``workflow.elsewhere``), so that publishing hears of them.
"""

import transaction
from AccessControl import Unauthorized
from collective.deliberation import _
from collective.deliberation.content.vocabularies import titled_slugs
from collective.deliberation.sources import origin
from collective.deliberation.sources import states
from collective.deliberation.sources import walk
from collective.deliberation.sources.mapping import fields_of
from collective.deliberation.sources.report import Report
from collective.deliberation.sources.values import Source
from collective.deliberation.sources.values import SourceError
from collective.deliberation.sources.values import SourceItem
from collective.deliberation.workflow.elsewhere import validated_in
from plone import api
from plone.dexterity.utils import createContentInContainer
from zope.event import notify
from zope.i18n import translate
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent


IMPORT = "collective.deliberation: Import meetings"


def find_meeting(institution, uid: str):
    """The meeting that was imported from the source's ``uid``, or None."""
    for content in institution.objectValues():
        if content.portal_type == "Meeting" and origin.uid_of(content) == uid:
            return content
    return None


def run(institution, source: Source) -> Report:
    """Import ``source`` into an institution: all of it, or nothing.

    :raises SourceError: when the institution has no such body
    :raises walk.Refused: when this user may not make a transition that the source has made
    :raises Unauthorized: without the permission to import here
    """
    if not api.user.has_permission(IMPORT, obj=institution):
        raise Unauthorized(IMPORT)
    savepoint = transaction.savepoint()
    try:
        with validated_in(source.system):
            return _Import(institution, source).run()
    except Exception:
        savepoint.rollback()
        raise


class _Import:
    """One run: its counts and notes."""

    def __init__(self, institution, source: Source):
        self.institution = institution
        self.source = source
        self.counts = {"created": 0, "updated": 0, "unchanged": 0}
        self.notes = []

    def run(self) -> Report:
        value = self.source.meeting
        if value.body not in titled_slugs(self.institution.bodies):
            raise SourceError(
                "meeting.@type",
                _(
                    "source_unknown_body",
                    default="is of the body “${body}”, which this institution doesn't have: "
                    "add it to its bodies.",
                    mapping={"body": value.body},
                ),
            )
        meeting = find_meeting(self.institution, value.uid)
        meeting, changed = self.put(self.institution, "Meeting", meeting, value)
        if changed:
            # Before its items: what a past meeting approved is never sent as a draft.
            self.walk(meeting, walk.MEETING, states.meeting_state(value), value.state)
        self.items(meeting)
        if self.source.annexes:
            self.note(
                "import_annexes",
                "${name} annexes not imported: the answer holds no file.",
                len(self.source.annexes),
            )
        return Report(meeting.absolute_url(), notes=tuple(self.notes), **self.counts)

    def items(self, meeting) -> None:
        here = {
            origin.uid_of(item): item
            for item in meeting.objectValues()
            if item.portal_type == "Item" and origin.uid_of(item)
        }
        for value in self.source.items:
            self.item(meeting, here.pop(value.uid, None), value)
        for item in here.values():
            self.note(
                "import_gone", "Item ${name} is no longer at the source: kept here.", item.number
            )
        _order(meeting, [value.uid for value in self.source.items])

    def item(self, meeting, item, value: SourceItem) -> None:
        if item is not None and origin.changed(item, value):
            state = api.content.get_state(item)
            if state == "withdrawn":
                self.counts["unchanged"] += 1
                self.note(
                    "import_withdrawn",
                    "Item ${name} was withdrawn here: left as it is.",
                    item.number,
                )
                return
            if state in ("decided", "validated"):
                walk.step(item, "revise", self.comment(value.state))
        item, changed = self.put(meeting, "Item", item, value)
        if changed:
            self.walk(item, walk.ITEM, states.item_state(value), value.state)

    def put(self, container, portal_type, content, value):
        """The object with the source's fields, and whether that changed anything."""
        fields = fields_of(value)
        if content is None:
            self.counts["created"] += 1
            # Without constraints: by hand nobody may add an item to a closed meeting.
            content = createContentInContainer(
                container,
                portal_type,
                checkConstraints=False,
                **{field.name: field.value for field in fields},
            )
            origin.remember(content, self.source.system, value)
            return content, True
        changed = origin.changed(content, value)
        if not changed:
            self.counts["unchanged"] += 1
            return content, False
        self.counts["updated"] += 1
        written = [field for field in fields if field.follows & changed]
        for field in written:
            setattr(content, field.name, field.value)
        origin.remember(content, self.source.system, value)
        schema = content.getTypeInfo().lookupSchema()
        names = [field.name for field in written]
        notify(ObjectModifiedEvent(content, Attributes(schema, *names)))
        return content, True

    def walk(self, content, order, target: str, state: str) -> None:
        if not walk.forward(content, order, target, self.comment(state)):
            self.note(
                "import_ahead",
                "${name}: further here than at the source, left in its state.",
                getattr(content, "number", "") or content.getId(),
            )

    def comment(self, state: str) -> str:
        message = _(
            "import_comment",
            default="imported from ${system} (state ${state})",
            mapping={"system": self.source.system, "state": state},
        )
        return translate(message, target_language=api.portal.get_default_language())

    def note(self, id: str, default: str, name) -> None:
        self.notes.append(_(id, default=default, mapping={"name": str(name)}))


def _order(meeting, uids: list[str]) -> None:
    """The agenda in the source's order; untouched when it already is."""
    by_uid = {origin.uid_of(item): item.getId() for item in meeting.objectValues()}
    wanted = [by_uid[uid] for uid in uids]
    known = set(wanted)
    if [id for id in meeting.objectIds() if id in known] != wanted:
        meeting.moveObjectsToTop(wanted)
        for content in meeting.objectValues():
            content.reindexObject(idxs=["getObjPositionInParent"])
