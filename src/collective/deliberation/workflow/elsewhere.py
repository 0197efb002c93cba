"""What another system has validated: the one documented way past four eyes and the checklist.

An import brings texts that people of the institution have written, checked and decided in other
software. Asking two people to approve each of them again would be theatre, so the importer (and
nothing else: no service, form or transition can set this) says where they were validated:

    with validated_in("iA.Délib"):
        workflow.doActionFor(item, "approve", comment="importé d'iA.Délib (état accepted)")

Guards ask ``validating_system()``. Permissions still hold, and the history names who imported.
"""

from contextlib import contextmanager
from contextvars import ContextVar


_system: ContextVar[str] = ContextVar("validated_in", default="")


@contextmanager
def validated_in(system: str):
    """Within: transitions repeat what was validated in ``system``."""
    token = _system.set(system)
    try:
        yield
    finally:
        _system.reset(token)


def validating_system() -> str:
    """The system whose validations are being repeated, or ``""``."""
    return _system.get()
