"""What an answer is made from, in the database: stamps that change with each publication they stand for.

A stamp is a counter that concurrent publications merge. Another process sees it change in the very
transaction that publishes, so nothing has to be told to it. Each scope of an answer has one:

===========  ====================================================================
portal       anything in the catalog: the home page, a search, the feed of all
institution  anything that an institution published: its page, feed, calendar
meetings     its meetings, not their items: what stands beside a meeting
meeting      one meeting and its items: the agenda, an item between its neighbours
===========  ====================================================================
"""

from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from BTrees.Length import Length
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.portal.caching import keys
from collective.deliberation.portal.caching import purging
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.content import PublishedMeeting
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.stamp."


def publication_changed(obj: Published, event=None) -> None:
    """Say, in the transaction that changes what the public sees of an object, that it does."""
    meeting, institution = meeting_of(obj), institution_of(obj)
    if institution is None:
        return
    _bump(meeting, "meeting")
    _bump(institution, "institution")
    if obj is meeting:
        _bump(institution, "meetings")
    purging.after_commit(keys.of_publication(institution, meeting, obj is meeting))


def site_changed(site) -> None:
    """All that the portal answers may be another now: a setting changed."""
    _bump(site, "site")
    purging.after_commit((keys.ALL,))


def forget(site) -> None:
    """Take away what ``site_changed`` left, when the portal is uninstalled."""
    IAnnotations(site).pop(KEY + "site", None)


def dependencies(context, scopes: Iterable[str]) -> tuple[Persistent, ...]:
    """The persistent objects that an answer of ``context`` with these scopes was made from.

    What it shows is the same as long as none of them has another serial. The objects on the way to the
    context are among them always: its own text, its institution's choices, who may see it.
    """
    site = api.portal.get()
    # With what holds the site, unless that is in another database.
    found = [
        part
        for part in map(aq_base, aq_chain(aq_inner(context)))
        if isinstance(part, Persistent) and part._p_jar is site._p_jar
    ]
    found.append(_stamp(site, "site"))
    holders = {
        "institution": (institution_of(context), "institution"),
        "meetings": (institution_of(context), "meetings"),
        "meeting": (meeting_of(context), "meeting"),
    }
    for scope in scopes:
        holder, name = holders.get(scope, (None, ""))
        if holder is None:  # "portal", or what has neither institution nor meeting
            found.append(api.portal.get_tool("portal_catalog")._counter)
        else:
            found.append(_stamp(holder, name))
    return tuple(obj for obj in found if obj is not None and obj._p_oid is not None)


def serials(objects: Iterable[Persistent]) -> Iterator[tuple[bytes, bytes]]:
    """Oid and serial of each, as this transaction sees it."""
    for obj in objects:
        obj._p_activate()
        yield obj._p_oid, obj._p_serial


def _stamp(holder, name: str) -> Persistent | None:
    """The stamp; before there was any, what changes when it is made."""
    annotations = getattr(aq_base(holder), "__annotations__", None)
    if annotations is None:
        return aq_base(holder)
    return annotations.get(KEY + name, annotations)


def _bump(holder, name: str) -> None:
    annotations = IAnnotations(holder)
    if KEY + name not in annotations:
        annotations[KEY + name] = Length()
    annotations[KEY + name].change(1)


def meeting_of(obj):
    for part in aq_chain(aq_inner(obj)):
        if isinstance(part, PublishedMeeting):
            return part
    return None


def institution_of(obj):
    for part in aq_chain(aq_inner(obj)):
        if IInstitution.providedBy(part):
            return part
    return None
