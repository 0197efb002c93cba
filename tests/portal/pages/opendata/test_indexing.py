"""What robots may read and what search engines may show is the institution's choice."""

import published_samples as samples
import transaction
from collective.deliberation.content.addresses import short_uid
from urllib.robotparser import RobotFileParser


PLAIN = samples.address(samples.PAST, samples.PAST_ITEMS[1])
MASKED = samples.address(samples.PAST, samples.PAST_ITEMS[2])
ANNEX = samples.PAST_ITEMS[1].record.annexes[0]
FILE = f"{PLAIN}/annexes/{short_uid(ANNEX.uid)}.{ANNEX.extension}"


def hidden(site, path):
    answer = site.get(path)
    assert answer.status_code == 200
    header = "noindex" in answer.headers.get("X-Robots-Tag", "")
    if answer.headers["Content-Type"].startswith("text/html"):
        assert header == ('content="noindex"' in answer.text)
    return header


def test_the_institution_chooses_what_search_engines_show(site):
    paths = ("/valbourg", PLAIN, MASKED, FILE)
    chosen = {}
    for choice in ("noindex-pseudonymised", "index", "noindex"):
        site.institution.indexing = choice
        transaction.commit()
        chosen[choice] = [hidden(site, path) for path in paths]
    assert chosen == {
        "noindex-pseudonymised": [False, False, True, False],
        "index": [False, False, False, False],
        "noindex": [True, True, True, True],
    }


def test_masked_pages_stay_out_of_search_engines_unless_the_institution_says_otherwise(site):
    assert hidden(site, MASKED)


def test_robots_may_read_all_but_endless_searches(site):
    answer = site.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    for path in ("", "/valbourg", PLAIN, MASKED, FILE, "/valbourg/@@nouveautes.atom"):
        assert rules.can_fetch("AnyBot", site.base + path), path
    assert not rules.can_fetch("AnyBot", f"{site.base}/@@deliberations-search?q=a")
    assert rules.site_maps() == [f"{site.base}/sitemap.xml.gz"]
