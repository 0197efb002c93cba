"""Two real processes: what is approved arrives exactly once, and no original ever does."""

import base64
import io
import pytest
import requests
from itertools import count
from pypdf import PdfReader
from reportlab.pdfgen import canvas


NAME = "Zénobie Vertecoquille"  # no canary: others search the portal for those, and its log keeps addresses
WORD = b"vertecoquille"
days = count(1)


def plan(author):
    """A PDF that says "Plan", and whose metadata name its author."""
    out = io.BytesIO()
    paper = canvas.Canvas(out)
    paper.setAuthor(author)
    paper.drawString(72, 700, "Plan")
    paper.save()
    return out.getvalue()


@pytest.fixture()
def desk(live_sites):
    """The desk, running without a deliverer, and its hands."""
    live_sites.desk.stop()
    live_sites.desk.start()
    return Hands(live_sites)


class Hands:
    def __init__(self, sites):
        self.sites = sites

    def call(self, method, path, user, **arguments):
        return self.sites.call(self.sites.desk, method, path, user, **arguments)

    def add(self, container, user, **fields):
        made = self.call("POST", container, user, json=fields)
        return made["@id"].removeprefix(self.sites.desk.url), made["UID"]

    def meeting(self):
        start = f"2026-12-{next(days):02}T19:00:00"
        fields = {"@type": "Meeting", "body": "conseil", "start": start, "location": "Salle"}
        return self.add("/valbourg", "agent", **fields)

    def item(self, meeting, title, text="<p>Vu la demande ;</p>"):
        return self.add(
            meeting,
            "agent",
            **{
                "@type": "Item",
                "title": title,
                "category": "Travaux",
                "motivation": {"data": text, "content-type": "text/html"},
                "draftDecision": {"data": "<p>Article 1er.</p>", "content-type": "text/html"},
            },
        )

    def annex(self, item, title, filename, content):
        data = base64.b64encode(content).decode()
        file = {
            "data": data,
            "encoding": "base64",
            "filename": filename,
            "content-type": "application/pdf",
        }
        return self.add(item, "agent", **{"@type": "Annex", "title": title, "file": file})

    def do(self, path, *steps):
        for transition, user in steps:
            self.call("POST", f"{path}/@workflow/{transition}", user, json={"comment": "Motif"})


APPROVE = (("propose", "agent"), ("approve", "clerk"))


def test_what_is_approved_while_no_deliverer_runs_survives_two_kills_and_arrives_once(
    live_sites, desk
):
    meeting, meeting_uid = desk.meeting()
    items = [desk.item(meeting, f"Point {number}") for number in range(3)]
    desk.do(meeting, ("convene", "clerk"))
    for path, _uid in items:
        desk.do(path, *APPROVE)
    wanted = {meeting_uid, *(uid for _path, uid in items)}
    assert not wanted & set(live_sites.published())

    live_sites.desk.kill()
    live_sites.desk.start(**live_sites.deliverer_on())
    live_sites.until(lambda: wanted & set(live_sites.published()))
    live_sites.desk.kill()  # again, in the middle
    live_sites.desk.start(**live_sites.deliverer_on())
    live_sites.until(lambda: wanted <= set(live_sites.published()))

    queue = lambda: desk.call("GET", "/@publishing-queue", "clerk")["counts"]  # noqa: E731
    live_sites.until(lambda: queue()["waiting"] + queue()["sending"] + queue()["failed"] == 0)
    assert queue()["parked"] == 0
    published = live_sites.published()
    assert {published[uid]["revision"] for uid in wanted} == {1}
    addresses = [published[uid]["url"] for uid in wanted]
    assert len(set(addresses)) == 4
    assert not [address for address in addresses if address.endswith(("-2", "-1"))]


def test_an_item_approved_while_the_deliverer_runs_is_public_within_five_seconds(live_sites, desk):
    live_sites.desk.stop()
    live_sites.desk.start(**live_sites.deliverer_on())
    meeting, meeting_uid = desk.meeting()
    path, uid = desk.item(meeting, "Point urgent")
    desk.do(meeting, ("convene", "clerk"))
    live_sites.until(lambda: meeting_uid in live_sites.published())
    desk.do(path, *APPROVE)
    assert live_sites.until(lambda: uid in live_sites.published()) < 5


def test_a_marked_name_is_nowhere_at_the_portal_nor_in_any_log(live_sites, desk):
    meeting, meeting_uid = desk.meeting()
    marked = f'<p>Vu la demande de <span data-pm-cat="person">{NAME}</span> ;</p>'
    path, uid = desk.item(meeting, f"Concession de {NAME}", marked)
    annex, annex_uid = desk.annex(path, f"Plan de {NAME}", f"Plan {NAME}.pdf", plan(NAME))
    desk.do(annex, ("publish", "clerk"))
    desk.do(meeting, ("convene", "clerk"))
    desk.do(path, *APPROVE)
    live_sites.desk.stop()
    live_sites.desk.start(**live_sites.deliverer_on())
    live_sites.until(lambda: uid in live_sites.published())
    assert live_sites.published()[uid]["revision"] == 1

    portal, address = live_sites.portal.url, live_sites.published()[uid]["url"]
    meeting_address = live_sites.published()[meeting_uid]["url"]
    file = requests.get(f"{address}/annexes/{annex_uid[:8]}.pdf", timeout=60)
    assert file.status_code == 200
    assert PdfReader(io.BytesIO(file.content)).pages[0].extract_text().strip() == "Plan"
    assert not PdfReader(io.BytesIO(file.content)).metadata
    for url in (
        portal,
        f"{portal}/valbourg",
        meeting_address,
        address,
        f"{portal}/@search?SearchableText=Point&fullobjects=1",
        f"{portal}/@@search?SearchableText=Point",
        f"{portal}/sitemap.xml.gz",
    ):
        for accept in ("application/json", "text/html"):
            answer = requests.get(
                url, headers={"Accept": accept}, timeout=60, allow_redirects=False
            )
            assert WORD not in answer.content.lower(), (url, accept)
    for url in (
        path,
        meeting,
        annex,
        "",
        "/@search",
        f"{path}/@history",
        f"{annex}/@@download/file",
    ):
        for accept in ("application/json", "text/html"):
            answer = requests.get(
                live_sites.desk.url + url,
                headers={"Accept": accept},
                timeout=60,
                allow_redirects=False,
            )
            assert WORD not in answer.content.lower(), (url, accept)

    assert WORD in _all_bytes(live_sites.desk.var / "Data.fs")  # the search does find
    live_sites.desk.stop()
    live_sites.portal.stop()
    try:
        files = [file for file in live_sites.portal.var.rglob("*") if file.is_file()]
        assert any(file.suffix == ".blob" for file in files)
        logs = [file for file in live_sites.desk.var.rglob("*.log")]
        guilty = [str(file) for file in files + logs if WORD in _all_bytes(file)]
        assert guilty == []
    finally:
        live_sites.portal.start()


def _all_bytes(path):
    return path.read_bytes().lower()
