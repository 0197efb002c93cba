"""What came to the portal since the last look, and which questions it answers.

A publication is news once as a draft and once as a decision: at the first revision of that stage. A correction
is none, as the feed shows it; so each publication is told of at most once.
"""

from collections.abc import Iterator
from collective.deliberation.opendata.alerts.records import Subscriptions
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import query
from DateTime import DateTime
from datetime import datetime
from urllib.parse import parse_qs


SETTLED = 60.0  # seconds: what came later may have company that is not committed yet
INDEXED = 120.0  # seconds that the catalog's index, by the minute, may be off


def question(text: str) -> query.Question:
    """The question of a query string."""
    return query.read({name: values[0] for name, values in parse_qs(text).items()})


def collect(site, known: Subscriptions, now: float, settled: float = SETTLED) -> int:
    """Note for each subscription what is new to it; how many publications are new."""
    until = now - settled
    if until <= known.seen:
        return 0
    new = dict(_news(site, known.seen, until))
    recent = _modified_since(known.seen)
    for text in list(known.questions) if new else ():
        asked = question(text)
        if asked.common_only:
            continue
        found = listing.search(**asked.criteria, **recent)
        paths = sorted(new.keys() & {brain.getPath() for brain in found}, key=new.get)
        if paths:
            above = len("/".join(site.getPhysicalPath())) + 1
            known.publish(text, tuple(path[above:] for path in paths), now)
    known.seen = until
    return len(new)


def _news(site, since: float, until: float) -> Iterator[tuple[str, str]]:
    """Path and moment of what became public for the first time at its stage."""
    for brain in listing.search(deliberation_kind="item", **_modified_since(since)):
        item = site.unrestrictedTraverse(brain.getPath(), None)
        if not isinstance(item, PublishedItem) or item.withdrawn_by() is not None:
            continue
        received = datetime.fromisoformat(item.received).timestamp()
        if since < received <= until and is_first_of_its_stage(item):
            yield brain.getPath(), item.received


def is_first_of_its_stage(item: PublishedItem) -> bool:
    """A revision that makes earlier ones forgotten is never news: what it replaced was."""
    if item.document["forget"]:
        return False
    stage = item.document["record"]["stage"]
    earlier = (step["document"]["record"]["stage"] for step in item.history if step.get("document"))
    return stage not in earlier


def _modified_since(moment: float) -> dict:
    return {"modified": {"query": DateTime(moment - INDEXED), "range": "min"}}
