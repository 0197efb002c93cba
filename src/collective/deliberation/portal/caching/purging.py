"""Tell the caches in front of the portal what a transaction made stale, once it is committed.

The caches are those of ``DELIBERATION_PURGE`` (addresses, separated by spaces; set it in the environment
or in zope.conf's ``<environment>``), or else the caching proxies of Plone's own settings when purging is
enabled there.

What is to be told is written in the same transaction, into the portal's ``journal``, and taken out once it was told:
whoever dies between the two leaves it to the ``keeping`` of another process, or of the next one.
"""

import os
import transaction
from collections.abc import Iterable
from collective.deliberation.portal.caching import journal
from collective.deliberation.portal.caching import keeping
from collective.deliberation.portal.caching import keys
from collective.deliberation.portal.caching.purger import PURGER
from dataclasses import dataclass
from dataclasses import field
from plone.cachepurging.interfaces import ICachePurgingSettings
from plone.cachepurging.utils import isCachePurgingEnabled
from plone.registry.interfaces import IRegistry
from typing import Any
from zope.component import queryUtility
from zope.component.hooks import getSite


SERVERS = "DELIBERATION_PURGE"
SECONDS = "DELIBERATION_SHARED_SECONDS"
USUAL_SECONDS = 300
_PENDING = "collective.deliberation.purge"


def servers() -> tuple[str, ...]:
    """The addresses of the caches to tell."""
    named = os.environ.get(SERVERS, "").split()
    if not named:
        registry = queryUtility(IRegistry)
        if registry is None or not isCachePurgingEnabled(registry):
            return ()
        named = registry.forInterface(ICachePurgingSettings, check=False).cachingProxies or ()
    return tuple(dict.fromkeys(name.rstrip("/") for name in named))


def shared_seconds() -> int:
    """How long a cache that is told may keep an answer; 0 when none is."""
    if not servers():
        return 0
    given = os.environ.get(SECONDS, "")
    return min(int(given), 86_400) if given.isdigit() else USUAL_SECONDS


@dataclass
class Pending:
    """What one transaction made stale."""

    told: tuple[str, ...]
    database: Any  # that of Zope's root; None where there is no portal to write into
    id: str
    stale: set[str] = field(default_factory=set)


def after_commit(stale: Iterable[str], transactions=transaction.manager) -> None:
    """Purge these keys when the current transaction is committed; not when it isn't.

    :param transactions: whose current one, with the current site's connection in it; that of this thread unless said
    """
    told = servers()
    if not told:
        return
    kept = journal.of(getSite())
    current = transactions.get()
    try:
        pending = current.data(_PENDING)
    except KeyError:
        database = getSite().getPhysicalRoot()._p_jar.db() if kept is not None else None
        pending = Pending(told, database, journal.new_id())
        current.set_data(_PENDING, pending)
        current.addAfterCommitHook(_committed, (pending,))
    pending.stale.update(stale)
    if kept is not None:
        kept.write(pending.id, pending.stale)


def _committed(success: bool, pending: Pending) -> None:
    if not success:
        return
    ticket = None
    if pending.database is not None:
        ticket = keeping.of(pending.database, servers).ticket(pending.id, pending.stale)
    PURGER.purge(pending.told, pending.stale, ticket)


def start_with_the_database(event) -> None:
    """A new version of the software may answer otherwise: caches forget what an older one said."""
    if os.environ.get(SERVERS):
        PURGER.purge(servers(), (keys.ALL,))
        keeping.of(event.database, servers)
