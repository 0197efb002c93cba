"""A desk over HTTP with an item whose register knows a name, and annexes to add to it."""

import pytest
import transaction
from annex_files import NAME
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import set_register
from datetime import datetime
from datetime import timezone
from plone import api
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from types import SimpleNamespace


@pytest.fixture()
def annexes(live_desk):
    """``item``; ``add(data, …)`` gives the path of a new annex; ``of(path)`` the annex as it is now."""
    site = live_desk.site
    site.acl_users.userFolderAddUser("visitor", "deliberation", ["Member"], [])
    institution = api.content.create(site, "Institution", title="Valbourg", slug="valbourg")
    start = datetime(2027, 2, 15, 18, tzinfo=timezone.utc)
    meeting = createContentInContainer(institution, "Meeting", body="conseil", start=start)
    with api.env.adopt_user("agent"):
        item = createContentInContainer(meeting, "Item", title="Concession")
    register, _entry = register_of(item).add("person", NAME, "f")
    set_register(item, register)
    transaction.commit()

    def add(data, name="lettre.pdf", mime="application/pdf"):
        with api.env.adopt_user("agent"):
            file = NamedBlobFile(data, mime, name)
            made = createContentInContainer(item, "Annex", title="Lettre", file=file)
        transaction.commit()
        return f"{item.absolute_url_path().removeprefix('/desk')}/{made.getId()}"

    def of(path):
        transaction.begin()
        return item[path.rpartition("/")[2]]

    return SimpleNamespace(item=item, add=add, of=of)
