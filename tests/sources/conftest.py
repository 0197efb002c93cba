"""An institution of the desk to import into, and the real answers of iA.Délib."""

import pytest
from collective.deliberation.sources import iadelib
from importlib.resources import files
from plone.dexterity.utils import createContentInContainer


SAMPLES = files("collective.deliberation.sources") / "samples" / "iadelib"


def sample(name):
    """A fresh copy of one answer."""
    return iadelib.parse((SAMPLES / name).read_bytes(), name)


@pytest.fixture()
def meeting():
    return sample("meeting_mock.json")


@pytest.fixture()
def items():
    return sample("meeting_items_mock.json")


@pytest.fixture()
def annexes():
    return sample("annexes_publishable_mock.json")


@pytest.fixture()
def make_institution():
    def make(site, slug="demo-college", **fields):
        return createContentInContainer(
            site,
            "Institution",
            title="Commune de démonstration",
            slug=slug,
            kind="commune",
            portalUrl="http://localhost:1/portal",
            **fields,
        )

    return make
