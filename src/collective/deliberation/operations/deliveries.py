"""Figures of what became of deliveries: counted in the database, so every client tells the same."""

from collections.abc import Iterator
from collective.deliberation.operations.exposition import Family
from collective.deliberation.operations.exposition import Sample
from collective.deliberation.operations.exposition import sample
from collective.deliberation.publishing.outbox import Outbox
from collective.deliberation.publishing.tally import counted
from collective.deliberation.publishing.tally import histogram
from collective.deliberation.publishing.tally import RESULTS
from collective.deliberation.publishing.tally import Span


def deliveries(boxes: list[tuple[str, Outbox]]) -> Iterator[Family]:
    """Of the outboxes of desks."""
    tries = tuple(
        sample(counted(box.tallies, result), desk=name, result=result)
        for name, box in boxes
        for result in RESULTS
    )
    help = "Tries to deliver that ended: sent, failed and tried again, or parked for a person."
    yield Family("deliberation_deliveries", "counter", help, tries)
    help = "From when a job could go until a deliverer took it, at each try that ended."
    yield _times("deliberation_delivery_waiting_seconds", help, "waiting", boxes)
    help = "From when a deliverer took a job to the portal's word."
    yield _times("deliberation_delivery_sending_seconds", help, "sending", boxes)


def _times(name: str, help: str, span: Span, boxes: list[tuple[str, Outbox]]) -> Family:
    samples = tuple(each for desk, box in boxes for each in _histogram(desk, box, span))
    return Family(name, "histogram", help, samples, "seconds")


def _histogram(desk: str, box: Outbox, span: Span) -> Iterator[Sample]:
    buckets, seconds = histogram(box.tallies, span)
    for bound, number in buckets.items():
        limit = "+Inf" if bound == float("inf") else str(bound)
        yield sample(number, "_bucket", desk=desk, le=limit)
    yield sample(number, "_count", desk=desk)
    yield sample(seconds, "_sum", desk=desk)
