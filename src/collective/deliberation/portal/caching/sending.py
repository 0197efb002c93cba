"""The end of each public answer: validators, how long who may keep it, 304 where that is enough.

The tag is a hash of the answer itself, so it changes exactly when the answer does: what is published
elsewhere on the portal costs no visitor a second download.
"""

import time
from AccessControl import getSecurityManager
from collective.deliberation.portal.caching import answers
from collective.deliberation.portal.caching import keys
from collective.deliberation.portal.caching import purging
from collective.deliberation.portal.caching import stamps
from collective.deliberation.portal.pages import answer


LIFE = 300.0  # seconds after which an answer is made anew: "to come" becomes "past" by itself


def send(page, body: bytes) -> bytes:
    """Finish the answer of a page: ``body``, or nothing where the visitor has it or asked for its head.

    The page has ``request``, ``context``, ``institution``, ``now``, and ``scopes`` (see ``stamps``). All
    other headers are set by now.
    """
    request, response = page.request, page.request.response
    if not read_by_anybody():
        response.setHeader("Cache-Control", answer.PRIVATE)
        return _without_body_of_head(request, body)
    midnight = page.now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    if page.scopes is None:
        current = answer.validators(body, time.time())
        response.setHeader("Cache-Control", answer.SHARED)
        response.setHeader("ETag", current.etag)
    else:
        depends = stamps.dependencies(page.context, page.scopes)
        changed = max([midnight, *(obj._p_mtime or 0 for obj in _loaded(depends))])
        current = answer.validators(body, changed)
        until = min(time.time() + LIFE, midnight + 86_400)
        response.setHeader("ETag", current.etag)
        response.setHeader("Last-Modified", current.last_modified)
        share(response, page.context, page.scopes, page.institution, until - time.time())
        answers.keep(request, body, current, depends, until)
    if answer.unchanged(current, request.getHeader):
        response.setStatus(304)
        return b""
    return _without_body_of_head(request, body)


def share(response, context, scopes, institution, life: float = LIFE) -> None:
    """Let caches keep an answer: those that are told of each publication for a while, others only to ask.

    :param life: seconds for which the answer is true as long as nothing is published
    """
    response.setHeader("Vary", "Accept")
    seconds = min(purging.shared_seconds(), int(life))
    if seconds <= 0:
        response.setHeader("Cache-Control", answer.SHARED)
        return
    response.setHeader("Cache-Control", f"{answer.SHARED}, s-maxage={seconds}")
    meeting = stamps.meeting_of(context)
    response.setHeader(keys.HEADER, " ".join(keys.of_answer(scopes, institution, meeting)))


def read_by_anybody() -> bool:
    """Whether this request has no right that anybody else hasn't."""
    return tuple(getSecurityManager().getUser().getRoles()) == ("Anonymous",)


def _loaded(objects):
    for obj in objects:
        obj._p_activate()
        yield obj


def _without_body_of_head(request, body: bytes) -> bytes:
    if request.method != "HEAD":
        return body
    request.response.setHeader("Content-Length", str(len(body)))
    return b""
