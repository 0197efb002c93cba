"""Time an item page of the portal against a plain Plone Document page of the same process.

Run: ``.venv/bin/python benchmarks/portal_item.py [rounds]``. It makes its own site in a temporary folder,
publishes a meeting of 30 items, and asks for both pages in turn, as anybody, through the whole WSGI
publisher, without any validator. Both show the same text of about 10,000 characters. The item page is
timed three times: *cold*, with all that the pages keep in memory forgotten before each request, *warm*,
with the presented texts kept, and *kept*, as every visitor but the first gets it. Exits with 1 when the
cold page costs more than a third of the Document, or the kept one more than a twentieth.
"""

import gc
import hashlib
import io
import logging
import statistics
import sys
import tempfile
import time
import transaction
from datetime import datetime
from datetime import timezone
from pathlib import Path
from wsgiref.util import setup_testing_defaults


LIMITS = {"item, cold": 1 / 3, "item, kept": 1 / 20}
ITEMS = 30
CONFIGURATION = """
%define HOME {home}
instancehome $HOME
clienthome $HOME
<zodb_db main>
    cache-size 30000
    <blobstorage>
      blob-dir $HOME/blobs
      <filestorage>
        path $HOME/Data.fs
      </filestorage>
    </blobstorage>
    mount-point /
</zodb_db>
"""
SITE_ZCML = """
<configure xmlns="http://namespaces.zope.org/zope"
           xmlns:meta="http://namespaces.zope.org/meta"
           xmlns:five="http://namespaces.zope.org/five">
  <include package="Products.Five" />
  <meta:redefinePermission from="zope2.Public" to="zope.Public" />
  <five:loadProducts file="meta.zcml" />
  <five:loadProducts />
  <five:loadProductsOverrides />
  <securityPolicy component="AccessControl.security.SecurityPolicy" />
</configure>
"""
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
TOKEN = '<span class="pm-token" data-pm-cat="person" data-pm-no="1" data-pm-gender="f"></span>'


def zope(home: Path):
    """A WSGI application with an empty database in ``home``, and its root object."""
    from Zope2.Startup.run import make_wsgi_app

    (home / "etc").mkdir()
    (home / "blobs").mkdir()
    (home / "etc" / "site.zcml").write_text(SITE_ZCML, encoding="utf-8")
    configuration = home / "etc" / "zope.conf"
    configuration.write_text(CONFIGURATION.format(home=home), encoding="utf-8")
    application = make_wsgi_app({}, str(configuration))
    import Zope2
    from Testing.makerequest import makerequest

    return application, makerequest(Zope2.app())


def fill(app) -> tuple[str, str]:
    """Make the site; the paths of the Document and of the item."""
    from collective.deliberation.demo.sites import create_portal
    from collective.deliberation.portal import files
    from collective.deliberation.portal import store
    from collective.deliberation.publishing import wire
    from plone import api
    from plone.app.textfield.value import RichTextValue
    from zope.component.hooks import setSite

    site = create_portal(app, demo=False)
    setSite(site)
    content = b"%PDF-1.4 benchmark"
    with api.env.adopt_roles(["Manager"]):
        institution = api.content.create(
            site, "Institution", id="valbourg", title="Valbourg", slug="valbourg"
        )
        person = PARAGRAPH.format(person="Personne A")
        document = api.content.create(
            site,
            "Document",
            id="document",
            title="Voirie : convention d'entretien",
            text=RichTextValue(person * 30 + TABLE, "text/html", "text/x-html-safe"),
        )
        if api.content.get_state(document) != "published":
            api.content.transition(document, "publish")
    digest = hashlib.sha256(content).hexdigest()
    now = datetime.now(timezone.utc)
    files.store(institution, digest, io.BytesIO(content), now.timestamp())
    annexes = tuple(
        wire.AnnexRecord(
            f"{number:032x}",
            f"Annexe {number}",
            "Annexe",
            "application/pdf",
            "pdf",
            len(content),
            digest,
        )
        for number in range(3)
    )
    meeting = wire.MeetingRecord(
        body="conseil",
        bodyTitle="Conseil communal",
        start="2025-11-17T19:00:00+01:00",
        end=None,
        location="Maison communale",
        convocation="2025-11-07",
        state="closed",
        attendance="",
    )
    masked = PARAGRAPH.format(person=TOKEN)
    records = [("f" * 32, meeting)]
    for number in range(ITEMS):
        item = wire.ItemRecord(
            meeting="f" * 32,
            stage="decision",
            number=str(number + 1),
            position=number,
            listType="normal",
            title=f"Voirie : convention d'entretien n° {number + 1}",
            category="Voirie",
            representatives=("Élise Warnant",),
            motivation=masked * 28 + TABLE,
            draftDecision=masked,
            resolutionText=masked * 2,
            votes="Pour : 17",
            annexes=annexes,
        )
        records.append((f"{number:08x}" + "e" * 24, item))
    for uid, record in records:
        publication = wire.Publication(
            uid=uid,
            institution="valbourg",
            revision=1,
            published="2025-11-20T10:00:00+01:00",
            record=record,
        )
        store.upsert(institution, wire.to_dict(publication), now)
    setSite(None)
    transaction.commit()
    middle = f"{ITEMS // 2:08x}"
    return "/portal/document", f"/portal/valbourg/2025-11-17-conseil/{middle}"


def ask(application, path: str) -> tuple[float, int]:
    """Seconds and bytes of one page."""
    environ = {"PATH_INFO": path, "HTTP_ACCEPT": "text/html", "SERVER_PROTOCOL": "HTTP/1.1"}
    setup_testing_defaults(environ)
    status = []
    start = time.perf_counter()
    body = b"".join(application(environ, lambda line, headers, error=None: status.append(line)))
    seconds = time.perf_counter() - start
    if not status[0].startswith("200"):
        raise SystemExit(f"{path} answers {status[0]}")
    return seconds, len(body)


def measure(application, document: str, item: str, rounds: int) -> dict[str, list[float]]:
    from collective.deliberation.portal.caching import answers
    from collective.deliberation.portal.pages import presented

    names = ("document", "item, cold", "item, warm", "item, kept")
    times: dict[str, list[float]] = {name: [] for name in names}
    for path in (document, item) * 3:
        ask(application, path)
    gc.collect()
    for _round in range(rounds):
        times["document"].append(ask(application, document)[0])
        presented.forget()
        for name in names[1:]:
            if name != "item, kept":
                answers.forget()
            times[name].append(ask(application, item)[0])
    return times


def main(rounds: int) -> int:
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        application, app = zope(Path(folder))
        document, item = fill(app)
        app._p_jar.close()
        sizes = {path: ask(application, path)[1] for path in (document, item)}
        times = measure(application, document, item, rounds)
    unit = statistics.median(times["document"])
    print(f"Document {sizes[document]:,} bytes, item {sizes[item]:,} bytes, {rounds} rounds each")
    for name, values in times.items():
        median = statistics.median(values)
        worst = statistics.quantiles(values, n=20)[-1]
        print(
            f"{name:12} median {median * 1000:7.2f} ms   95 % below {worst * 1000:7.2f} ms   "
            f"{median / unit:6.3f} of the Document"
        )
    exceeded = [
        name for name, limit in LIMITS.items() if statistics.median(times[name]) > limit * unit
    ]
    for name, limit in LIMITS.items():
        print(f"{name}: limit {limit:.3f} {'EXCEEDED' if name in exceeded else 'kept'}")
    return int(bool(exceeded))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
