"""The screens of an annex over HTTP: who may see them, what they show, what they refuse."""

import base64
import io
import json
import pytest
import re
import transaction
from annex_files import NAME
from annex_files import pdf
from annex_files import pdf_of_pages
from collective.deliberation.content.annexes import analyses
from collective.deliberation.content.annexes import decisions
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import set_register
from collective.deliberation.demo import files
from html import unescape
from plone import api
from plone.namedfile.file import NamedBlobFile
from pypdf import PdfReader


SCREENS = ("@@annex-review", "@@annex-public-copy", "@@annex-redact", "@@annex-page?page=1")


class Form:
    """A screen with a form, as a browser would use it."""

    def __init__(self, http, path, user):
        self.http = http.as_user(user)
        self.http.session.headers["Accept"] = "text/html"
        self.path = path

    def html(self):
        answer = self.http.get(self.path)
        assert answer.status_code == 200
        return answer.text

    def send(self, files=None, **fields):
        token = re.search(r'name="_authenticator"[^>]*value="([0-9a-f]+)"', self.html())[1]
        return self.http.post(self.path, data={"_authenticator": token, **fields}, files=files)


@pytest.fixture()
def review(live_desk):
    return lambda path, user="clerk": Form(live_desk, f"{path}/@@annex-review", user)


@pytest.mark.parametrize("screen", SCREENS)
def test_only_who_may_see_personal_data_sees_the_screens(live_desk, annexes, screen):
    path = annexes.add(pdf("Plan", NAME))
    for user, statuses in ((None, {401}), ("visitor", {401, 403})):
        for method in ("get", "post"):
            http = live_desk.as_user(user)
            answer = getattr(http, method)(f"{path}/{screen}", headers={"Accept": "text/html"})
            assert answer.status_code in statuses
            assert "Quertinmont" not in answer.text


def test_the_review_shows_what_was_found_by_place_and_is_not_cached(live_desk, annexes, review):
    path = annexes.add(pdf("Plan", f"demande de {NAME}", author=NAME))
    answer = live_desk.as_user("agent").get(
        f"{path}/@@annex-review", headers={"Accept": "text/html"}
    )
    assert answer.headers["Cache-Control"] == "no-store"
    for words in ("page 1", "métadonnées", f"demande de {NAME}", "Personne ", "auteur"):
        assert words in answer.text


def test_a_change_without_a_token_is_refused(live_desk, annexes):
    path = annexes.add(pdf("Plan"))
    answer = live_desk.as_user("clerk").post(f"{path}/@@annex-review", data={"action": "publish"})
    assert answer.status_code == 403
    assert api.content.get_state(annexes.of(path)) == "pending"


def test_what_was_slow_to_search_is_up_to_date_once_its_review_was_opened(
    annexes, review, monkeypatch
):
    path = annexes.add(pdf("Plan"))
    review(path).send(action="publish")
    assert decisions.obstacle(annexes.of(path)) is None
    with monkeypatch.context() as patch:
        patch.setattr(analyses, "AT_ONCE", 0.0)
        register, _entry = register_of(annexes.item).add("person", "Ernest Vanbever", "m")
        set_register(annexes.item, register)
        transaction.commit()
    assert decisions.obstacle(annexes.of(path)) is not None
    review(path).send(action="search")
    assert decisions.obstacle(annexes.of(path)) is None


def test_an_agent_may_not_decide(annexes, review):
    path = annexes.add(pdf("Plan"))
    for action in ("publish", "redact", "hold_back"):
        assert review(path, "agent").send(action=action).status_code in (401, 403)
    assert api.content.get_state(annexes.of(path)) == "pending"


def test_publishing_a_file_with_finds_asks_for_a_reason(annexes, review):
    path = annexes.add(pdf("Plan", NAME))
    assert "Donnez un motif" in review(path).send(action="publish", reason=" ").text
    assert api.content.get_state(annexes.of(path)) == "pending"
    assert "C'est noté" in review(path).send(action="publish", reason="Accord écrit.").text
    assert api.content.get_state(annexes.of(path)) == "publishable"
    copy = review(path).http.get(f"{path}/@@annex-public-copy")
    assert copy.headers["Content-Disposition"] == 'attachment; filename="annexe.pdf"'
    assert not PdfReader(io.BytesIO(copy.content)).metadata


