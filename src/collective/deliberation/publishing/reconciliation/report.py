"""What a comparison found, as typed values, as JSON and as text for a terminal."""

from collective.deliberation import _
from collective.deliberation.publishing.reconciliation.comparing import Difference
from dataclasses import dataclass
from typing import Any
from zope.i18n import translate


KINDS = {
    "missing": _("reconcile_missing", default="missing on the portal"),
    "stale": _("reconcile_stale", default="older on the portal"),
    "ahead": _("reconcile_ahead", default="newer on the portal"),
    "altered": _("reconcile_altered", default="other content on the portal"),
    "surplus": _("reconcile_surplus", default="on the portal only"),
}
REPAIRED = _("reconcile_repaired", default="repair queued")


@dataclass(frozen=True)
class Compared:
    """One institution. With a ``problem``, a message, there was no comparison."""

    institution: str  # id on the desk
    compared: int  # entries of the two sites, each UID once
    under_way: int  # left out, as a job of them is not done
    differences: tuple[Difference, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Report:
    at: float  # seconds since 1970, when it began
    seconds: float
    repaired: int
    institutions: tuple[Compared, ...]

    @property
    def compared(self) -> int:
        return sum(each.compared for each in self.institutions)

    @property
    def differences(self) -> int:
        return sum(len(each.differences) for each in self.institutions)

    @property
    def problems(self) -> int:
        return sum(bool(each.problem) for each in self.institutions)


def to_json(report: Report, language: str = "fr") -> dict[str, Any]:
    return {
        "at": report.at,
        "seconds": round(report.seconds, 3),
        "compared": report.compared,
        "differences": report.differences,
        "repaired": report.repaired,
        "institutions": [
            {
                "institution": each.institution,
                "compared": each.compared,
                "under_way": each.under_way,
                "problem": translate(each.problem, target_language=language) or None,
                "differences": [
                    {
                        "uid": one.uid,
                        "what": one.what,
                        "desk_revision": one.ours or None,
                        "portal_revision": one.theirs or None,
                        "url": one.url or None,
                    }
                    for one in each.differences
                ],
            }
            for each in report.institutions
        ],
    }


def to_text(report: Report, language: str = "fr") -> str:
    """One line for each difference, then one for each institution."""

    def say(message):
        return translate(message, target_language=language)

    lines = []
    for each in report.institutions:
        for one in each.differences:
            lines.append(
                f"{each.institution} {one.uid} {say(KINDS[one.what])} "
                f"({one.ours or '-'}/{one.theirs or '-'}) {one.url}".rstrip()
            )
        if each.problem:
            lines.append(f"{each.institution}: {say(each.problem)}")
            continue
        summary = _(
            "reconcile_summary",
            default="${compared} compared, ${under_way} under way, ${differences} differ",
            mapping={
                "compared": str(each.compared),
                "under_way": str(each.under_way),
                "differences": str(len(each.differences)),
            },
        )
        lines.append(f"{each.institution}: {say(summary)}")
    if report.repaired:
        lines.append(f"{report.repaired}: {say(REPAIRED)}")
    return "\n".join(lines)
