"""Time-stamps for the publication logs of this Zope's sites, where ``DELIBERATION_TIMESTAMP_URL`` names an authority."""

import atexit
import os
from collections.abc import Iterator
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.portal.log.record import log_of as portal_log
from collective.deliberation.publishing.log.authority import configured
from collective.deliberation.publishing.log.desk import logs as desk_logs
from collective.deliberation.publishing.log.kept import PublicationLog
from collective.deliberation.publishing.log.stamper import Stamper
from threading import Event
from threading import Thread


_stop = Event()


def logs(site) -> Iterator[PublicationLog]:
    """All that a site keeps: of a portal's institutions, or of a desk's."""
    yield from desk_logs(site)
    for institution in site.objectValues():
        if IInstitution.providedBy(institution):
            log = portal_log(institution)
            if log is not None:
                yield log


def start_with_the_database(event) -> None:
    settings = configured(os.environ)
    if settings is not None:
        stamper = Stamper(event.database, settings, logs)
        thread = Thread(target=stamper.run, args=(_stop,), name="stamper", daemon=True)
        thread.start()
        atexit.register(stop, thread)


def stop(thread: Thread) -> None:
    _stop.set()
    thread.join(5)
