"""The invented commune of Valbourg, published on the portal, and what asks for its pages."""

import io
import published_samples as samples
import pytest
import time
import transaction
from collective.deliberation.portal import files
from collective.deliberation.portal import store
from collective.deliberation.publishing import wire
from datetime import datetime
from datetime import timezone
from types import SimpleNamespace


INSTITUTION = {
    "title": "Valbourg",
    "kind": "commune",
    "website": "https://www.valbourg.example",
    "email": "secretariat@valbourg.example",
    "phone": "+32 81 00 00 00",
    "address": "Place de la Halle 1\n5999 Valbourg",
    "color": "#7a1f3d",
    "coordinates": "50.31, 5.05",
}


def now() -> datetime:
    return datetime.now(timezone.utc)


def publish(institution, publication: wire.Publication) -> None:
    """As the receiving services do."""
    for annex in publication.record.annexes:
        files.store(institution, annex.sha256, io.BytesIO(samples.FILES[annex.sha256]), time.time())
    store.upsert(institution, wire.to_dict(publication), now())


def withdraw(institution, publication: wire.Publication, reason: str) -> None:
    store.withdraw(
        institution, publication.uid, publication.revision + 1, reason, samples.WITHDRAWN, now()
    )


def fill(site):
    """Valbourg and all its samples, in ``site``."""
    site.invokeFactory("Institution", samples.SLUG, slug=samples.SLUG, **INSTITUTION)
    institution = site[samples.SLUG]
    for publication in samples.ALL:
        publish(institution, publication)
    return institution


@pytest.fixture()
def site(live_portal):
    """The portal over HTTP with the samples: ``site.get("/valbourg")`` as a visitor's browser asks.

    ``site.publish(…)`` and ``site.withdraw(…, reason)`` change what is public.
    """
    live_portal.session.headers["Accept"] = "text/html,*/*;q=0.8"
    institution = fill(live_portal.site)
    transaction.commit()

    def committed(change):
        def call(*arguments):
            change(institution, *arguments)
            transaction.commit()

        return call

    return SimpleNamespace(
        get=live_portal.get,
        head=live_portal.head,
        base=live_portal.base,
        plone=live_portal.site,
        institution=institution,
        publish=committed(publish),
        withdraw=committed(withdraw),
    )
