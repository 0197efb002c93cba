"""Answers to anybody, kept in the memory of each process and given again while nothing they show changed.

Looked up at the first step of the path, before even the site is loaded: the answer counts only if each object
it was made from has the same serial in this request's view of the database. So a publication by any process,
of any machine, ends it at once. Nobody who logged in is answered from here, and nothing made for them is kept.
"""

import os
import time
from Acquisition import aq_base
from collections.abc import Iterable
from collective.deliberation.portal.caching.memory import Kept
from collective.deliberation.portal.caching.memory import Shelf
from collective.deliberation.portal.caching.stamps import serials
from collective.deliberation.portal.pages import answer
from persistent import Persistent
from plone.rest.interfaces import IAPIRequest
from plone.transformchain.interfaces import DISABLE_TRANSFORM_REQUEST_KEY
from Products.Five import BrowserView
from threading import Lock
from typing import NamedTuple
from ZODB.POSException import POSKeyError
from ZPublisher import zpublish
from ZPublisher.BaseRequest import DefaultPublishTraverse


MEGABYTES = int(os.environ.get("DELIBERATION_ANSWERS_MB", "64"))  # of each process; 0: keep nothing
PAGES = Shelf(4_000, MEGABYTES * 3 * 2**18)
QUESTIONS = Shelf(500, MEGABYTES * 2**18)
LONGEST_QUESTION = 300  # characters
NOT_GIVEN_AGAIN = ("set-cookie", "content-length", "date", "connection")
LOGIN = ("__ac", "auth_token", "_zopeid", "__cp")  # how cookies of an account begin

_KEY = "collective.deliberation.answer.key"


class Key(NamedTuple):
    """All of a request that an answer depends on."""

    server: str
    script: tuple[str, ...]
    path: tuple[str, ...]  # from Zope's root, without what names the virtual host
    question: str


class Counted:
    """How often an answer was there (``hits``), no longer true (``outdated``), or newly ``kept``."""

    def __init__(self) -> None:
        self.hits = self.outdated = self.kept = 0
        self.lock = Lock()

    def add(self, name: str) -> None:
        with self.lock:
            setattr(self, name, getattr(self, name) + 1)


COUNTED = Counted()


class FirstStep(DefaultPublishTraverse):
    """How a request leaves the root: to the kept answer, when there is one that holds."""

    def publishTraverse(self, request, name):  # noqa: N802 (Zope)
        stack = request.get("TraversalRequestNameStack")
        if stack is not None and _anybody_reads(request):
            key = request.environ[_KEY] = _key(request, (name, *reversed(stack)))
            kept = look_up(key, self.context._p_jar)
            if kept is not None:
                stack.clear()
                return KeptAnswer(self.context, request, kept)
        return super().publishTraverse(request, name)


def look_up(key: Key, connection) -> Kept | None:
    """The answer kept under this key, if it is still true for this connection's view of the database."""
    shelf = _shelf(key)
    kept = shelf.get(key)
    if kept is None:
        return None
    if time.time() >= kept.until or not _holds(kept, connection):
        shelf.drop(key)
        COUNTED.add("outdated")
        return None
    COUNTED.add("hits")
    return kept


def keep(
    request,
    body: bytes,
    validators: answer.Validators,
    depends: Iterable[Persistent],
    until: float,
) -> None:
    """Keep what this request is answered with: status 200, its headers complete, made for anybody."""
    key: Key | None = request.environ.get(_KEY)
    if key is None or len(key.question) > LONGEST_QUESTION:
        return
    depends = tuple(depends)
    (database,) = {obj._p_jar.db().database_name for obj in depends}
    headers = tuple(
        (name, value)
        for name, value in request.response.headers.items()
        if name.lower() not in NOT_GIVEN_AGAIN
    )
    _shelf(key).put(key, Kept(body, validators, headers, database, tuple(serials(depends)), until))
    COUNTED.add("kept")


def forget() -> None:
    """Drop all: for measuring, nothing here is ever out of date."""
    PAGES.clear()
    QUESTIONS.clear()


@zpublish
class KeptAnswer(BrowserView):
    """A kept answer, published in the place of what made it."""

    __roles__ = None  # for anybody, as what it was made from

    def __init__(self, context, request, kept: Kept):
        super().__init__(context, request)
        self.kept = kept

    @zpublish
    def __call__(self) -> bytes:
        kept = self.kept
        self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        response = self.request.response
        for name, value in kept.headers:
            response.setHeader(name, value)
        if answer.unchanged(kept.validators, self.request.getHeader):
            response.setStatus(304)
            return b""
        return kept.body


def _anybody_reads(request) -> bool:
    return (
        MEGABYTES > 0
        and request.method == "GET"
        and not IAPIRequest.providedBy(request)
        and not request._auth  # where Zope puts the header
        and not request.environ.get("REMOTE_USER")
        and not any(name.lower().startswith(LOGIN) for name in request.cookies)
    )


def _key(request, path: tuple[str, ...]) -> Key:
    # With a virtual host, the server's address is already the public one, and the path says the root.
    return Key(
        request["SERVER_URL"],
        tuple(request._script),
        path,
        request.environ.get("QUERY_STRING", ""),
    )


def _shelf(key: Key) -> Shelf:
    return QUESTIONS if key.question else PAGES


def _holds(kept: Kept, connection) -> bool:
    try:
        connection = connection.get_connection(kept.database)
        for oid, serial in kept.serials:
            obj = aq_base(connection.get(oid))
            obj._p_activate()
            if obj._p_serial != serial:
                return False
    except POSKeyError:
        return False
    return True
