"""Make one site with its samples, once: ``bin/portal1 run scripts/production/make_site.py portal``.

Environment: PORTAL_URL, where the desk publishes to; DELIBERATION_PORTAL_PASSWORD, of the account for that.
"""

import os
import sys
import transaction
from collective.deliberation.demo.sites import create_desk
from collective.deliberation.demo.sites import create_portal
from Testing.makerequest import makerequest


def make(app, kind: str) -> None:
    app = makerequest(app)
    if kind == "portal":
        create_portal(app)
    else:
        url = os.environ["PORTAL_URL"]
        desk = create_desk(app, portal_url=url)
        for institution in desk.objectValues():  # of an earlier run, at another port
            if institution.portal_type == "Institution":
                institution.portalUrl = url
    transaction.commit()


make(app, sys.argv[-1])  # noqa: F821 (bin/… run gives app)
