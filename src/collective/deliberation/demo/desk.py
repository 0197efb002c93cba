"""The sample desk: what the profile ``demo`` loads, in the names of its sample users."""

import os
from collective.deliberation.content.french_dates import BRUSSELS
from collective.deliberation.content.french_dates import storable
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import set_register
from collective.deliberation.content.review import decisions
from collective.deliberation.content.validation import ANNEX_TYPES
from collective.deliberation.demo import accounts
from collective.deliberation.demo import files
from collective.deliberation.demo.samples import SampleItem
from collective.deliberation.demo.samples import SampleMeeting
from collective.deliberation.demo.valbourg import closed
from collective.deliberation.demo.valbourg import convened
from collective.deliberation.demo.valbourg import institution as valbourg
from collective.deliberation.sources import iadelib
from collective.deliberation.sources import importer
from datetime import datetime
from datetime import timedelta
from importlib.resources import files as resources
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile


COLLEGE = "Commune de démonstration (iA.Délib)"
_WOMEN = ("Odile", "Ghislaine", "Solange")
_MEN = ("Thibaut", "Firmin", "Étienne")


def load(setup) -> None:
    """Accounts, Valbourg with two meetings, and a real meeting of iA.Délib; what is there stays."""
    site = setup.aq_parent
    accounts.add(site, accounts.DESK)
    portal_url = os.environ.get("PORTAL_URL", "http://localhost:8080/portal")
    if "valbourg" not in site:
        add_valbourg(site, portal_url, datetime.now(BRUSSELS))
    if "demo-college" not in site:
        add_college(site, portal_url)


def unload(setup) -> None:
    """Take away what ``load`` made, and what was written in its institutions since."""
    site = setup.aq_parent
    site.manage_delObjects([id for id in ("valbourg", "demo-college") if id in site.objectIds()])
    accounts.remove(site, accounts.DESK)


def add_valbourg(site, portal_url: str, now: datetime) -> None:
    institution = createContentInContainer(
        site,
        "Institution",
        title="Valbourg",
        slug="valbourg",
        portalUrl=portal_url,
        **valbourg.FIELDS,
    )
    for sample in (closed.MEETING, convened.MEETING):
        add_meeting(institution, sample, now)


def add_college(site, portal_url: str) -> None:
    """The real answers of iA.Délib, imported as anyone would import them."""
    institution = createContentInContainer(
        site,
        "Institution",
        title=COLLEGE,
        slug="demo-college",
        kind="commune",
        portalUrl=portal_url,
        bodies=("conseil|Conseil communal", "college|Collège communal"),
    )
    folder = resources("collective.deliberation.sources") / "samples" / "iadelib"
    documents = [
        iadelib.parse((folder / name).read_bytes(), name)
        for name in ("meeting_items_mock.json", "meeting_mock.json")
    ]
    with api.env.adopt_user("clerk"):
        importer.run(institution, iadelib.read(*documents))


def add_meeting(institution, sample: SampleMeeting, now: datetime) -> None:
    """A meeting with its items, as agent and clerk take it through its states."""
    start = _start(sample, now)
    with api.env.adopt_user("agent"):
        meeting = createContentInContainer(
            institution,
            "Meeting",
            body=sample.body,
            start=storable(start),
            end=storable(start + timedelta(hours=3)) if sample.state == "closed" else None,
            convocation=min(now, start - timedelta(days=10)).date(),
            location=sample.location,
            attendance=_rich(sample.attendance),
        )
        items = [(entry, add_item(meeting, entry)) for entry in sample.items]
    for entry, item in items:
        _approve(item, entry)
    with api.env.adopt_user("clerk"):
        _review(meeting)
        _do(meeting, "convene")
        if sample.state == "closed":
            _do(meeting, "hold")
    for entry, item in items:
        _decide(item, entry)
    if sample.state == "closed":
        with api.env.adopt_user("clerk"):
            _do(meeting, "close")


def add_item(meeting, sample: SampleItem):
    item = createContentInContainer(
        meeting,
        "Item",
        title=sample.title,
        category=sample.category,
        listType="late" if sample.late else "normal",
        public=sample.public,
        representatives=sample.representatives,
        motivation=_rich(sample.motivation),
        draftDecision=_rich(sample.draft),
    )
    register = register_of(item)
    for entry in register.entries:
        first = entry.forms[0].split()[0]
        gender = "f" if first in _WOMEN else "m" if first in _MEN else ""
        if entry.category == "person" and gender:
            register = register.with_gender(entry.id, gender)
    set_register(item, register)
    for number, annex in enumerate(sample.annexes, 1):
        name = f"document-{number}.{annex.kind}"
        content = files.make(annex.kind, annex.lines)
        made = createContentInContainer(
            item,
            "Annex",
            title=annex.title,
            category=annex.category,
            file=NamedBlobFile(content, contentType=ANNEX_TYPES[annex.kind][0], filename=name),
        )
        if sample.state not in ("draft", "proposed"):
            with api.env.adopt_user("clerk"):
                _do(made, "publish" if annex.publish else "hold_back", annex.reason)
    return item


def _approve(item, sample: SampleItem) -> None:
    if sample.state == "draft":
        return
    with api.env.adopt_user("agent"):
        _do(item, "propose")
    if sample.state == "proposed":
        return
    with api.env.adopt_user("clerk"):
        _review(item)
        _do(item, "approve")
        if sample.state == "withdrawn":
            _do(item, "withdraw", sample.reason)


def _decide(item, sample: SampleItem) -> None:
    if sample.state not in ("decided", "validated"):
        return
    with api.env.adopt_user("agent"):
        item.resolutionText = _rich(sample.decision or sample.draft)
        item.votes = sample.votes
        _do(item, "decide")
    if sample.state == "validated":
        with api.env.adopt_user("clerk"):
            _review(item)
            _do(item, "validate")


def _review(content) -> None:
    """The samples have marks on all that is private in them: a clerk leaves the rest public."""
    for group in decisions.open_groups(content):
        decisions.reject(content, group.key)


def _do(content, transition: str, comment: str = "") -> None:
    api.portal.get_tool("portal_workflow").doActionFor(content, transition, comment=comment)


def _start(sample: SampleMeeting, now: datetime) -> datetime:
    """The sample's weekday, in its week from now, at its hour."""
    day = now + timedelta(weeks=sample.weeks)
    day += timedelta(days=sample.weekday - day.weekday())
    return day.replace(hour=sample.hour, minute=0, second=0, microsecond=0)


def _rich(html: str) -> RichTextValue | None:
    return RichTextValue(html.strip(), "text/html", "text/x-html-safe") if html.strip() else None
