"""Nobody without an account reads anything of the desk, nor learns what is there."""

import pytest
import requests
import transaction
from collective.deliberation.desk.closed import is_way_in
from plone import api
from plone.dexterity.utils import createContentInContainer


SECRET = "Quintard"  # in every title, see conftest
# Below every object, the site included.
NAMES = """
/ /view /@@view /edit /login /mail_password_form /logout /@@download /@@download/file /@@display-file/file
/@@images /@@images/file /@@images/logo/thumb /@@ok /robots.txt /sitemap.xml.gz /sitemap /@@search
/search?SearchableText=concession /@search?SearchableText=concession /@@ajax-search /RSS /rss.xml /atom.xml
/search_rss /feed /manifest /site.webmanifest /@@site-logo /@@folder_contents /folder_listing /@@personal-data
/@@public-preview /@@annex-review /@@annex-redact /@@annex-page?page=1 /@@annex-public-copy /@@publishing-queue /@@import-meeting /@@extract /@@desk /@@transition?workflow_action=propose
/content_status_history /@@historyview /@history /contact-info /@@register /@@new-user /author/agent /@users
/@users/agent /@navigation /@breadcrumbs /@contextnavigation /@actions /@site /@types /@workflow /@checklist
/@querystring-search /@vocabularies/plone.app.vocabularies.Users /@@getVocabulary?name=plone.app.vocabularies.Users
/manage /manage_main /acl_users /portal_catalog /portal_catalog/searchResults /portal_setup /++api++
/++api++/@search /++add++Item /@@iconresolver /title /Title /motivation /register /@@sharing /@comments
/@published /podtemplates /nosuch /@nosuch /@@nosuch /nosuch/deeper /resolveuid/x /index_html /.git/config
""".split()
# Below the site only; there they are the way in.
WAY_IN = {"/login", "/mail_password_form", "/logout"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "MKCOL", "LOCK")


def told(answer):
    """What an answer says, without the address that was asked for."""
    return answer.text.replace(requests.utils.quote(answer.url, safe=""), "")


@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
def test_every_address_answers_401_to_the_anonymous(live_desk, agenda, accept):
    objects = (agenda.institution, agenda.meeting, agenda.item, agenda.annex)
    wrong = []
    for base in ("", *(agenda.path(each) for each in objects)):
        for name in NAMES:
            if base == "" and name in WAY_IN:
                continue
            answer = live_desk.get(base + name, headers={"Accept": accept}, allow_redirects=False)
            leaks = SECRET in answer.text or "Traceback" in answer.text
            if answer.status_code != 401 or leaks:
                wrong.append((answer.status_code, base + name))
    assert wrong == []


@pytest.mark.parametrize("method", METHODS)
def test_every_method_answers_401_whether_the_object_exists_or_not(live_desk, agenda, method):
    paths = (agenda.path(agenda.item), agenda.path(agenda.item) + "x", "/nosuch", "", "/++api++")
    for path in paths:
        # A connection each: plone.rest's errors have a body, even where HTTP allows none (HEAD).
        answer = requests.request(method, live_desk.base + path, allow_redirects=False)
        assert (answer.status_code, path) == (401, path)


def test_what_exists_and_what_does_not_answer_alike(live_desk, agenda):
    there = live_desk.get(agenda.path(agenda.meeting), headers={"Accept": "text/html"})
    missing = live_desk.get("/valbourg/2027-02-16-conseil", headers={"Accept": "text/html"})
    assert told(there) == told(missing)
    assert set(there.headers) == set(missing.headers)


def test_a_wrong_password_is_no_account(live_desk, agenda):
    answer = requests.get(
        live_desk.base + agenda.path(agenda.item), auth=("clerk", "wrong"), allow_redirects=False
    )
    assert answer.status_code == 401
    assert SECRET not in answer.text


