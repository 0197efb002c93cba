"""What a desk keeps of comparisons: the last report, and what was asked for. Deliverers share it.

The screen of the desk only asks: accounts of portals are in the environment of the deliverer, which compares.
"""

from collective.deliberation.publishing.reconciliation.report import Report
from datetime import date
from persistent import Persistent
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.reconciliation"
LEASE = 3600.0  # seconds after which a comparison is taken for dead
SHOWN = 1000  # differences of one institution that are kept


class Reconciliation(Persistent):
    day = date.min  # of the last nightly comparison
    asked = 0.0  # when somebody asked for one; 0 when nobody did
    repair = False  # and for a repair
    running_until = 0.0
    report: Report | None = None

    def ask(self, now: float, repair: bool) -> None:
        self.asked, self.repair = now, repair

    def claim(self, now: float, today: date, nightly: bool) -> tuple[bool, bool]:
        """Whether to compare now, and whether to repair; who is told so holds it by a lease."""
        if self.running_until > now or not (self.asked or (nightly and self.day < today)):
            return False, False
        repair = bool(self.asked) and self.repair
        self.asked, self.repair, self.day = 0.0, False, today
        self.running_until = now + LEASE
        return True, repair

    def done(self, report: Report) -> None:
        self.running_until = 0.0
        self.report = report


def kept(site) -> Reconciliation:
    """For writing: made when there is none."""
    annotations = IAnnotations(site)
    if KEY not in annotations:
        annotations[KEY] = Reconciliation()
    return annotations[KEY]


def peek(site) -> Reconciliation:
    """For reading: an empty one that is not stored when there is none."""
    found = IAnnotations(site).get(KEY)
    return Reconciliation() if found is None else found
