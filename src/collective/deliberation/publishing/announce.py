"""Say to the outbox what has become of an object: publish it, publish it anew, withdraw it, or nothing.

Called in the transaction of whatever changed it, by ``subscribers``. It can be called at any time and any
number of times: a new revision is made only when the content differs from the last one.
"""

from collective.deliberation import _
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review.decisions import exempted
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.publishing import exposure
from collective.deliberation.publishing import payload
from collective.deliberation.publishing import policy
from collective.deliberation.publishing import schedule
from collective.deliberation.publishing import wire
from collective.deliberation.publishing.log import desk as log
from collective.deliberation.publishing.log.entries import gone
from collective.deliberation.publishing.log.entries import put
from collective.deliberation.publishing.outbox import Outbox
from collective.deliberation.publishing.outbox import outbox
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.payload import Unpublishable
from collective.deliberation.publishing.records import Known
from collective.deliberation.publishing.records import Planned
from collective.deliberation.publishing.records import Snapshot
from datetime import datetime
from datetime import timezone
from plone import api
from plone.uuid.interfaces import IUUID
from zope.i18n import translate


WITHDRAWN = _("publishing_withdrawn_default", default="Withdrawn by the institution.")
STEPS = {
    "draft": ("approve", "convene"),
    "decision": ("validate", "close"),
    "meeting": ("convene",),
}


def announce(content, reason: str = "", now: datetime | None = None) -> None:
    """Bring the outbox up to date about an Item or a Meeting.

    :param reason: of a withdrawal, as its author wrote it
    :param now: by the clock that says which plans are due
    """
    institution = institution_of(content)
    if institution is None:
        return
    site = api.portal.get()
    box, uid = peek(site), IUUID(content)
    known = box.objects.get(uid) if box is not None else None
    if known is not None and known.deleted:
        return
    wanted = _due_stage(content, wanted_stage(content), known, now or _now())
    step = policy.step(wanted, known.stage if known else None)
    if step == "nothing" and wanted and known and _shows_an_original(known, content):
        step = "publish"  # better a draft again than a name in a decision
    if step == "nothing":
        return
    box = outbox(site)
    known = box.known(uid, institution.getId())
    if step == "withdraw":
        withdraw(box, known, content, reason)
    else:
        _publish(box, known, content, institution, wanted)


def _due_stage(content, target: str | None, known: Known | None, now: datetime) -> str | None:
    """The stage for now: the target, or when its moment is planned and hasn't come, what is public already."""
    site, uid = api.portal.get(), IUUID(content)
    box = peek(site)
    current = known.stage if known is not None else ""
    if current == target and known is not None and not known.left:
        current = ""  # queued, and still here: it can be planned
    if target and target != current and policy.step(target, current) == "publish":
        when = schedule.due(content, target, box)
        if when is not None and when > now:
            box = outbox(site)
            known = box.known(uid, institution_of(content).getId())
            if known.stage == target:
                if known.digest:  # else nothing was ordered: it couldn't be published
                    what = gone("recall", uid, _kind(content), known.revision)
                    log.note_order(site, known.institution, what)
                box.recall(known)
            box.plan(uid, Planned(when.timestamp(), target, _problem(content, target)))
            return known.stage or None
    if known is not None and known.planned is not None:
        box.unplan(uid)
    return target


def _problem(content, stage: str) -> str:
    """Why it couldn't be published as it is now: better known today than when its moment comes."""
    try:
        _payload(content, stage)
    except Unpublishable as refused:
        return refused.message
    return ""


def _payload(content, stage: str, leave_out: bool = False) -> payload.Payload:
    if content.portal_type == "Meeting":
        return payload.of_meeting(content, leave_out)
    return payload.of_item(content, stage, leave_out)


def wanted_stage(content) -> str | None:
    """The stage at which this object should be public now: draft, decision, meeting or None."""
    if content.portal_type == "Meeting":
        public = policy.meeting_is_public(api.content.get_state(content, ""), content.public)
        return "meeting" if public else None
    meeting = content.__parent__
    return policy.stage(
        api.content.get_state(content, ""),
        api.content.get_state(meeting, ""),
        content.public,
        meeting.public,
    )


