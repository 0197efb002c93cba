"""``/@@metrics``: the figures of this client and of its sites, as OpenMetrics text.

The queue and the deliveries are read from the database, so every client tells the same of them, whichever
process delivers; answers and purges are this process's own. ``docs/reference/metrics.md`` explains each.
"""

import resource
import time
from collections.abc import Iterator
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.content.sites import sites
from collective.deliberation.operations.deliveries import deliveries
from collective.deliberation.operations.exposition import CONTENT_TYPE
from collective.deliberation.operations.exposition import Family
from collective.deliberation.operations.exposition import sample
from collective.deliberation.operations.exposition import text
from collective.deliberation.operations.health import OperationsView
from collective.deliberation.operations.stamping import logs as logs_of
from collective.deliberation.portal.caching import answers
from collective.deliberation.portal.caching import journal
from collective.deliberation.portal.caching.purger import PURGER
from collective.deliberation.portal.log.record import log_of as portal_log
from collective.deliberation.publishing.log.desk import log_of as desk_log
from collective.deliberation.publishing.log.stamper import due
from collective.deliberation.publishing.outbox import Outbox
from collective.deliberation.publishing.outbox import peek
from itertools import chain


STARTED = time.time()
LAST_SENT = 300  # jobs that the duration of deliveries is told from
OPEN = ("waiting", "sending", "failed")  # states of jobs that go on by themselves
QUANTILES = (0.5, 0.95)


class Metrics(OperationsView):
    content_type = CONTENT_TYPE

    def body(self) -> bytes:
        return text(families(self.context, time.time()))


def families(app, now: float) -> Iterator[Family]:
    found = list(sites(app))
    boxes = [(name, box) for name, site in found if (box := peek(site)) is not None]
    yield from queue(boxes, now)
    yield from deliveries(boxes)
    yield from logs(found)
    yield from stamps(found, now)
    yield from purges(found)
    yield from process(now)


def queue(boxes: list[tuple[str, Outbox]], now: float) -> Iterator[Family]:
    """Of the outboxes of desks."""
    counts = [
        sample(number, desk=name, state=state)
        for name, box in boxes
        for state, number in box.counts().items()
        if state != "sent"
    ]
    yield Family("deliberation_jobs", "gauge", "Jobs in the outbox by state.", tuple(counts))
    ages = tuple(sample(oldest(box, now), desk=name) for name, box in boxes)
    help = "Age of the oldest job that is not done and not parked."
    yield Family("deliberation_oldest_job_age_seconds", "gauge", help, ages, "seconds")
    tries = tuple(
        sample(sum(box.jobs[id].attempts for id in box.ids("failed")), desk=name)
        for name, box in boxes
    )
    help = "Tries that failed of the jobs that will be tried again."
    yield Family("deliberation_failed_tries", "gauge", help, tries)
    plans = tuple(sample(len(box.planned()), desk=name) for name, box in boxes)
    yield Family("deliberation_plans", "gauge", "Publications planned for later.", plans)
    silent = tuple(sample(now - box.heartbeat, desk=name) for name, box in boxes if box.heartbeat)
    help = "Since a deliverer was last heard of; it says so about each minute."
    yield Family("deliberation_deliverer_silence_seconds", "gauge", help, silent, "seconds")
    durations = [sample for name, box in boxes for sample in delivery(name, box)]
    help = "From the order to the portal's word, of the last deliveries."
    name = "deliberation_delivery_duration_seconds"
    yield Family(name, "summary", help, tuple(durations), "seconds")


def oldest(box: Outbox, now: float) -> float:
    """Seconds since the oldest open job was made; 0 without any."""
    ids = chain.from_iterable(box.ids(state)[:1] for state in OPEN)
    return max((now - box.jobs[id].created for id in ids), default=0.0)


def delivery(name: str, box: Outbox):
    jobs = [box.jobs[id] for id in box.ids("sent")[-LAST_SENT:]]
    took = sorted(max(0.0, job.updated - max(job.created, job.planned)) for job in jobs)
    for quantile in QUANTILES if took else ():
        value = took[min(len(took) - 1, int(quantile * len(took)))]
        yield sample(value, desk=name, quantile=str(quantile))
    yield sample(len(took), "_count", desk=name)
    yield sample(sum(took), "_sum", desk=name)


def logs(found) -> Iterator[Family]:
    """The lengths of the publication logs, which only grow: deliveries, counted for ever."""
    ordered, received = [], []
    for name, site in found:
        for institution in site.objectValues():
            if IInstitution.providedBy(institution):
                log = desk_log(site, institution.getId())
                if log is not None:
                    ordered.append(sample(log.length, desk=name, institution=institution.getId()))
                log = portal_log(institution)
                if log is not None:
                    received.append(
                        sample(log.length, institution=institution.getId(), portal=name)
                    )
    help = "Orders and confirmations in the desk's publication log."
    yield Family("deliberation_desk_log_entries", "counter", help, tuple(ordered))
    help = "Publications and withdrawals in the portal's publication log."
    yield Family("deliberation_portal_log_entries", "counter", help, tuple(received))


def stamps(found, now: float) -> Iterator[Family]:
    """Of the logs that are time-stamped."""
    kept = [
        ({"site": name, "institution": log.institution}, log)
        for name, site in found
        for log in logs_of(site)
        if log.stamps is not None
    ]
    failures = tuple(sample(log.stamps.failures, **labels) for labels, log in kept)
    help = "Tries since the last time-stamp that brought none."
    yield Family("deliberation_timestamp_failed_tries", "gauge", help, failures)
    ages = tuple(
        sample(now - log.stamps.last.moment.timestamp(), **labels)
        for labels, log in kept
        if log.stamps.last is not None and due(log, float("inf"))
    )
    help = "Age of the last time-stamp of each log that has newer entries."
    yield Family("deliberation_timestamp_age_seconds", "gauge", help, ages, "seconds")


def purges(found) -> Iterator[Family]:
    left = tuple(
        sample(len(kept), portal=name)
        for name, site in found
        if (kept := journal.peek(site)) is not None
    )
    help = "Publications of which not every cache was told yet, by whichever process."
    yield Family("deliberation_purge_journal_entries", "gauge", help, left)


def process(now: float) -> Iterator[Family]:
    kept = tuple(
        sample(getattr(answers.COUNTED, name), result=name) for name in ("hits", "outdated", "kept")
    )
    help = "Answers of this process's memory: given again, found out of date, newly kept."
    yield Family("deliberation_answers", "counter", help, kept)
    shelves = {"pages": answers.PAGES, "questions": answers.QUESTIONS}
    used = tuple(sample(shelf.used, shelf=name) for name, shelf in shelves.items())
    help = "Memory taken by kept answers."
    yield Family("deliberation_answers_memory_bytes", "gauge", help, used, "bytes")
    purges = (sample(PURGER.sent, result="sent"), sample(PURGER.failures, result="failed"))
    help = "Purges that this process sent to caches."
    yield Family("deliberation_purges", "counter", help, purges)
    waiting = sum(len(each.due) for each in list(PURGER.waiting.values()))
    help = "Keys that a cache is still to be told, or told again."
    yield Family("deliberation_purge_keys_waiting", "gauge", help, (sample(waiting),))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    help = "The most memory that this process ever took."
    yield Family("deliberation_memory_peak_bytes", "gauge", help, (sample(memory),), "bytes")
    help = "Since this process started."
    name = "deliberation_uptime_seconds"
    yield Family(name, "gauge", help, (sample(now - STARTED),), "seconds")
