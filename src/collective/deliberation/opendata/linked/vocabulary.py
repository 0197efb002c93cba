"""A publication in the words of schema.org and of ELI (the European Legislation Identifier). Pure.

Takes the documents of ``opendata.documents``, so it tells nothing that the JSON doesn't tell. An identifier is
``{portal}/eli/{institution}/{UID}``: no word of a title is in it, and it stays when an item is put off to another
meeting, which changes its address.
"""

import json
from typing import Any


CONTEXT = ["https://schema.org", {"eli": "http://data.europa.eu/eli/ontology#"}]
FRENCH = "http://publications.europa.eu/resource/authority/language/FRA"
MEDIA = "https://www.iana.org/assignments/media-types/"
KINDS = {"decision": "Délibération", "draft": "Projet de délibération"}
STATUS = {"decision": "Published", "draft": "Draft"}


def identifier(site_url: str, institution: str, uid: str) -> str:
    """What stands for a publication whatever its address becomes; it leads there."""
    return f"{site_url}/eli/{institution}/{uid}"


def item(found: dict[str, Any], meeting: dict[str, Any] | None, organisation, site_url: str):
    """A decision or its draft: ``Legislation`` and ``eli:LegalResource``."""
    url = found["@id"]
    day = meeting["start"][:10] if meeting else None
    passed = _body(meeting, organisation) if meeting else organisation
    return _without_empty(
        {
            "@context": CONTEXT,
            "@id": identifier(site_url, found["institution"], found["UID"]),
            "@type": ["Legislation", "eli:LegalResource"],
            "url": url,
            "name": found["title"],
            "inLanguage": "fr",
            "legislationIdentifier": found["UID"],
            "legislationType": KINDS[found["stage"]],
            "legislationDate": day,
            "legislationPassedBy": passed,
            "creativeWorkStatus": STATUS[found["stage"]],
            "datePublished": found["firstPublished"],
            "dateModified": found["published"],
            "keywords": found["category"],
            "license": found["licence"],
            "publisher": organisation,
            "recordedAt": {"@id": meeting["@id"]} if meeting else None,
            "associatedMedia": [_annex(annex) for annex in found["annexes"]],
            "eli:id_local": found["UID"],
            "eli:type_document": KINDS[found["stage"]],
            "eli:date_document": day,
            "eli:passed_by": passed.get("name"),
            "eli:is_realized_by": {
                "@type": "eli:LegalExpression",
                "eli:language": {"@id": FRENCH},
                "eli:title": found["title"],
                "eli:is_embodied_by": [
                    {
                        "@type": ["eli:Format", "LegislationObject"],
                        "eli:format": {"@id": f"{MEDIA}{kind}"},
                        "encodingFormat": kind,
                        "contentUrl": url,
                    }
                    for kind in ("text/html", "application/json")
                ],
            },
        }
    )


def meeting(found: dict[str, Any], organisation: dict[str, Any]) -> dict[str, Any]:
    """A meeting: ``Event``."""
    return _without_empty(
        {
            "@context": CONTEXT,
            "@id": found["@id"],
            "@type": "Event",
            "url": found["@id"],
            "name": f"{found['title']} – {organisation['name']}",
            "startDate": found["start"],
            "endDate": found["end"],
            "inLanguage": "fr",
            "eventStatus": "https://schema.org/EventScheduled",
            "location": {"@type": "Place", "name": found["location"]}
            if found["location"]
            else None,
            "organizer": _body(found, organisation),
        }
    )


def institution(found: dict[str, Any]) -> dict[str, Any]:
    """A public body: ``GovernmentOrganization``, with its councils and colleges."""
    identifiers = {"NIS": found["nisCode"], "CBE": found["cbeNumber"]}
    return _without_empty(
        {
            "@context": CONTEXT,
            **organisation(found),
            "sameAs": found["website"],
            "email": found["email"],
            "telephone": found["phone"],
            "address": found["address"],
            "identifier": [
                {"@type": "PropertyValue", "propertyID": name, "value": value}
                for name, value in identifiers.items()
                if value
            ],
            "subOrganization": [
                {"@type": "GovernmentOrganization", "name": body["title"]}
                for body in found["bodies"]
            ],
        }
    )


def dataset(found: dict[str, Any], url: str, years: list[str], licence: str) -> dict[str, Any]:
    """The files of an institution: ``Dataset``."""
    kinds = {"csv": "text/csv", "json": "application/json"}
    return {
        "@context": CONTEXT,
        "@id": url,
        "@type": "Dataset",
        "url": url,
        "name": f"{found['title']} – délibérations",
        "description": f"Projets de délibération et délibérations publiés par {found['title']}, par année.",
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "license": licence,
        "creator": organisation(found),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"{year} ({kind.upper()})",
                "encodingFormat": kinds[kind],
                "contentUrl": f"{url}/{year}.{kind}",
            }
            for year in years
            for kind in kinds
        ],
    }


def organisation(found: dict[str, Any]) -> dict[str, Any]:
    """A public body where something else is spoken of."""
    return {
        "@id": found["@id"],
        "@type": "GovernmentOrganization",
        "name": found["title"],
        "url": found["@id"],
    }


def portal(found: dict[str, Any], search_url: str) -> dict[str, Any]:
    """The portal: ``WebSite``, with how to search it."""
    return {
        "@context": CONTEXT,
        "@id": found["@id"],
        "@type": "WebSite",
        "url": found["@id"],
        "name": found["title"],
        "inLanguage": "fr",
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{search_url}?q={{q}}",
            "query-input": "required name=q",
        },
    }


def script(data: dict[str, Any]) -> str:
    """JSON for a ``<script type="application/ld+json">``: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _body(meeting: dict[str, Any], organisation: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "GovernmentOrganization",
        "name": meeting["bodyTitle"],
        "parentOrganization": organisation,
    }


def _annex(annex: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "name": annex["title"],
        "contentUrl": annex["@id"],
        "encodingFormat": annex["mimeType"],
        "contentSize": str(annex["size"]),
        "sha256": annex["sha256"],
    }


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [])}
