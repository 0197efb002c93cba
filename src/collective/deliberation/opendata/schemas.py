"""JSON Schemas (2020-12) of what the public services answer. Pure.

They are closed: a key that is not described here is a mistake, which the tests find.
"""

from collections.abc import Mapping
from typing import Any


Schema = dict[str, Any]


def text(description: str = "", **more: Any) -> Schema:
    return {"type": "string", **({"description": description} if description else {}), **more}


def maybe(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def closed(description: str, /, optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object with exactly these keys; ``optional`` ones may lack. ``id_`` is ``@id``, ``type_`` ``@type``."""
    names = {"id_": "@id", "type_": "@type"}
    named = {names.get(name, name): schema for name, schema in properties.items()}
    return {
        "type": "object",
        "description": description,
        "properties": named,
        "required": [name for name in named if name not in optional],
        "additionalProperties": False,
    }


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def array(of: Schema, description: str = "") -> Schema:
    return {"type": "array", "items": of, **({"description": description} if description else {})}


ADDRESS = text("Where it is, for people and machines.", format="uri")
MOMENT = text("With its offset (RFC 3339).", format="date-time")
DAY = text(format="date")
SLUG = text("Short name, as in addresses.")
HTML = text("Safe HTML, names of private persons replaced.")
COUNT = {"type": "integer", "minimum": 0}
STAGE = text("A draft before the meeting, a decision after it.", enum=["draft", "decision"])
STATE = text("How far the meeting is.", enum=["convened", "held", "closed"])
LIST_TYPE = text("``late``: added after the convocation.", enum=["normal", "late"])

_HEAD: Mapping[str, Schema] = {
    "id_": ADDRESS,
    "type_": text(enum=["PublishedMeeting", "PublishedItem"]),
    "UID": text("Stable for ever, whatever the address.", pattern="^[0-9a-f]{32}$"),
    "institution": SLUG,
    "licence": text("The address of the licence for reuse.", format="uri"),
    "revision": {"type": "integer", "minimum": 1},
    "published": MOMENT,
    "firstPublished": MOMENT,
    "hash": text("SHA-256 of what the desk sent.", pattern="^[0-9a-f]{64}$"),
    "pseudonymised": {"type": "boolean", "description": "Names or details are replaced in it."},
    "annexes": array(ref("Annex")),
}
_TEXTS: Mapping[str, Schema] = {
    "number": text("As shown."),
    "title": text(),
    "category": text(),
    "votes": text(),
    "motivation": HTML,
    "draftDecision": {**HTML, "description": "What was proposed."},
    "resolutionText": {**HTML, "description": "What was decided; empty for a draft."},
}
_MEETING_LINE: Mapping[str, Schema] = {
    "id_": ADDRESS,
    "title": text(),
    "institution": SLUG,
    "body": SLUG,
    "bodyTitle": text(),
    "start": MOMENT,
    "state": STATE,
    "published": MOMENT,
}


def _list(of: str) -> Schema:
    return closed(
        "A page of a list.",
        id_=ADDRESS,
        items_total=COUNT,
        items=array(ref(of)),
        batching=ref("Batching"),
    )


SCHEMAS: Mapping[str, Schema] = {
    "Portal": closed(
        "The portal, with the addresses of its lists.",
        id_=ADDRESS,
        type_=text(const="Portal"),
        title=text(),
        institutions=ADDRESS,
        meetings=ADDRESS,
        items=ADDRESS,
        description=ADDRESS,
    ),
    "Institution": closed(
        "A public body, as its page shows it.",
        id_=ADDRESS,
        type_=text(const="Institution"),
        slug=SLUG,
        title=text(),
        kind=text(),
        nisCode=maybe(text("Of the municipality (Statbel).")),
        cbeNumber=maybe(text("Enterprise number.")),
        licence=closed(
            "For reuse of all that it publishes here.", id=text("SPDX."), title=text(), url=ADDRESS
        ),
        website=maybe(text()),
        email=maybe(text()),
        phone=maybe(text()),
        address=maybe(text()),
        coordinates=maybe(text("Latitude, longitude, in degrees (WGS 84).")),
        bodies=array(closed("A council, a college …", slug=SLUG, title=text())),
        meetings=ADDRESS,
        items=ADDRESS,
    ),
    "Meeting": closed(
        "One sitting of one body, with its agenda.",
        **_HEAD,
        title=text(),
        body=SLUG,
        bodyTitle=text(),
        start=MOMENT,
        end=maybe(MOMENT),
        location=text(),
        convocation=maybe(DAY),
        state=STATE,
        attendance=HTML,
        agenda=array(ref("ItemInList"), "In the order of the agenda."),
    ),
    "Item": closed(
        "One item of an agenda.",
        **_HEAD,
        stage=STAGE,
        listType=LIST_TYPE,
        position=COUNT,
        **_TEXTS,
        representatives=array(text(), "Elected representatives in charge."),
        meeting=closed(
            "The meeting it is on the agenda of.",
            id_=ADDRESS,
            title=text(),
            body=SLUG,
            start=MOMENT,
        ),
        history=array(
            closed(
                "An earlier revision.",
                stage=STAGE,
                revision={"type": "integer", "minimum": 1},
                published=MOMENT,
                received=MOMENT,
                **_TEXTS,
            ),
            "Oldest first; the current revision is not in it.",
        ),
    ),
    "Annex": closed(
        "A file, at its address.",
        id_=ADDRESS,
        title=text(),
        category=text(),
        mimeType=text(),
        size={**COUNT, "description": "In bytes."},
        sha256=text(pattern="^[0-9a-f]{64}$"),
    ),
    "MeetingInList": closed("A meeting in a list.", **_MEETING_LINE),
    "ItemInList": closed(
        "An item in a list.",
        optional=("meeting",),
        id_=ADDRESS,
        institution=SLUG,
        number=text(),
        title=text(),
        category=text(),
        stage=STAGE,
        listType=LIST_TYPE,
        annexes={**COUNT, "description": "How many."},
        published=MOMENT,
        meeting=ref("MeetingInList"),
    ),
    "InstitutionInList": closed(
        "An institution in a list.",
        id_=ADDRESS,
        slug=SLUG,
        title=text(),
        kind=maybe(text("commune, cpas, province …")),
    ),
    "Institutions": _list("InstitutionInList"),
    "Meetings": _list("MeetingInList"),
    "Items": _list("ItemInList"),
    "Batching": closed(
        "This page of the list and those around it.",
        optional=("prev", "next"),
        id_=ADDRESS,
        first=ADDRESS,
        last=ADDRESS,
        prev=ADDRESS,
        next=ADDRESS,
    ),
    "Gone": closed(
        "What was withdrawn: why and when, never what.",
        id_=ADDRESS,
        type=text(const="Gone"),
        message=text("The reason."),
        date=text("With its offset, or empty."),
    ),
    "NotFound": closed(
        "There is nothing at this address.",
        optional=("context",),
        type=text(),
        message=text(),
        context=maybe(text("What is there, nearest to it.")),
    ),
    "BadRequest": closed(
        "A parameter can't be used.",
        type=text(const="BadRequest"),
        field=text("Its name."),
        message=text("What it must be."),
    ),
}