def test_the_answer_is_a_page_with_a_link_to_the_login_form(live_desk, agenda):
    answer = live_desk.get(agenda.path(agenda.item), headers={"Accept": "text/html"})
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "WWW-Authenticate" in answer.headers
    assert "Identification requise" in answer.text
    assert f'href="{live_desk.base}/login?came_from=' in answer.text


def test_a_program_gets_json(live_desk, agenda):
    answer = live_desk.get(agenda.path(agenda.item))
    assert answer.json()["type"] == "Unauthorized"
    assert "identifiez-vous" in answer.json()["message"]


def test_the_login_form_its_styles_and_its_token_are_open(live_desk):
    form = live_desk.get("/login", headers={"Accept": "text/html"})
    assert form.status_code == 200
    assert 'name="__ac_name"' in form.text
    assert live_desk.get("/++plone++deliberation-desk/desk.css").status_code == 200
    token = live_desk.post("/@login", json={"login": "agent", "password": "deliberation"}).json()
    bearer = {"Authorization": f"Bearer {token['token']}"}
    assert live_desk.get("", headers=bearer).status_code == 200


def test_the_way_in_is_the_same_behind_a_proxy(live_desk, agenda):
    host = live_desk.base.removesuffix("/desk")
    root = f"{host}/VirtualHostBase/https/bureau.example:443/desk/VirtualHostRoot"
    assert requests.get(f"{root}/login").status_code == 200
    assert requests.get(f"{root}/_vh_b/login").status_code == 200
    assert requests.get(f"{root}/valbourg/login").status_code == 401
    assert requests.get(f"{root}/").status_code == 401


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("through", ["/portal", "/portal/++api++", "/portal/x"])
def test_the_portal_is_no_back_door(live_desk, agenda, method, through):
    host = live_desk.base.removesuffix("/desk")
    for path in (agenda.path(agenda.item), "/nosuch", "/valbourg/mail_password_form"):
        answer = requests.request(method, f"{host}{through}/desk{path}", allow_redirects=False)
        assert answer.status_code == 404
        assert SECRET not in answer.text


def test_an_account_without_a_role_reads_nothing(live_desk, agenda):
    visitor = live_desk.as_user("visitor")
    for content in (agenda.institution, agenda.meeting, agenda.item, agenda.annex):
        for name in ("", "/view", "/@workflow", "/@history", "/@@download/file", "/@checklist"):
            answer = visitor.get(agenda.path(content) + name, headers={"Accept": "text/html"})
            assert SECRET not in answer.text
            assert answer.status_code in (401, 403, 404)
    assert visitor.get("/@search?SearchableText=Quintard").json()["items"] == []


def test_an_account_without_a_role_is_told_so(live_desk, agenda):
    answer = live_desk.as_user("visitor").get("/@@desk", headers={"Accept": "text/html"})
    assert answer.status_code == 403
    assert "Accès refusé" in answer.text


def test_a_published_page_of_an_administrator_stays_inside(live_desk):
    # Nobody adds one now, but it may have been in the site before it became a desk.
    page = createContentInContainer(
        live_desk.site, "Document", checkConstraints=False, id="note", title=SECRET
    )
    api.content.transition(page, "publish") if _can_publish(page) else None
    transaction.commit()
    assert live_desk.get("/note").status_code == 401


def _can_publish(page):
    workflow = api.portal.get_tool("portal_workflow")
    return "publish" in [each["id"] for each in workflow.getTransitionsFor(page)]


@pytest.mark.parametrize(
    ("path", "open_"),
    [
        ("login", True),
        ("@@login", True),
        ("++api++/@login", True),
        ("++plone++static/x.js", True),
        ("passwordreset/abc", True),
        ("valbourg/login", False),
        ("login/valbourg", False),
        ("++plone++static/@@search", False),
        ("++api++/@search", False),
        ("passwordreset/abc/valbourg", False),
        ("", False),
    ],
)
def test_the_way_in_is_narrow(path, open_):
    assert is_way_in(path.split("/") if path else []) is open_
