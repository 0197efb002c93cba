"""``/@@health``: whether this client is alive, and whether it may be given work. For load balancers.

``/@@health`` answers 200 when both databases answer and each site is whole, else 503, with what is wrong;
``/@@health?live`` only says that the process answers. The answer is JSON: ``{"status", "checks"}``.
"""

import json
from collective.deliberation.content.sites import sites
from collective.deliberation.operations.access import allowed
from plone.transformchain.interfaces import DISABLE_TRANSFORM_REQUEST_KEY
from Products.Five import BrowserView
from zExceptions import NotFound


class OperationsView(BrowserView):
    """Open to who may watch, missing for all others. Sub-classes give ``content_type`` and ``body``."""

    content_type = ""

    def __call__(self) -> bytes:
        request = self.request
        if not allowed(request.environ, request._auth):
            raise NotFound(self.__name__)
        request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        request.response.setHeader("Cache-Control", "no-store")
        request.response.setHeader("Content-Type", self.content_type)
        return self.body()

    def body(self) -> bytes:
        raise NotImplementedError


class Health(OperationsView):
    content_type = "application/json"

    def body(self) -> bytes:
        checks = {"process": "ok"}
        if "live" not in self.request.form:
            checks.update(readiness(self.context))
        good = all(value == "ok" for value in checks.values())
        if not good:
            self.request.response.setStatus(503, lock=True)
        return json.dumps({"status": "ok" if good else "failing", "checks": checks}).encode()


def readiness(app) -> dict[str, str]:
    """What must be there for this client to answer anybody, each ``ok`` or the kind of failure."""
    checks = {}
    try:
        app._p_jar.db().storage.lastTransaction()
        found = list(sites(app))
        checks["database"] = "ok"
    except Exception as error:  # what a storage raises when it can't be reached is its own
        return {"database": type(error).__name__}
    for name, site in found:
        try:
            site.portal_catalog.getCounter()
            checks[f"site {name}"] = "ok"
        except Exception as error:
            checks[f"site {name}"] = type(error).__name__
    if not found:
        checks["sites"] = "none"
    return checks
