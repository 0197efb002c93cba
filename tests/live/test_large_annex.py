"""A large annex from an agent's form to a citizen, by a connection that is cut and a desk that is killed."""

import hashlib
import pytest
import requests
from collective.deliberation.publishing.client import PART
from faulty_proxy import faulty_proxy
from journey import Journey
from scans import write_scans


MEGABYTES = 40
AUTHOR = "Zelie Quertinmont"


@pytest.fixture()
def proxy(live_sites):
    """Between the desk, whose deliverer runs, and its portal."""
    live_sites.desk.stop()
    live_sites.desk.start(**live_sites.deliverer_on())

    def go_by(url):
        live_sites.call(live_sites.desk, "PATCH", "/valbourg", "admin", json={"portalUrl": url})

    with faulty_proxy(live_sites.portal.port, seed=1, share=0) as between:
        go_by(f"http://127.0.0.1:{between.port}/portal")
        try:
            yield between
        finally:
            go_by(live_sites.portal.url)


def test_an_annex_of_40_mb_goes_on_where_it_was_cut_and_arrives_whole(live_sites, proxy, tmp_path):
    file = tmp_path / "scans.pdf"
    with open(file, "wb") as stream:
        write_scans(stream, MEGABYTES, AUTHOR)
    fields = {"@type": "Meeting", "body": "conseil", "start": "2027-03-15T19:00:00"}
    made = live_sites.call(live_sites.desk, "POST", "/valbourg", "agent", json=fields)
    meeting = made["@id"].removeprefix(live_sites.desk.url)
    journey = Journey(live_sites.desk.url, live_sites.portal.url, meeting)
    item, item_uid = journey.add_item("Plans")
    annex = journey.upload(item, file)
    annex_uid = journey.call("GET", annex, "agent")["UID"]
    journey.do(annex, ("publish", "clerk"))
    journey.do(meeting, ("convene", "clerk"))
    live_sites.until(lambda: journey.published(made["UID"]))

    before, size = proxy.sent, file.stat().st_size
    proxy.planned = ["none", "cut_request"]
    journey.do(item, ("propose", "agent"), ("approve", "clerk"))
    live_sites.until(lambda: proxy.sent - before > size // 2)
    live_sites.desk.kill()
    live_sites.desk.start(**live_sites.deliverer_on())
    live_sites.until(lambda: journey.published(item_uid), 120)

    assert proxy.counts["cut_request"] == 1
    arrived = requests.get(journey.address(item_uid, annex_uid), timeout=60).content
    assert (hashlib.sha256(arrived).hexdigest(), len(arrived)) == journey.copy(annex)
    assert AUTHOR.encode() in file.read_bytes()
    assert AUTHOR.encode() not in arrived
    assert size * 0.9 < proxy.sent - before < size + 2 * PART
    for site in (live_sites.desk, live_sites.portal):
        assert AUTHOR not in site.output()
