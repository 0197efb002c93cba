"""A desk over HTTP with one meeting, an item and an annex; what may be nowhere is in their titles."""

import pytest
import transaction
from datetime import datetime
from datetime import timezone
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster
from types import SimpleNamespace


SECRET = "Zulma Quintard"


def rich(source):
    return RichTextValue(source, "text/html", "text/x-html-safe")


@pytest.fixture()
def agenda(live_desk):
    """``institution``, ``meeting``, ``item`` and ``annex`` of the live desk; ``path(content)``."""
    site = live_desk.site
    site.acl_users.userFolderAddUser("visitor", "deliberation", ["Member"], [])
    institution = api.content.create(
        site, "Institution", title=f"Commune {SECRET}", id="valbourg", bodies=("conseil|Conseil",)
    )
    start = datetime(2027, 2, 15, 18, tzinfo=timezone.utc)
    meeting = createContentInContainer(
        institution, "Meeting", body="conseil", start=start, attendance=rich(f"<p>{SECRET}</p>")
    )
    with api.env.adopt_user("agent"):
        item = createContentInContainer(
            meeting,
            "Item",
            title=f"Concession de {SECRET}",
            motivation=rich(f"<p>Vu la demande de {SECRET} ;</p>"),
            draftDecision=rich("<p>Article 1er. Elle est accordée.</p>"),
        )
        annex = createContentInContainer(
            item,
            "Annex",
            title=f"Lettre de {SECRET}",
            file=NamedBlobFile(b"%PDF-1.4 x", "application/pdf", f"{SECRET}.pdf"),
        )
    manage_addVirtualHostMonster(site.__parent__)
    transaction.commit()
    root = len("/".join(site.getPhysicalPath()))
    return SimpleNamespace(
        institution=institution,
        meeting=meeting,
        item=item,
        annex=annex,
        path=lambda content: "/".join(content.getPhysicalPath())[root:],
    )
