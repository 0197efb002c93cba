"""Cost of the portal's pages with few and with very many publications, against a plain Plone page.

Run: ``.venv/bin/python benchmarks/portal.py [--sizes 1000,20000,100000] [--rounds 30]``.

For each number of items a process of its own makes a portal in a temporary folder: 260 institutions, three
bodies, 13 years, 30 categories, 25 items a meeting, a text of about 2,000 characters an item. The smallest is
received by the store as in production, larger ones are loaded (see ``portal_site.loader``), and a
sample of what was loaded is compared with what the store makes, catalog values and page bytes. Beside stand an
item of 10,000 characters in a meeting of 30, a meeting of 200, and a plain Plone Document with the text of that
item: the unit. Pages are asked for in turn with it, as anybody, through the whole WSGI publisher, without
validators. Times are processor time, so that other work on the machine doesn't count. *Uncached* means that
whole answers and presented texts kept in memory are forgotten before each request.

Exits with 1 when a limit is exceeded.
"""

import argparse
import gc
import io
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from datetime import timezone
from pathlib import Path


SIZES = (1_000, 20_000, 100_000)
ROUNDS = 30
RECEIVED = 1_000  # items; more are loaded
# In units: the time of the plain Plone page.
LIMITS = {
    "item, uncached": 1 / 5,
    "item, cached": 1 / 20,
    "search with facets, uncached": 2.0,
    "agenda of 200 items": 1.0,
    "slowest hostile query": 2.0,
}
GROWTH = 1.5  # of the search, from the smallest size to the largest
SEARCHES = (
    "",
    "q=voirie",
    "q=écoles communales",
    "q=cheval",
    "q=travaux&tri=date",
    "q=convention&annee=2020",
    "q=taxe&etat=decision&genre=commune",
    "q=cimetière&categorie=Voirie",
    "q=subside&annexes=1&organe=conseil",
    "q=voirie&page=3",
)
HOSTILE = (
    "q=*",
    "q=a*",
    "q=v?ir*",
    "q=" + "%28" * 400,
    "q=" + "x" * 10_000,
    "q=" + "voirie+" * 1_400,
    "q=" + "+".join(f"mot{number}" for number in range(2_000)),
    "q=(a%2B)%2B%24",
    "q=%22avis+favorable%22+%22directeur+financier%22",
    "q=vorie+comunnale",
    "q=zzzzzzzz+yyyyyyyy+wwwwwwww",
    "tous=institution",
    "tous=category&page=500",
)
PARAGRAPH = (
    "<p>Considérant que la convention conclue avec {person} prévoit l'entretien du sentier communal, la "
    "pose de deux bancs et le remplacement de la signalisation, pour un montant de 12.480,00 € hors TVA, "
    "inscrit au budget extraordinaire de l'exercice ; que l'avis du directeur financier est favorable ;</p>"
)
TABLE = (
    "<table><tr><th>Lot</th><th>Montant</th></tr>"
    + "<tr><td>1</td><td>86.400,00 €</td></tr>" * 10
    + "</table>"
)


def fill(app, size: int) -> dict[str, str]:
    """The site with all its publications; the addresses to measure."""
    from collective.deliberation.demo.sites import create_portal
    from collective.deliberation.portal import files
    from plone import api
    from plone.app.textfield.value import RichTextValue
    from portal_site import loader
    from portal_site import publications
    from zope.component.hooks import setSite

    site = create_portal(app, demo=False)
    setSite(site)
    now = datetime.now(timezone.utc)
    with api.env.adopt_roles(["Manager"]):
        for slug, title, kind in publications.slugs():
            institution = api.content.create(
                site, "Institution", id=slug, title=title, slug=slug, kind=kind
            )
            files.store(
                institution, publications.DIGEST, io.BytesIO(publications.FILE), now.timestamp()
            )
        text = PARAGRAPH.format(person="Personne A") * 30 + TABLE
        document = api.content.create(
            site,
            "Document",
            id="document",
            title="Voirie : convention d'entretien",
            text=RichTextValue(text, "text/html", "text/x-html-safe"),
        )
        if api.content.get_state(document) != "published":
            api.content.transition(document, "publish")
    way = loader.receive if size <= RECEIVED else loader.load
    way(site, publications.meetings(size), now)
    slug = next(publications.slugs())[0]
    for items in (30, 200):
        loader.receive(site, [publications.measured(slug, items, PARAGRAPH, TABLE)], now)
    setSite(None)
    meeting, item = publications.addresses(30)
    return {
        "document": "/portal/document",
        "item": f"/portal/{slug}/{meeting}/{item}",
        "agenda": f"/portal/{slug}/{publications.addresses(200)[0]}",
        "search": "/portal/@@deliberations-search",
    }


