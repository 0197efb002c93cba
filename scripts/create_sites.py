"""Make /desk and /portal once, with sample content: ``bin/instance run scripts/create_sites.py``.

Environment: PORTAL_URL, the address that the desk publishes to (http://localhost:8080/portal);
DEMO=off leaves the sample content out; DELIBERATION_PORTAL_PASSWORD, see the profile demo-portal.
"""

import os
import transaction
from collective.deliberation.demo.sites import create_desk
from collective.deliberation.demo.sites import create_portal


demo = os.environ.get("DEMO", "on") != "off"
# The portal first: a delivery that starts early finds its institutions.
create_portal(app, demo=demo)  # noqa: F821 (bin/instance run gives app)
transaction.commit()
create_desk(  # noqa: F821
    app,  # noqa: F821
    portal_url=os.environ.get("PORTAL_URL", "http://localhost:8080/portal"),
    demo=demo,
)
transaction.commit()
print("Sites: /desk /portal")