def test_an_uploaded_version_is_searched_and_refused_with_the_place(annexes, review):
    path = annexes.add(pdf("Plan", NAME))

    def send(data, name="public.pdf", mime="application/pdf"):
        return review(path).send({"publicFile": (name, data, mime)}, action="upload").text

    assert "page 1" in send(pdf("Plan", NAME))
    assert annexes.of(path).publicFile is None
    assert "mot de passe" in send(_encrypted(pdf("Plan")))
    assert "Types admis" in send(b"MZ", "x.exe", "application/octet-stream")
    assert "Choisissez" in review(path).send(action="upload").text
    assert "rien de la liste" in send(pdf("Plan", author=NAME))
    assert annexes.of(path).publicFile.filename == "public.pdf"
    review(path).send(action="redact")
    assert api.content.get_state(annexes.of(path)) == "redacted"


def test_a_file_that_was_not_searched_yet_is_searched_on_request(annexes, review):
    path = annexes.add(pdf("Plan"))
    annexes.of(path).file = NamedBlobFile(pdf("Plan", NAME), "application/pdf", "plan.pdf")
    transaction.commit()
    assert "pas encore été analysé" in review(path).html()
    assert "page 1" in review(path).send(action="search").text


def test_a_decided_annex_can_be_reviewed_again(annexes, review):
    path = annexes.add(pdf("Plan"))
    review(path).send(action="publish")
    review(path).send(action="review_again")
    assert api.content.get_state(annexes.of(path)) == "pending"


def test_the_item_says_which_of_its_annexes_must_be_reviewed_again(live_desk, annexes, review):
    path = annexes.add(pdf("Plan d'Ernest Vanbever"))
    review(path).send(action="publish")
    holder = annexes.of(path).__parent__
    register, _entry = register_of(holder).add("person", "Ernest Vanbever")
    set_register(holder, register)
    transaction.commit()
    item = path.rpartition("/")[0]
    for address in (f"{item}/view", f"{path}/@@annex-review"):
        html = live_desk.as_user("clerk").get(address, headers={"Accept": "text/html"}).text
        assert "avant une nouvelle décision" in html
        assert "page 1" in html


def test_over_rest_the_same_reason_is_asked_for(live_desk, annexes):
    path = annexes.add(pdf("Plan", NAME))
    clerk = live_desk.as_user("clerk")
    answer = clerk.post(f"{path}/@workflow/publish", json={})
    assert answer.status_code == 400
    assert "motif" in answer.json()["error"]["message"]
    assert clerk.post(f"{path}/@workflow/publish", json={"comment": "Accord."}).status_code == 200


def test_over_rest_a_new_file_is_searched(live_desk, annexes):
    parent = annexes.item.absolute_url_path().removeprefix("/desk")
    file = {
        "data": base64.b64encode(pdf(NAME)).decode(),
        "encoding": "base64",
        "filename": "x.pdf",
        "content-type": "application/pdf",
    }
    made = live_desk.as_user("agent").post(
        parent, json={"@type": "Annex", "title": "x", "file": file}
    )
    address = made.json()["@id"].removeprefix(live_desk.base)
    answer = live_desk.as_user("clerk").get(
        f"{address}/@@annex-review", headers={"Accept": "text/html"}
    )
    assert "page 1" in answer.text


class Redaction:
    """The screen that redacts, as its script uses it."""

    def __init__(self, live_desk, path, user="agent"):
        self.http = live_desk.as_user(user)
        self.path = path
        html = self.http.get(f"{path}/@@annex-redact", headers={"Accept": "text/html"}).text
        self.settings = json.loads(unescape(re.search(r'data-settings="([^"]*)"', html)[1]))

    def post(self, **fields):
        fields = {"_authenticator": self.settings["token"], **fields}
        return self.http.post(f"{self.path}/@@annex-redact", data=fields)

    def burn(self, boxes):
        first = 1
        while first <= self.settings["pages"]:
            fields = {"boxes": json.dumps(boxes)} if first == 1 else {}
            answer = self.post(action="burn", first=first, **fields)
            assert answer.status_code == 200, answer.text
            first = answer.json()["done"] + 1
        return self.post(action="finish")

    def page(self, **query):
        return self.http.get(f"{self.path}/@@annex-page", params=query)


