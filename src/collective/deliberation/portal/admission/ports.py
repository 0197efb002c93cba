"""Where the services may be called: everywhere, or only on the ports that ``DELIBERATION_WRITE_PORTS`` lists.

A portal then listens on two ports, the public one behind a cache, and one that only desks can reach. The port is
the one that the server took the connection on, never what a header says.
"""

import os
from collections.abc import Mapping
from typing import Any


VARIABLE = "DELIBERATION_WRITE_PORTS"


def served_here(environ: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the services answer on the port of this request. ``environ`` is WSGI's."""
    ports = environment.get(VARIABLE, "").replace(",", " ").split()
    return not ports or str(environ.get("SERVER_PORT", "")) in ports
