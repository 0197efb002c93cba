"""Carry out one job: search it once more, send its files, then itself; the answer says what becomes of it."""

import logging
from collections.abc import Callable
from collective.deliberation import _
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review.decisions import exempted
from collective.deliberation.publishing import payload
from collective.deliberation.publishing.client import Done
from collective.deliberation.publishing.client import Later
from collective.deliberation.publishing.client import PortalClient
from collective.deliberation.publishing.client import Refused
from collective.deliberation.publishing.client import Result
from collective.deliberation.publishing.credentials import credentials
from collective.deliberation.publishing.records import Job
from traceback import format_tb
from typing import BinaryIO
from zope.component.hooks import setSite


logger = logging.getLogger(__name__)


def carry_out(site, job: Job) -> Result:
    """Speak to the portal about one job; nothing is written on this side.

    :param site: the desk
    """
    client = client_for(site, job.institution)
    if not isinstance(client, PortalClient):
        return client
    try:
        if job.action == "delete":
            body = {**job.withdrawal, "revision": job.revision}
            return client.withdraw(job.uid, body)
        search_again(site, job)
        for file in job.files:
            result = client.send_file(job.uid, file.sha256, file.size, _opener(file.blob))
            if not isinstance(result, Done):
                return result
        return client.publish(job.uid, job.snapshot.document)
    except payload.Unpublishable as refused:
        return Refused(refused.message)
    except Exception as error:
        # Where, not its words: they may quote a text.
        where = "".join(format_tb(error.__traceback__))
        logger.error("A delivery failed: %s.\n%s", type(error).__name__, where)
        return Later(
            _(
                "publishing_failed_here",
                default="The delivery failed on this side (${error}).",
                mapping={"error": type(error).__name__},
            )
        )
    finally:
        client.close()


def client_for(site, institution_id: str) -> PortalClient | Refused:
    """A client for the portal of one institution; what is missing for it, when something is."""
    institution = site.get(institution_id)
    slug = getattr(institution, "portalInstitution", None) or institution_id
    base = getattr(institution, "portalUrl", None)
    auth = credentials(slug)
    if not base:
        return Refused(
            _(
                "publishing_no_portal",
                default="The institution has no address of its portal: fill it in, then retry.",
            )
        )
    if auth is None:
        return Refused(
            _(
                "publishing_no_account",
                default="No account for the portal is set in the environment of the deliverer.",
            )
        )
    return PortalClient(base, slug, auth)


def search_again(site, job: Job) -> None:
    """The gate, once more: the register may know more now than when the job was made."""
    setSite(site)
    brains = site.portal_catalog.unrestrictedSearchResults(UID=job.uid)
    if brains:
        content = brains[0]._unrestrictedGetObject()
        record = job.snapshot.document["record"]
        payload.refuse_originals(record, register_of(content), exempted(content))
        payload.refuse_annexes(content, record["annexes"], lambda sha256: _opened(job, sha256))


def _opener(blob) -> Callable:
    return lambda: blob.open("c")


def _opened(job: Job, sha256: str) -> BinaryIO:
    return next(file for file in job.files if file.sha256 == sha256).blob.open("c")
