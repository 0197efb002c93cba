"""Linked data: valid, without a word of titles in identifiers, and not stopped by the pages' own policy."""

import json
import published_samples as samples
import re
from collective.deliberation.opendata.linked import vocabulary
from dataclasses import replace
from lxml import html


ITEM = samples.PAST_ITEMS[1]
PATH = samples.address(samples.PAST, ITEM)


def linked(site, path):
    found = html.fromstring(site.get(path).content).xpath(
        "//script[@type='application/ld+json']/text()"
    )
    assert len(found) == 1
    return json.loads(found[0])


def test_an_item_is_legislation_passed_by_a_body_of_its_institution(site):
    found = linked(site, PATH)
    assert found["@type"] == ["Legislation", "eli:LegalResource"]
    assert found["name"] == ITEM.record.title
    assert found["legislationDate"] == samples.PAST.record.start[:10]
    assert found["legislationPassedBy"]["name"] == "Conseil communal"
    assert found["legislationPassedBy"]["parentOrganization"]["@id"] == f"{site.base}/valbourg"
    assert [media["sha256"] for media in found["associatedMedia"]] == [
        annex.sha256 for annex in ITEM.record.annexes
    ]
    assert found["license"].startswith("https://creativecommons.org/")
    formats = found["eli:is_realized_by"]["eli:is_embodied_by"]
    assert {each["contentUrl"] for each in formats} == {site.base + PATH}


def test_an_identifier_holds_no_word_and_leads_to_the_page(site):
    identifier = linked(site, PATH)["@id"]
    assert re.fullmatch(re.escape(site.base) + "/eli/valbourg/[0-9a-f]{32}", identifier)
    path = identifier.removeprefix(site.base)
    answer = site.get(path, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, site.base + PATH)
    assert site.get(path, headers={"Accept": "application/json"}).json()["UID"] == ITEM.uid
    site.withdraw(ITEM, "Erreur")
    assert site.get(path).status_code == 410
    for nothing in ("/eli", "/eli/valbourg", "/eli/valbourg/" + "0" * 32, f"{path}/x", "/eli/x/y"):
        assert site.get(nothing).status_code == 404, nothing


def test_meetings_institutions_and_the_portal_say_what_they_are(site):
    meeting = linked(site, samples.address(samples.NEXT))
    assert (meeting["@type"], meeting["startDate"]) == ("Event", samples.NEXT.record.start)
    assert meeting["organizer"]["parentOrganization"]["name"] == "Valbourg"
    institution = linked(site, "/valbourg")
    assert institution["@type"] == "GovernmentOrganization"
    assert institution["email"] == "secretariat@valbourg.example"
    portal = linked(site, "/@@deliberations")
    assert portal["potentialAction"]["target"].endswith("@@deliberations-search?q={q}")


def test_a_title_cannot_end_the_script_it_stands_in(site):
    title = "</script><script>alert(1)</script> & <!-- \u2028"
    changed = replace(ITEM, revision=2, record=replace(ITEM.record, title=title))
    site.publish(changed)
    assert linked(site, PATH)["name"] == title
    assert "<" not in vocabulary.script({"name": title})


def test_what_is_withdrawn_has_no_linked_data(site):
    site.withdraw(ITEM, "Erreur")
    assert b"ld+json" not in site.get(PATH).content


def test_the_pages_own_policy_does_not_stop_the_data(site, chromium):
    page = chromium.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(site.base + PATH)
    text = page.locator("script[type='application/ld+json']").text_content()
    assert json.loads(text)["name"] == ITEM.record.title
    assert not [text for text in said if "Content Security Policy" in text]
    page.close()
