"""Time what stands between a text and its readers: neutralise, present and the gate, on 50 kB.

Run: ``.venv/bin/python benchmarks/pseudonym.py [rounds]``. No site is made: all of it is pure. The page has
40 marks of 20 entries; the gate searches what is left of it for 5,000 forms and for national numbers and
accounts. lxml's parse of the same page in the same run is the baseline. Each figure is the best of the
rounds, which are taken in turn, so that all of them see the same machine. Making the matcher of a register
is printed but not part of the figures: it is made once for each state of a register, and kept. Exits with
1 when neutralise + present, or the gate, takes more than 2 ms.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from collective.deliberation.pseudonym import gate
from collective.deliberation.pseudonym import marks
from collective.deliberation.pseudonym import matching
from collective.deliberation.pseudonym import neutralise
from collective.deliberation.pseudonym import present
from collective.deliberation.pseudonym.register import Register
from lxml import etree


LIMIT = 0.002  # seconds
SIZE = 50_000  # bytes
MARKS = 40
FORMS = 5_000
GIVEN = "Aurore Basile Clothilde Désiré Élodie Firmin Giulia Hakim Ilse Joachim Karolina Léopold".split()
FAMILY = "Vandenbroeck Lambinet Özdemir Delhalle Ngoma Schyns Rossignol Benhaddou Piérard Maréchal".split()
PLAIN = (
    "<p>Considérant que le dossier comporte l'avis favorable du <strong>directeur financier</strong>, remis "
    "le 12 mars 2026 en application de l'article L1124-40 du Code&nbsp;; que la dépense de 18.452,50 € est "
    "inscrite à l'article 421/731-60 du budget extraordinaire de l'exercice et financée par un emprunt de "
    "vingt ans, sous réserve de l'approbation de la modification budgétaire par la tutelle&nbsp;;</p>\n"
    "<table><tr><td>Voirie n°&nbsp;3</td><td>12.480,00 €</td></tr></table>\n"
    "<ul><li>vu la délibération du 4 février par laquelle le Conseil a approuvé le cahier des charges, le "
    "montant estimé et le mode de passation du marché&nbsp;;</li></ul>\n"
)
MARKED = (
    '<p>Vu la demande de <span data-pm-id="{0}" data-pm-cat="{1}">{2}</span>, reçue complète le '
    "18 novembre&nbsp;;</p>\n"
)
DATA = (
    *(("address", f"rue du Tilleul {number}") for number in (4, 17, 23, 58)),
    *(
        ("birth-date", "12 mars 1985"),
        ("phone", "0470/00.12.34"),
        ("national-number", "85.07.30-033.28"),
    ),
)


def people(count: int) -> list[str]:
    """Invented names, all different."""
    return [
        f"{GIVEN[n % 12]} {FAMILY[n % 10]}{chr(97 + n // 60 % 26)}{chr(97 + n // 1560 % 26)}o"
        for n in range(count)
    ]


def page() -> tuple[str, Register]:
    """About 50 kB with 40 marks, and the register they make."""
    register = Register()
    parts, size = [], 0
    persons = [("person", name) for name in people(MARKS // 2 - len(DATA))]
    for number, (category, form) in enumerate([*persons, *DATA] * 2):
        register, entry = register.add(category, form)
        parts.append(MARKED.format(entry.id, category, form))
        size += len(parts[-1].encode())
        while size < SIZE * (number + 1) / MARKS - len(PLAIN) / 2:
            parts.append(PLAIN)
            size += len(PLAIN.encode())
    return marks.normalise({"text": "".join(parts)}, register)[0]["text"], register


def large_register() -> Register:
    """Entries with 5,000 forms of persons."""
    entry = {"category": "person", "gender": ""}
    names = people(FORMS)
    return Register.from_json(
        [
            {**entry, "id": f"p{n}", "ordinal": n, "forms": [f"Octavie {name}", f"{name} Senne"]}
            for n, name in enumerate(names[: FORMS // 2], 1)
        ]
    )


def measure(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, tuple[float, float]]:
    """Seconds of the fastest call of each, and of the one in the middle."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    gc.collect()
    gc.disable()
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            taken[name].append(time.perf_counter() - start)
    gc.enable()
    return {name: (min(each), statistics.median(each)) for name, each in taken.items()}


def main(rounds: int) -> int:
    text, register = page()
    large = large_register()
    start = time.perf_counter()
    matching.matcher(large)
    built = time.perf_counter() - start
    neutral = neutralise.rich_text(text, register)
    payload = {"item": {"decision": neutral}}
    if gate.search(payload, large) or neutral.count("pm-token") != MARKS:
        print("the page isn't what it must be", file=sys.stderr)
        return 1
    data = text.encode()

    def both() -> str:
        return present.rich_text(neutralise.rich_text(text, register))

    found = measure(
        {
            "lxml parse": lambda: etree.fromstring(data, etree.HTMLParser(encoding="utf-8")),
            "neutralise": lambda: neutralise.rich_text(text, register),
            "present": lambda: present.rich_text(neutral),
            "neutralise + present": both,
            "gate": lambda: gate.search(payload, large),
        },
        rounds,
    )
    base = found["lxml parse"][0]
    print(f"{len(data):,} bytes, {MARKS} marks of {len(register.entries)} entries; {rounds} rounds")
    for name, (best, median) in found.items():
        print(
            f"{name:24} {best * 1000:6.2f} ms ({best / base:4.1f} x lxml's parse), median {median * 1000:6.2f} ms"
        )
    print(f"{'matcher of 5,000 forms':24} {built * 1000:6.0f} ms   once for each register")
    return int(max(found["neutralise + present"], found["gate"])[0] > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
