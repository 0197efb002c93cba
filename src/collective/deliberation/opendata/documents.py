"""A publication as plain dicts for JSON: the record as it was received, its texts presented.

Field names follow the wire format, and so OParl 1.1 where it has one.
"""

from Acquisition import aq_parent
from collective.deliberation.content import licences
from collective.deliberation.content.addresses import short_uid
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.content.vocabularies import titled_slugs
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages.cards import MeetingCard
from collective.deliberation.portal.pages.meeting import meeting_title
from collective.deliberation.pseudonym.present import Policy
from collective.deliberation.publishing import wire
from typing import Any


RICH = ("motivation", "draftDecision", "resolutionText")
PLAIN = ("number", "title", "category", "votes")


def item(context: Published, policy: Policy) -> dict[str, Any]:
    """One item: ``stage``, texts as HTML or plain text, its meeting, its annexes, its history."""
    record = context.publication.record
    meeting = aq_parent(context)
    return {
        **item_head(context, policy),
        **_texts(record, policy),
        "meeting": _meeting_reference(meeting) if meeting.document is not None else None,
        "history": [
            {
                "stage": step["document"]["record"].get("stage"),
                "revision": step["document"]["revision"],
                "published": step["document"]["published"],
                "received": step["received"],
                **_texts(wire.from_dict(step["document"]).record, policy),
            }
            for step in context.history
            if step.get("document")
        ],
    }


def item_head(context: Published, policy: Policy) -> dict[str, Any]:
    """An item without its texts and what is around it."""
    publication = context.publication
    record = publication.record
    return {
        **_head(context, publication),
        **_plain_texts(record, policy),
        "stage": record.stage,
        "listType": record.listType,
        "position": record.position,
        "representatives": [presented.plain(name, policy) for name in record.representatives],
        "pseudonymised": presented.holds_pseudonyms(record),
        "annexes": _annexes(context, record.annexes, policy),
    }


def meeting(context: Published, policy: Policy) -> dict[str, Any]:
    """One meeting with its agenda: the items' numbers, titles, stages and addresses."""
    return {
        **meeting_head(context, policy),
        "attendance": presented.rich(context.publication.record.attendance, policy),
        "agenda": [item_in_list(entry, policy, None) for entry in listing.agenda(context)],
    }


def meeting_head(context: Published, policy: Policy) -> dict[str, Any]:
    """A meeting without its agenda and who was there."""
    publication = context.publication
    record = publication.record
    return {
        **_head(context, publication),
        "title": meeting_title(record),
        "body": record.body,
        "bodyTitle": record.bodyTitle,
        "start": record.start,
        "end": record.end,
        "location": presented.plain(record.location, policy),
        "convocation": record.convocation,
        "state": record.state,
        "pseudonymised": presented.holds_pseudonyms(record),
        "annexes": _annexes(context, record.annexes, policy),
    }


def institution(context) -> dict[str, Any]:
    """One institution as its page shows it, with the addresses of its lists."""
    return {
        "@id": context.absolute_url(),
        "@type": "Institution",
        "slug": context.getId(),
        "title": context.Title(),
        "kind": context.kind,
        "nisCode": context.nisCode,
        "cbeNumber": context.cbeNumber,
        "licence": licences.as_json(licences.of(context)),
        "website": context.website,
        "email": context.email,
        "phone": context.phone,
        "address": context.address,
        "coordinates": context.coordinates,
        "bodies": [
            {"slug": slug, "title": title} for slug, title in titled_slugs(context.bodies).items()
        ],
        "meetings": f"{context.absolute_url()}/@meetings",
        "items": f"{context.absolute_url()}/@items",
    }


def portal(site) -> dict[str, Any]:
    """The portal: where its lists are."""
    url = site.absolute_url()
    return {
        "@id": url,
        "@type": "Portal",
        "title": site.Title(),
        "institutions": f"{url}/@institutions",
        "meetings": f"{url}/@meetings",
        "items": f"{url}/@items",
        "description": f"{url}/@openapi",
    }


def gone(part: Published, policy: Policy) -> dict[str, Any]:
    """What is left of a withdrawn publication: why and when, never what."""
    return {
        "@id": part.absolute_url(),
        "type": "Gone",
        "message": presented.plain(part.withdrawal.get("reason", ""), policy),
        "date": part.withdrawal.get("date", ""),
    }


def _texts(record: wire.ItemRecord, policy: Policy) -> dict[str, str]:
    rich = {name: presented.rich(getattr(record, name), policy) for name in RICH}
    return {**_plain_texts(record, policy), **rich}


def _plain_texts(record: wire.ItemRecord, policy: Policy) -> dict[str, str]:
    return {name: presented.plain(getattr(record, name), policy) for name in PLAIN}


def _head(context: Published, publication: wire.Publication) -> dict[str, Any]:
    return {
        "@id": context.absolute_url(),
        "@type": context.portal_type,
        "UID": publication.uid,
        "institution": publication.institution,
        "licence": licences.of(institution_of(context)).url,
        "revision": publication.revision,
        "published": publication.published,
        "firstPublished": context.first_published,
        "hash": context.content_hash,
    }


def _annexes(context: Published, annexes: tuple[wire.AnnexRecord, ...], policy: Policy):
    url = context.absolute_url()  # asked for once: it asks the request each time
    return [
        {
            "@id": f"{url}/annexes/{short_uid(annex.uid)}.{annex.extension}",
            "title": presented.plain(annex.title, policy),
            "category": presented.plain(annex.category, policy),
            "mimeType": annex.mimeType,
            "size": annex.size,
            "sha256": annex.sha256,
        }
        for annex in annexes
    ]


def _meeting_reference(context: Published) -> dict[str, Any]:
    record = context.publication.record
    return {
        "@id": context.absolute_url(),
        "title": meeting_title(record),
        "body": record.body,
        "start": record.start,
    }


def institution_in_list(entry: listing.InstitutionEntry) -> dict[str, Any]:
    kind = entry.card.kind if entry.card is not None else None
    return {"@id": entry.url, "slug": entry.slug, "title": entry.title, "kind": kind}


def meeting_in_list(entry: listing.Entry) -> dict[str, Any]:
    card: MeetingCard = entry.card
    return {
        "@id": entry.url,
        "title": meeting_title(card),
        "institution": card.institution,
        "body": card.body,
        "bodyTitle": card.bodyTitle,
        "start": card.start,
        "state": card.state,
        "published": card.published,
    }


def item_in_list(
    entry: listing.Entry, policy: Policy, meeting: listing.Entry | None
) -> dict[str, Any]:
    """An item; ``meeting`` where the list isn't its agenda."""
    card = entry.card
    found = {
        "@id": entry.url,
        "institution": card.institution,
        "number": card.number,
        "title": presented.plain(card.title, policy),
        "category": presented.plain(card.category, policy),
        "stage": card.stage,
        "listType": card.listType,
        "annexes": card.annexes,
        "published": card.published,
    }
    if meeting is not None:
        found["meeting"] = meeting_in_list(meeting)
    return found
