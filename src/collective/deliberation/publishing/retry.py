"""Try again what failed or was parked, on a clerk's word."""

import time
from collective.deliberation.publishing.announce import announce
from collective.deliberation.publishing.outbox import Outbox
from collective.deliberation.publishing.records import Job
from plone import api


def retry(box: Outbox, job: Job) -> None:
    """At once. A parked publication is made anew from its object: what was wrong there may be mended."""
    known = box.objects[job.uid]
    if job.state == "parked":
        if job.action == "put" and _announced_anew(box, job):
            return
        known.revision += 1  # the portal may have refused the number
        job.revision = known.revision
        if job.snapshot is not None:
            job.snapshot.document = {**job.snapshot.document, "revision": known.revision}
    if job.state == "failed" or job.action == "delete" or job.snapshot is not None:
        box.again(job, time.time())


def _announced_anew(box: Outbox, job: Job) -> bool:
    known = box.objects[job.uid]
    found = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=job.uid)
    if found:
        known.digest = ""
        announce(found[0]._unrestrictedGetObject())
    return job.id not in known.pending
