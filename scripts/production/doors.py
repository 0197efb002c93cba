"""By which doors a desk's call reaches the services that write on the portal: by those made for it, and by no other."""

import requests
from cluster import Cluster
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.signing import PortalAuth


INSTITUTION = "valbourg"
SERVICE = f"/@published?institution={INSTITUTION}"


def doors(cluster: Cluster) -> dict[str, int]:
    """Addresses of the service, from the public's to those of the clients, and what each has to answer."""
    public = ("cache", "balancer", "portal1", "portal2")
    writing = ("portal1-write", "portal2-write")
    return {
        f"{cluster.portal}{SERVICE}": 404,
        **{f"{cluster.at(name)}{way}{SERVICE}": 404 for name in public for way in ("", "/portal")},
        f"{cluster.at('publishing')}{SERVICE}": 200,
        f"{cluster.at('publishing')}/{INSTITUTION}": 404,
        **{f"{cluster.at(name)}/portal{SERVICE}": 200 for name in writing},
    }


def answered(cluster: Cluster, url: str) -> int:
    """The status for a desk that has everything it needs: account, password, key."""
    environment = cluster.environment
    auth = PortalAuth(
        INSTITUTION,
        (environment["DELIBERATION_PORTAL_USER"], environment["DELIBERATION_PORTAL_PASSWORD"]),
        lambda slug: keys_of(slug, environment),
    )
    headers = {"Accept": "application/json"}
    return requests.get(
        url, auth=auth, headers=headers, timeout=60, allow_redirects=False
    ).status_code


def wrong(cluster: Cluster) -> list[str]:
    """The doors that answer otherwise than they have to."""
    found = []
    for url, expected in doors(cluster).items():
        status = answered(cluster, url)
        if status != expected:
            found.append(f"{url} answers {status}, not {expected}")
    return found
