"""Who may read what is for those who run the sites: whoever asks a client directly, and nobody through a proxy.

Without settings that is this machine. ``DELIBERATION_OPERATIONS_FROM`` names other networks, such as
``10.0.0.0/24 192.0.2.7``; ``DELIBERATION_OPERATIONS_TOKEN`` is a secret that opens from anywhere, as
``Authorization: Bearer …``. A request that came through a proxy or a virtual host is never from this machine.
"""

import hmac
import os
from collections.abc import Mapping
from ipaddress import ip_address
from ipaddress import ip_network


NETWORKS = "DELIBERATION_OPERATIONS_FROM"
TOKEN = "DELIBERATION_OPERATIONS_TOKEN"
LOCAL = ("127.0.0.0/8", "::1/128")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_VIA")


def allowed(
    request: Mapping[str, str],
    authorization: str | None,
    environment: Mapping[str, str] = os.environ,
) -> bool:
    """:param request: its WSGI environment; ``authorization``: its header, which Zope takes out of that"""
    token = environment.get(TOKEN, "")
    given = (authorization or "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    if any(request.get(name) for name in FORWARDED):
        return False
    if "/virtualhost" in request.get("PATH_INFO", "").lower():
        return False
    try:
        sender = ip_address(request.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    named = environment.get(NETWORKS, "").split()
    return any(sender in network for network in map(_network, (*LOCAL, *named)) if network)


def _network(text: str):
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None  # a slip of the pen opens nothing