def test_boxes_are_prefilled_burnt_page_by_page_and_kept_as_the_redacted_version(
    live_desk, annexes, review
):
    data = pdf_of_pages(*([f"Page {number}", f"de {NAME}"] for number in range(1, 7)))
    path = annexes.add(data)
    screen = Redaction(live_desk, path)
    assert sorted(screen.settings["boxes"]) == list("123456")
    answer = screen.burn(screen.settings["boxes"])
    assert answer.json()["clean"] is True
    assert annexes.of(path).publicFile is None
    assert screen.page(of="result", page=6).headers["Content-Type"] == "image/jpeg"
    assert screen.post(action="keep").json()["url"].endswith("/@@annex-review")
    annex = annexes.of(path)
    reader = PdfReader(io.BytesIO(annex.publicFile.data))
    texts = [page.extract_text().split() for page in reader.pages]
    assert texts == [["Page", str(number), "de"] for number in range(1, 7)]
    assert annex.file.data == data
    review(path).send(action="redact")
    assert api.content.get_state(annexes.of(path)) == "redacted"


def test_a_result_that_still_shows_a_name_is_not_kept(live_desk, annexes):
    path = annexes.add(pdf("Plan", NAME))
    screen = Redaction(live_desk, path)
    answer = screen.burn({"1": [[0, 0, 0.1, 0.02]]}).json()
    assert answer["clean"] is False
    assert "page 1" in answer["message"]
    assert screen.post(action="keep").status_code == 400
    assert annexes.of(path).publicFile is None


def test_boxes_drawn_before_are_there_again(live_desk, annexes):
    path = annexes.add(pdf("Plan", NAME))
    drawn = {"1": [[0.1, 0.1, 0.5, 0.2]]}
    Redaction(live_desk, path).burn(drawn)
    assert Redaction(live_desk, path).settings["boxes"] == drawn


def test_a_picture_is_redacted_as_a_picture(live_desk, annexes):
    path = annexes.add(files.png(()), "plan.png", "image/png")
    screen = Redaction(live_desk, path)
    assert "Regardez chaque page" in screen.burn({"1": [[0, 0, 0.5, 1]]}).json()["message"]
    screen.post(action="keep")
    assert annexes.of(path).publicFile.contentType == "image/png"


def test_pages_are_shown_as_pictures_that_no_cache_keeps(live_desk, annexes):
    path = annexes.add(pdf("Plan", NAME))
    screen = Redaction(live_desk, path)
    answer = screen.page(page=1)
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert answer.headers["Cache-Control"] == "no-store"
    for query in ({"page": 2}, {"page": "x"}, {"page": 1, "of": "result"}, {}):
        answer = screen.page(**query)
        assert answer.status_code == 400
        assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "burn", "first": "1", "boxes": "x"},
        {"action": "burn", "first": "1", "boxes": "[]"},
        {"action": "burn", "first": "1", "boxes": '{"2": []}'},
        {"action": "burn", "first": "1", "boxes": '{"1": [[0, 0, 0, 0]]}'},
        {"action": "burn", "first": "1", "boxes": '{"1": [[0, 0, 1, "1"]]}'},
        {"action": "burn", "first": "1", "boxes": '{"1": [[0, 0, 1, NaN]]}'},
        {"action": "burn", "first": "1", "boxes": '{"1": 3}'},
        {"action": "burn", "first": "2"},
        {"action": "burn"},
        {"action": "finish"},
        {"action": "keep"},
        {},
    ],
)
def test_what_is_no_request_of_the_screen_is_refused_with_a_message(live_desk, annexes, fields):
    screen = Redaction(live_desk, annexes.add(pdf("Plan", NAME)))
    answer = screen.post(**fields)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert answer.json()["error"]["message"]


def test_an_annex_that_is_decided_is_not_redacted_and_no_change_comes_without_a_token(
    live_desk, annexes, review
):
    path = annexes.add(pdf("Plan"))
    screen = Redaction(live_desk, path)
    assert screen.post(_authenticator="0" * 40, action="keep").status_code == 403
    review(path).send(action="publish")
    assert screen.post(action="burn", first=1, boxes="{}").status_code in (401, 403)


def test_a_document_without_pages_is_sent_back_to_its_review(live_desk, annexes):
    path = annexes.add(b"nom;adresse", "liste.csv", "text/csv")
    answer = live_desk.as_user("agent").get(
        f"{path}/@@annex-redact", headers={"Accept": "text/html"}
    )
    assert answer.url.endswith("/@@annex-review")
    assert "exportez le document en PDF" in answer.text


def _encrypted(data):
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="owner", user="secret"))
    return out.getvalue()
