"""Fixtures of the portal: two institutions with an account each, and documents to send."""

import hashlib
import pytest
from collective.deliberation.publishing import wire
from collective.deliberation.testing import PASSWORD
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from types import SimpleNamespace


MEETING = "a" * 32
ITEM = "b" * 32


def make_institution(site, slug):
    """The folder of an institution, with the account ``{slug}-publisher`` that may write below it."""
    addContentToContainer(
        site, createContent("Institution", id=slug, title=slug.title(), slug=slug), False
    )
    account = f"{slug}-publisher"
    site.acl_users.userFolderAddUser(account, PASSWORD, [], [])
    site[slug].manage_setLocalRoles(account, ["Publisher"])
    return site[slug]


def annex(content=b"%PDF-1.7 plan", uid="c" * 32, **fields):
    return wire.AnnexRecord(
        **{
            "uid": uid,
            "title": "Plan",
            "category": "Plan",
            "mimeType": "application/pdf",
            "extension": "pdf",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            **fields,
        }
    )


def meeting(uid=MEETING, revision=1, institution="valbourg", **fields):
    record = {
        "body": "conseil",
        "bodyTitle": "Conseil communal",
        "start": "2026-12-14T19:00:00+01:00",
        "end": None,
        "location": "Maison communale",
        "convocation": "2026-12-04",
        "state": "convened",
        "attendance": "",
        **fields,
    }
    return _document(uid, institution, revision, wire.MeetingRecord(**record))


def item(uid=ITEM, revision=1, institution="valbourg", **fields):
    record = {
        "meeting": MEETING,
        "stage": "draft",
        "number": "1",
        "position": 0,
        "listType": "normal",
        "title": "Réfection de la rue du Moulin",
        "category": "Travaux",
        "representatives": (),
        "motivation": "<p>Vu la demande</p>",
        "draftDecision": "<p>Projet</p>",
        "resolutionText": "",
        "votes": "",
        **fields,
    }
    return _document(uid, institution, revision, wire.ItemRecord(**record))


def _document(uid, institution, revision, record):
    return wire.to_dict(
        wire.Publication(
            uid=uid,
            institution=institution,
            revision=revision,
            published="2026-12-01T09:00:00+01:00",
            record=record,
        )
    )


@pytest.fixture()
def send():
    """What desks send, to be made as a test wants it."""
    return SimpleNamespace(meeting=meeting, item=item, annex=annex, MEETING=MEETING, ITEM=ITEM)


@pytest.fixture()
def valbourg(portal):
    return make_institution(portal, "valbourg")


@pytest.fixture()
def add_institution():
    """``add_institution(site, slug)``: a folder, with the account ``{slug}-publisher`` for it."""
    return make_institution
