"""Answers kept in the memory of a process: true at every moment, and only what anybody may read."""

import published_samples as samples
import pytest
import transaction
from collective.deliberation.portal.caching import answers
from collective.deliberation.testing import PASSWORD
from dataclasses import replace


ITEM = samples.address(samples.PAST, samples.PAST_ITEMS[1])
ELSEWHERE = samples.address(samples.NEXT, samples.NEXT_ITEMS[1])
PAGES = (
    "/@@deliberations",
    "/@@deliberations-search?q=ecole",
    "/@@nouveautes.atom",
    "/sitemap.xml.gz",
    "/valbourg",
    "/valbourg/@@seances.ics",
    samples.address(samples.PAST),
    ITEM,
)


@pytest.fixture(autouse=True)
def from_nothing():
    answers.forget()


def hits(call):
    """How many of the requests in ``call`` were answered from memory."""
    before = answers.COUNTED.hits
    call()
    return answers.COUNTED.hits - before


def revised(publication, **changes):
    record = replace(publication.record, **changes)
    return replace(publication, revision=publication.revision + 1, record=record)


@pytest.mark.parametrize("path", PAGES)
def test_the_second_visitor_gets_the_same_answer_from_memory(site, path):
    first = site.get(path)
    again = {}
    assert hits(lambda: again.update(answer=site.get(path))) == 1
    assert again["answer"].content == first.content
    changing = ("Date", "Content-Length")
    assert {k: v for k, v in again["answer"].headers.items() if k not in changing} == {
        k: v for k, v in first.headers.items() if k not in changing
    }
    held = {"If-None-Match": first.headers["ETag"]}
    assert site.get(path, headers=held).status_code == 304


def test_what_is_published_is_seen_at_once_and_only_where_it_shows(site):
    for path in (*PAGES, ELSEWHERE):
        site.get(path)
    site.publish(revised(samples.PAST_ITEMS[1], title="Une école flambant neuve"))
    assert hits(lambda: site.get(ELSEWHERE)) == 1
    for path in ("/@@deliberations-search?q=ecole", samples.address(samples.PAST), ITEM):
        assert "flambant neuve" in site.get(path).text, path


def test_what_is_withdrawn_is_in_no_kept_answer(site):
    for path in PAGES:
        site.get(path)
    short = ITEM.rpartition("/")[2]
    site.withdraw(samples.PAST_ITEMS[1], "Erreur matérielle")
    assert site.get(ITEM).status_code == 410
    for path in PAGES[:-1]:
        assert short not in site.get(path).text, path


def test_a_withdrawn_meeting_takes_the_kept_answers_of_its_items_along(site):
    site.get(ITEM)
    site.withdraw(samples.PAST, "Erreur matérielle")
    assert hits(lambda: site.get(ITEM)) == 0
    assert site.get(ITEM).status_code == 410


@pytest.mark.parametrize(
    "change",
    [
        lambda site: setattr(site.institution, "pseudonymPolicy", "bracket"),
        lambda site: site.institution.manage_permission("View", ["Manager"], acquire=0),
        lambda site: site.plone.portal_registry.__setitem__("plone.site_title", "Autre nom"),
    ],
    ids=["an institution's choice", "who may see it", "a setting of the portal"],
)
def test_what_else_an_answer_depends_on_ends_it(site, change):
    site.get(ITEM)
    assert hits(lambda: site.get(ITEM)) == 1
    change(site)
    transaction.commit()
    assert hits(lambda: site.get(ITEM)) == 0


def test_a_removed_institution_leaves_nothing_in_memory(site):
    for path in ("/valbourg", ITEM):
        site.get(path)
    site.plone.manage_delObjects(["valbourg"])
    transaction.commit()
    assert [site.get(path).status_code for path in ("/valbourg", ITEM)] == [404, 404]


def test_who_logged_in_is_neither_answered_from_memory_nor_kept(site):
    def as_admin():
        answer = site.get(ITEM, auth=("admin", PASSWORD))
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert "ETag" not in answer.headers

    as_admin()
    assert hits(lambda: site.get(ITEM)) == 0
    assert hits(as_admin) == 0
    assert hits(lambda: site.get(ITEM, headers={"Cookie": "__ac=abc"})) == 0
    assert hits(lambda: site.get(ITEM, headers={"Cookie": "visite=1"})) == 1


def test_json_and_pages_at_one_address_are_never_mistaken(site):
    page = site.get(ITEM)
    document = site.get(ITEM, headers={"Accept": "application/json"})
    assert document.json()["@type"] == "PublishedItem"
    assert site.get(ITEM).content == page.content


def test_refusals_are_not_kept(site):
    path = "/valbourg/nulle-part"
    assert site.get(path).status_code == 404
    assert hits(lambda: site.get(path)) == 0


def test_endless_questions_leave_the_pages_in_memory(site):
    site.get(ITEM)
    for number in range(30):
        site.get(f"/@@deliberations-about?x={number}")
    assert len(answers.QUESTIONS) == 30 and len(answers.PAGES) == 1
