"""The OpenAPI 3.1 description of the public services, as plain dicts. Pure."""

from collective.deliberation.opendata import schemas
from collective.deliberation.portal.pages import query
from collective.deliberation.portal.search.document import WITH_ANNEXES
from typing import Any


VERSION = "1.0.0"  # of what is described: a new major one when something that is used goes away
SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"


def describe(site_url: str, title: str, most: int, usual: int, last: int) -> dict[str, Any]:
    """The description of a portal; ``most``, ``usual``: entries on a page; ``last``: the highest start."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{title} – données ouvertes",
            "version": VERSION,
            "description": "Séances, projets de délibération et délibérations, lisibles sans compte. "
            "Les données personnelles sont remplacées comme sur les pages. "
            "Demandez `application/json`; les mêmes adresses montrent les pages.",
        },
        "servers": [{"url": site_url}],
        "paths": {
            "/": {"get": _get("portal", "The portal and its lists", "Portal")},
            "/@openapi": {
                "get": {
                    "operationId": "description",
                    "summary": "This description",
                    "responses": {
                        "200": _json("The description.", {"type": "object"}),
                        "304": _empty(),
                    },
                }
            },
            "/@institutions": {
                "get": _list("institutions", "All institutions", "Institutions", most, usual, last)
            },
            "/@meetings": {
                "get": _list(
                    "meetings",
                    "Public meetings, the latest first",
                    "Meetings",
                    most,
                    usual,
                    last,
                    ("institution", "annee", "organe"),
                )
            },
            "/@items": {
                "get": _list(
                    "items",
                    "Public items, as the search finds them",
                    "Items",
                    most,
                    usual,
                    last,
                    tuple(FILTERS),
                )
            },
            "/{institution}": {
                "parameters": [_at("institution", SLUG, "valbourg")],
                "get": _get("institution", "An institution", "Institution", ("404",)),
            },
            "/{institution}/@meetings": {
                "parameters": [_at("institution", SLUG, "valbourg")],
                "get": _list(
                    "institutionMeetings",
                    "Public meetings of an institution, the latest first",
                    "Meetings",
                    most,
                    usual,
                    last,
                    ("annee", "organe"),
                    ("404",),
                ),
            },
            "/{institution}/@items": {
                "parameters": [_at("institution", SLUG, "valbourg")],
                "get": _list(
                    "institutionItems",
                    "Public items of an institution, as the search finds them",
                    "Items",
                    most,
                    usual,
                    last,
                    tuple(name for name in FILTERS if name != "institution"),
                    ("404",),
                ),
            },
            "/{institution}/{meeting}": {
                "parameters": [
                    _at("institution", SLUG, "valbourg"),
                    _at("meeting", MEETING, "2026-12-14-conseil"),
                ],
                "get": _get("meeting", "A meeting with its agenda", "Meeting", ("404", "410")),
            },
            "/{institution}/{meeting}/{item}": {
                "parameters": [
                    _at("institution", SLUG, "valbourg"),
                    _at("meeting", MEETING, "2026-12-14-conseil"),
                    _at("item", ITEM, "1a2b3c4d"),
                ],
                "get": _get("item", "An item with its texts", "Item", ("404", "410")),
            },
        },
        "components": {"schemas": dict(schemas.SCHEMAS)},
    }


MEETING = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*$"
ITEM = "^[0-9a-f]{8}(-[0-9]+)?$"

# As in the search: the address of a page of results is, but for its path, that of its data. A form sends
# what nobody filled in, so an empty value asks for everything.
NAMED = {"type": "string", "pattern": "^([a-z0-9]+(-[a-z0-9]+)*)?$", "maxLength": 60}
FILTERS: dict[str, dict[str, Any]] = {
    "q": {
        "description": "Words, and phrases in quotation marks; all must occur.",
        "schema": {"type": "string", "maxLength": query.MAX_INPUT},
        "example": "voirie",
    },
    "institution": {
        "description": "The short name of an institution.",
        "schema": NAMED,
        "example": "valbourg",
    },
    "annee": {
        "description": "The year of the meeting.",
        "schema": {"type": "string", "pattern": "^((19|20)[0-9]{2})?$"},
        "example": "2025",
    },
    "etat": {
        "description": "Drafts or decisions; without it both.",
        "schema": {"type": "string", "enum": ["", *query.STAGES]},
    },
    "organe": {
        "description": "The short name of a body.",
        "schema": NAMED,
        "example": "conseil",
    },
    "genre": {
        "description": "The kind of institution, such as commune or cpas.",
        "schema": NAMED,
        "example": "commune",
    },
    "categorie": {
        "description": "A category, as an item shows it.",
        "schema": {"type": "string", "maxLength": query.MAX_INPUT},
        "example": "Voirie et mobilité",
    },
    "mandataire": {
        "description": "A representative in charge, as an item shows it.",
        "schema": {"type": "string", "maxLength": query.MAX_INPUT},
    },
    "annexes": {
        "description": "Only what has annexes.",
        "schema": {"type": "string", "enum": ["", WITH_ANNEXES]},
    },
    "tri": {
        "description": "Most relevant first, when words are asked for, or most recent first.",
        "schema": {"type": "string", "enum": ["", *query.ORDERS]},
    },
}
GONE = {"404": ("NotFound", "Nothing is at this address."), "410": ("Gone", "It was withdrawn.")}


def _get(name: str, summary: str, schema: str, absent: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "responses": {
            "200": _json(summary, schemas.ref(schema)),
            "304": _empty(),
            **{code: _json(GONE[code][1], schemas.ref(GONE[code][0])) for code in absent},
        },
    }


def _list(
    name: str,
    summary: str,
    schema: str,
    most: int,
    usual: int,
    last: int,
    filters: tuple[str, ...] = (),
    absent: tuple[str, ...] = (),
) -> dict[str, Any]:
    described = _get(name, summary, schema, absent)
    described["parameters"] = [
        *(_query(filter_, FILTERS[filter_]) for filter_ in filters),
        _number("b_start", "How many entries are left out.", 0, last, 0),
        _number("b_size", "How many entries are given.", 1, most, usual),
    ]
    described["responses"]["400"] = _json("A parameter can't be used.", schemas.ref("BadRequest"))
    return described


def _at(name: str, pattern: str, example: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": pattern, "maxLength": 60},
        "example": example,
    }


def _query(name: str, described: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", **described}


def _number(name: str, description: str, least: int, most: int, usual: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": usual}
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _empty() -> dict[str, Any]:
    return {"description": "What you hold (If-None-Match) still holds."}
