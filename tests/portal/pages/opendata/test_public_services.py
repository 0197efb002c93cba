"""The public services: lists in pages, filters as in the search, validators, and nothing of plain Plone's."""

import published_samples as samples
from plone.distribution.services import sites
from zope.component import getGlobalSiteManager
from zope.configuration import xmlconfig


JSON = {"Accept": "application/json"}


def ask(site, path, status=200, **headers):
    answer = site.get(path, headers={**JSON, **headers})
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_list_leads_from_page_to_page_through_all_of_it(site):
    answer = ask(site, "/@items?b_size=3")
    seen, pages = [], 0
    while answer:
        seen += [entry["@id"] for entry in answer["items"]]
        pages += 1
        following = answer["batching"].get("next")
        answer = ask(site, following.removeprefix(site.base)) if following else None
    assert len(seen) == len(set(seen)) == 8
    assert pages == 3


def test_a_page_in_the_middle_names_those_before_and_after(site):
    around = ask(site, "/valbourg/@items?b_size=2&b_start=2&etat=decision")["batching"]
    assert around["prev"].endswith("@items?etat=decision&b_size=2")
    assert "b_start=4" in around["next"] and "etat=decision" in around["next"]


FILTERED = {
    "q=voirie": 2,
    "q=voirie&etat=decision": 1,
    "q=voirie&annee=2024": 0,
    "annee=2025": 4,
    "etat=projet": 3,
    "institution=valbourg&organe=conseil": 8,
    "organe=college": 0,
    "institution=nowhere": 0,
    "q=le+la": 0,
    "categorie=Motions": 1,
    "mandataire=No%C3%A9mie+Hautier": 1,
    "annexes=1": 1,
}


def test_a_list_is_filtered_as_the_search_is(site):
    found = {filters: ask(site, f"/@items?{filters}")["items_total"] for filters in FILTERED}
    assert found == FILTERED


def test_meetings_and_institutions_are_lists_too(site):
    assert ask(site, "/@institutions")["items"] == [
        {
            "@id": f"{site.base}/valbourg",
            "slug": "valbourg",
            "title": "Valbourg",
            "kind": "commune",
        }
    ]
    assert ask(site, "/valbourg/@meetings?annee=2024")["items_total"] == 1
    assert ask(site, "/@meetings")["items_total"] == 3


REFUSED = {
    "b_size=0": "b_size",
    "b_size=100000": "b_size",
    "b_start=-1": "b_start",
    "b_start:int=1": "b_start",
    "annee=89": "annee",
    "etat=final": "etat",
    "institution=Val%20bourg": "institution",
    "anne=2025": "anne",
    "q=a&q=b": "q",
    "q=" + "x" * 201: "q",
}


def test_a_parameter_that_cannot_be_used_is_refused_by_name(site):
    answers = {query: ask(site, f"/@items?{query}", 400) for query in REFUSED}
    assert {query: answer["field"] for query, answer in answers.items()} == REFUSED
    assert all(answer["message"] for answer in answers.values())


def test_what_is_not_there_is_said_in_json(site):
    found = ask(site, "/valbourg/2031-01-01-conseil", 404)
    assert found["type"] == "NotFound" and "traceback" not in found


def test_json_is_asked_for_again_only_when_something_changed(site):
    paths = ("", "/valbourg", "/@items", "/@openapi")
    held = {path: site.get(path, headers=JSON).headers["ETag"] for path in paths}

    def asked_again():
        return [
            site.get(path, headers={**JSON, "If-None-Match": tag}) for path, tag in held.items()
        ]

    assert [(answer.status_code, answer.content) for answer in asked_again()] == [(304, b"")] * 4
    site.withdraw(samples.PAST_ITEMS[0], "Erreur")
    changed = [answer.status_code == 200 for answer in asked_again()]
    assert dict(zip(paths, changed, strict=True)) == {path: path == "/@items" for path in paths}


def test_a_page_and_its_json_are_not_taken_for_each_other(site):
    page, data = site.get("/valbourg"), site.get("/valbourg", headers=JSON)
    assert page.headers["ETag"] != data.headers["ETag"]
    assert "Accept" in data.headers["Vary"]


def test_any_page_of_the_web_may_read_json_without_cookies(site):
    answer = site.get("/@items", headers={**JSON, "Origin": "https://journal.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert 'rel="service-desc"' in answer.headers["Link"]


def test_head_answers_as_get_without_a_body(site):
    answer = site.head("/@items", headers=JSON)
    assert answer.status_code == 200 and answer.headers["ETag"]
    assert int(answer.headers["Content-Length"]) == len(site.get("/@items", headers=JSON).content)


OURS = ("@institutions", "@meetings", "@items", "@openapi")


def foreign_services(site):
    """The names of all services that Plone and its add-ons register for GET on a site or a content."""
    names = {
        registration.name.removeprefix("GET_application_json_")
        for registration in getGlobalSiteManager().registeredAdapters()
        if registration.name.startswith("GET_application_json_@")
    }
    return sorted(names - set(OURS))


def test_no_service_of_plain_plone_answers_the_public(site, functional):
    # A whole Plone has it too; it asks for no permission.
    xmlconfig.file("configure.zcml", sites, context=functional["configurationContext"])
    names = foreign_services(site)
    assert {"@search", "@types", "@navigation", "@users", "@sites"} <= set(names)
    item = samples.address(samples.PAST, samples.PAST_ITEMS[1])
    open_to_all = {
        path: answer.status_code
        for name in names
        for path in (f"/{name}", f"/valbourg/{name}", f"{item}/{name}")
        if (answer := site.get(path, headers=JSON)).status_code not in (401, 403, 404)
    }
    assert open_to_all == {}


def test_the_public_writes_nothing(site, live_portal):
    for method in ("post", "patch", "delete"):
        answer = getattr(live_portal, method)("/valbourg", headers=JSON, json={"title": "Autre"})
        assert answer.status_code == 401, method
    assert site.institution.Title() == "Valbourg"


def test_who_manages_the_portal_keeps_plones_services(site, live_portal):
    found = live_portal.as_user("admin").get("/@search?portal_type=Institution")
    assert found.status_code == 200 and found.json()["items_total"] == 1


def test_json_tells_nothing_of_who_made_it_or_where_it_is_kept(site):
    item = samples.address(samples.PAST, samples.PAST_ITEMS[1])
    for path in ("", "/valbourg", item, samples.address(samples.PAST), "/@items"):
        text = site.get(path, headers=JSON).text
        for word in ("creators", "Creator", "modified", "admin", "/plone", "physicalPath", "acl_"):
            assert word not in text, (path, word)


def test_a_browser_that_follows_the_link_to_the_description_sees_it(site):
    answer = site.get("/@openapi", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    assert f"{site.base}/@openapi" in site.get("/valbourg/donnees").text


def test_an_item_tells_its_earlier_texts_as_its_page_does(site):
    item = samples.PAST_ITEMS[1]
    site.publish(samples.corrected(item))
    found = ask(site, samples.address(samples.PAST, item))
    [earlier] = found["history"]
    assert earlier["revision"] == item.revision
    assert earlier["resolutionText"] != found["resolutionText"]
    assert "97.650,00" in earlier["resolutionText"]


def test_the_licence_stands_on_every_page_of_an_institution(site):
    item = samples.address(samples.PAST, samples.PAST_ITEMS[1])
    licence = ask(site, "/valbourg")["licence"]["url"]
    assert ask(site, item)["licence"] == licence
    for path in ("/valbourg", item, samples.address(samples.PAST)):
        assert f'href="{licence}"' in site.get(path).text