def forget() -> None:
    from collective.deliberation.portal.caching import answers
    from collective.deliberation.portal.pages import presented

    presented.forget()
    answers.forget()


def measure(application, pages: dict[str, str], rounds: int) -> dict[str, float]:
    """Milliseconds: medians, and of the hostile queries the slowest."""
    from portal_site.process import ask

    def milliseconds(address: str, cached: bool = False) -> float:
        if not cached:
            forget()
        start = time.thread_time()
        ask(application, address)
        return (time.thread_time() - start) * 1000

    searches = [f"{pages['search']}?{question}" for question in SEARCHES]
    hostile = [f"{pages['search']}?{question}" for question in HOSTILE]
    first = milliseconds(searches[1])
    for address in (*pages.values(), *searches, *hostile) * 2:
        ask(application, address)
    gc.collect()
    times: dict[str, list[float]] = {}

    def note(name: str, value: float) -> None:
        times.setdefault(name, []).append(value)

    for number in range(rounds):
        note("Document", milliseconds(pages["document"]))
        note("item, uncached", milliseconds(pages["item"]))
        note("item, cached", milliseconds(pages["item"], cached=True))
        note("agenda of 200 items", milliseconds(pages["agenda"]))
        for address in searches if number < max(3, rounds // 4) else ():
            note("search with facets, uncached", milliseconds(address))
    found = {name: statistics.median(values) for name, values in times.items()}
    slowest = {address: min(milliseconds(address) for _ in range(2)) for address in hostile}
    found["slowest hostile query"] = max(slowest.values())
    found["first search of the process"] = first
    return found


def one(size: int, rounds: int, folder: Path) -> dict[str, float]:
    """Build the portal of one size in ``folder``, unless it is there, and measure it."""
    logging.disable(logging.WARNING)
    sys.path.insert(0, str(Path(__file__).parent))
    import transaction
    from portal_site import loader
    from portal_site import process
    from zope.component.hooks import setSite

    application, app = process.start(folder)
    notes = folder / "built.json"
    if not notes.exists():
        start, busy = time.perf_counter(), time.process_time()
        pages = fill(app, size)
        transaction.commit()
        built = {
            "built": time.perf_counter() - start,
            "busy": time.process_time() - busy,
            "megabytes": (folder / "Data.fs").stat().st_size / 1e6,
        }
        notes.write_text(json.dumps([pages, built]))
        app._p_jar.cacheMinimize()
    pages, built = json.loads(notes.read_text())
    found = measure(application, pages, rounds)
    if size > RECEIVED:
        setSite(app["portal"])
        built["compared"] = loader.check(
            app["portal"], lambda path: process.ask(application, path)[1]
        )
        transaction.abort()
    return {**found, **built}


def report(size: int, found: dict[str, float]) -> bool:
    """Print a size's figures; whether all limits are kept."""
    unit = found["Document"]
    print(
        f"{size:,} items: built in {found['built']:.0f} s ({found['busy']:.0f} s of processor), "
        f"{found['megabytes']:,.0f} MB"
        + (f", {found['compared']:.0f} values compared" if "compared" in found else "")
    )
    print(f"  {'plain Plone Document':32} {unit:8.2f} ms   1.000 (the unit)")
    kept = True
    for name, limit in LIMITS.items():
        ratio = found[name] / unit
        kept &= ratio <= limit
        state = "" if ratio <= limit else "   EXCEEDED"
        print(f"  {name:32} {found[name]:8.2f} ms {ratio:7.3f} (limit {limit:.3f}){state}")
    first = found["first search of the process"]
    print(f"  {'first search of the process':32} {first:8.2f} ms {first / unit:7.3f}")
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--keep", type=Path, help="keep the portals here, and measure those again")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one, options.rounds, options.keep)))
        return 0
    kept, searches = True, []
    for size in sorted(int(size) for size in options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            home = options.keep / str(size) if options.keep else Path(folder)
            home.mkdir(parents=True, exist_ok=True)
            command = [sys.executable, "-W", "ignore", __file__, "--one", str(size)]
            command += ["--rounds", str(options.rounds), "--keep", str(home)]
            answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        found = json.loads(answer.splitlines()[-1])
        kept &= report(size, found)
        searches.append((size, found["search with facets, uncached"] / found["Document"]))
    growth = searches[-1][1] / searches[0][1]
    kept &= growth <= GROWTH
    state = "" if growth <= GROWTH else "   EXCEEDED"
    print(
        f"search at {searches[-1][0]:,} items against {searches[0][0]:,}: {growth:.2f} times "
        f"(limit {GROWTH}){state}"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