def withdraw(box: Outbox, known: Known, content, reason: str) -> None:
    """Queue a withdrawal; its reason is public, so it is neutralised, or replaced when it can't be."""
    default = translate(WITHDRAWN, target_language="fr")
    texts = payload.Texts(content)
    try:
        text = texts.plain("reason", reason.strip() or default)
        payload.refuse_originals_in({"reason": text}, texts.register, texts.exempt)
    except Unpublishable:
        text = default
    box.unplan(IUUID(content))
    known.revision += 1
    known.stage, known.digest, known.snapshots = "", "", ()
    uid, kind = IUUID(content), _kind(content)
    what = gone("withdraw", uid, kind, known.revision)
    log.note_order(api.portal.get(), known.institution, what, text)
    box.add(
        known,
        uid=uid,
        kind=kind,
        action="delete",
        institution=known.institution,
        revision=known.revision,
        withdrawal={"reason": text, "date": _now().isoformat()},
    )


def _publish(box: Outbox, known: Known, content, institution, stage: str) -> None:
    uid, kind = IUUID(content), _kind(content)
    fields = {
        "uid": uid,
        "kind": kind,
        "action": "put",
        "institution": institution.getId(),
        "after": "" if kind == "meeting" else IUUID(content.__parent__),
    }
    try:
        made = _made(content, stage, known)
    except Unpublishable as refused:
        known.revision += 1
        known.stage, known.digest = known.stage or stage, ""
        box.add(known, refused.message, revision=known.revision, **fields)
        return
    digest = wire.content_hash(wire.plain(made.record))
    if digest == known.digest:
        return
    shown = _shows_an_original(known, content)
    if shown or made.left_out:
        exposure.note(known, content, _now(), made.left_out)
    forget = shown or _must_forget(box, known)
    known.revision += 1
    action = "replace" if known.stage else "publish"
    known.stage, known.digest = stage, digest
    document = wire.to_dict(
        wire.Publication(
            uid=uid,
            institution=institution.portalInstitution or institution.getId(),
            revision=known.revision,
            published=_validated_at(content, stage).isoformat(),
            record=made.record,
            forget=forget,
        )
    )
    what = put(action, document, wire.content_hash(document))
    log.note_order(api.portal.get(), known.institution, what)
    snapshot = Snapshot(document)
    known.snapshots = (snapshot,) if forget else (*known.snapshots, snapshot)
    box.add(known, snapshot=snapshot, files=made.files, revision=known.revision, **fields)


def _made(content, stage: str, known: Known) -> payload.Payload:
    """What is to be said; of what is public already, without the annexes that may be public no longer.

    They would else stay there, beside the page that can't be replaced, until somebody has reviewed them.

    :raises Unpublishable:
    """
    try:
        return _payload(content, stage)
    except Unpublishable:
        if not known.snapshots:
            raise
        return _payload(content, stage, leave_out=True)


def _shows_an_original(known: Known, content) -> bool:
    """Whether what was published says what the register hides now: then its history must go, too."""
    register, exempt = register_of(content), exempted(content)
    return any(_hits(each.document["record"], register, exempt) for each in known.snapshots)


def _hits(record, register: Register, exempt) -> bool:
    try:
        payload.refuse_originals(record, register, exempt)
    except Unpublishable:
        return True
    return False


def _must_forget(box: Outbox, known: Known) -> bool:
    """A job that said so and was not sent is replaced by the new one, which then has to say it."""
    jobs = [box.jobs[id] for id in known.pending]
    return any(job.snapshot and job.snapshot.document["forget"] for job in jobs)


def _kind(content) -> str:
    return "meeting" if content.portal_type == "Meeting" else "item"


def _validated_at(content, stage: str) -> datetime:
    """When the human validation took effect: the later of the item's and the meeting's."""
    found = [
        entry["time"]
        for holder in (content, content.__parent__)
        for history in (getattr(holder, "workflow_history", None) or {}).values()
        for entry in list(history)[::-1][:50]
        if entry.get("action") in STEPS[stage]
    ]
    return max(found).asdatetime() if found else _now()


def _now() -> datetime:
    return datetime.now(timezone.utc).replace(microsecond=0)
