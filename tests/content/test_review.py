"""The review of personal data: what is proposed, what people decide, and who may."""

import pytest
import re
import transaction
from collective.deliberation.content.public_rendering import public_texts
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review import decisions
from collective.deliberation.workflow import audit
from collective.deliberation.workflow.checklist import checklist
from plone import api
from plone.app.textfield.value import RichTextValue


MOTIVATION = """
<p>Vu la demande de Monsieur Anselme <b>Poncin</b>, domicilié rue du Moulin 12 à 5999 Valbourg ;</p>
<p>Considérant que M. Poncin joint un plan ; que Madame Odile Rasquin n'a pas d'objection ;</p>
<p>Vu son numéro national 85.07.30-033.28 et le compte BE71 0961 2345 6769 ;</p>
"""


def rich(html):
    return RichTextValue(html, "text/html", "text/x-html-safe")


@pytest.fixture()
def item(meeting):
    return api.content.create(
        meeting, "Item", title="Terrasse de Monsieur Anselme Poncin", motivation=rich(MOTIVATION)
    )


def proposed(item):
    return {group.text: group for group in decisions.groups(item)}


def named(item, text):
    return next(group for words, group in proposed(item).items() if text in words)


def public(item):
    return " ".join(text.public for text in public_texts(item))


def check(item):
    return next(each for each in checklist(item) if each.id == "personal-data-reviewed")


def test_what_may_be_personal_is_proposed_once_for_all_its_mentions(item):
    assert named(item, "Anselme Poncin").places[0].field == "title"
    assert len(named(item, "Anselme Poncin").places) == 2
    assert named(item, "Odile Rasquin").gender == "f"
    assert named(item, "85.07.30").category == "national-number"
    assert {group.state for group in proposed(item).values()} == {"open"}


def test_the_least_certain_comes_first(item):
    certainties = [group.confidence for group in decisions.open_groups(item)]
    assert certainties == sorted(certainties)


def test_what_is_accepted_is_hidden_everywhere_and_marked(item):
    decisions.accept(item, named(item, "Anselme Poncin").key)
    (entry,) = register_of(item).entries
    assert (entry.gender, entry.category) == ("m", "person")
    assert "Poncin" not in public(item)
    assert item.motivation.raw.count(f'data-pm-id="{entry.id}"') == 2  # "M. Poncin" is he
    assert named(item, "Anselme Poncin").state == "accepted"


def test_a_second_writing_of_a_name_joins_its_person(item):
    item.draftDecision = rich("<p>Le sieur Poncin enlève la terrasse.</p>")
    decisions.accept(item, named(item, "Anselme Poncin").key)
    for group in decisions.open_groups(item):
        if "Poncin" in group.text:
            decisions.accept(item, group.key)
    assert len([e for e in register_of(item).entries if e.category == "person"]) == 1
    assert "Poncin" not in public(item)


def test_what_is_rejected_stays_public_and_is_not_proposed_again(item):
    for text in ("85.07.30", "BE71"):
        decisions.accept(item, named(item, text).key)
    decisions.reject(item, named(item, "Odile Rasquin").key)
    assert "Odile Rasquin" in public(item)
    item.motivation = rich(MOTIVATION.replace("n'a pas d'objection", "est d'accord"))
    assert named(item, "Odile Rasquin").state == "rejected"
    assert "Odile Rasquin" not in {group.text for group in decisions.open_groups(item)}


@pytest.mark.parametrize("action", [decisions.accept, decisions.reject])
def test_a_decision_can_be_taken_back(item, action):
    before = item.motivation.raw
    key = named(item, "Odile Rasquin").key
    action(item, key)
    decisions.undo(item, key)
    assert named(item, "Odile Rasquin").state == "open"
    assert register_of(item).entries == ()
    assert "data-pm-id" not in item.motivation.raw
    assert before.count("Rasquin") == item.motivation.raw.count("Rasquin")


def test_taking_back_one_writing_leaves_the_person_hidden_under_the_others(item):
    item.draftDecision = rich("<p>Poncin enlève la terrasse. Le sieur Poncin est prévenu.</p>")
    first = named(item, "Anselme Poncin").key
    decisions.accept(item, first)
    entry = register_of(item).entries[0]
    decisions.accept(item, decisions.open_groups(item)[0].key)
    decisions.undo(item, first)
    assert register_of(item).get(entry.id) is None or "Anselme Poncin" not in (
        register_of(item).get(entry.id).forms
    )


def test_a_number_that_is_left_public_passes_the_gate(item):
    assert "033.28" not in public(item)  # withheld until somebody judges it
    number = named(item, "85.07.30").key
    account = named(item, "BE71").key
    decisions.accept(item, number)
    assert "Vu la demande" not in public(item)
    decisions.reject(item, account)
    assert "BE71 0961 2345 6769" in public(item) and "033.28" not in public(item)


def test_an_own_account_of_the_institution_passes_too(item):
    item.__parent__.__parent__.publicIdentifiers = ("BE71096123456769",)
    decisions.accept(item, named(item, "85.07.30").key)
    assert "BE71 0961 2345 6769" in public(item)


def test_another_category_can_be_chosen(item):
    decisions.accept(item, named(item, "Odile Rasquin").key, category="other")
    assert register_of(item).entries[0].category == "other"


def test_the_checklist_counts_what_is_left(item):
    left = len(decisions.open_groups(item))
    assert left > 3
    assert not check(item).ok and check(item).message.mapping == {"count": str(left)}
    for group in decisions.open_groups(item):
        if any(each.key == group.key for each in decisions.open_groups(item)):
            decisions.accept(item, group.key)
    assert check(item).ok


def test_a_second_reader_who_judged_nothing_confirms(item, as_user):
    item.__parent__.__parent__.secondReader = True
    with as_user("agent"):
        for group in decisions.open_groups(item):
            if any(each.key == group.key for each in decisions.open_groups(item)):
                decisions.accept(item, group.key)
        decisions.confirm(item)
        assert not check(item).ok
    with as_user("clerk"):
        decisions.confirm(item)
        assert check(item).ok
    item.title = "Autre titre"
    assert not check(item).ok  # what was confirmed is not what stands there now


def test_the_audit_log_says_who_decided_and_no_original(item, as_user):
    with as_user("clerk"):
        decisions.accept(item, named(item, "Anselme Poncin").key)
        decisions.reject(item, named(item, "Odile Rasquin").key)
    log = [e for e in audit.entries(item.UID()) if "suggestion" in e["action"]]
    assert [(e["actor"], e["action"], e["comment"]) for e in log] == [
        ("clerk", "accept-suggestion", "p1 person"),
        ("clerk", "reject-suggestion", "person"),
    ]


# The screen


@pytest.fixture()
def screen(live_meeting):
    data = {"@type": "Item", "title": "Terrasse", "motivation": MOTIVATION}
    address = live_meeting.post("", json=data).json()["@id"]
    return f"{address}/@@review-personal-data"


def html(http, address):
    answer = http.session.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def send(http, address, **fields):
    page = html(http, address)
    token = re.search(r'data-token="([0-9a-f]+)"', page)[1]
    return http.session.post(
        address, data={"_authenticator": token, **fields}, headers={"Accept": "text/html"}
    )


def key_of(page, text):
    return re.search(rf'data-key="([0-9a-f]+)"[^>]*data-says="[^"]*{text}', page)[1]


def test_every_suggestion_is_a_form_that_works_without_a_script(live_meeting, screen):
    page = html(live_meeting, screen)
    assert "après une civilité" in page and "certitude" in page
    answer = send(live_meeting, screen, action="accept", key=key_of(page, "Anselme Poncin"))
    assert answer.history[0].status_code == 302
    public = answer.text.split("review-public")
    assert re.search(r"Personne [A-Z]\b", answer.text)
    assert not any("Poncin" in part.split("review-desk")[0] for part in public[1:])


def test_several_decisions_in_one_request(live_meeting, screen):
    page = html(live_meeting, screen)
    keys = [key_of(page, "Anselme Poncin"), key_of(page, "Odile Rasquin")]
    answer = send(live_meeting, screen, action="reject", key=keys, fragment="1")
    assert answer.status_code == 200
    assert answer.text.count('data-state="rejected"') == 2
    assert "<html" not in answer.text


def test_a_text_that_the_machine_missed_is_hidden(live_meeting, screen):
    answer = send(
        live_meeting, screen, action="mark", form=" un  plan ", category="other", fragment="1"
    )
    assert answer.status_code == 200
    transaction.begin()
    item = live_meeting.object[screen.split("/")[-2]]
    assert register_of(item).entries[0].forms == ("un plan",)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"action": "accept", "key": "0123456789abcdef"}, "Rechargez la page"),
        ({"action": "nothing"}, "Rechargez la page"),
        ({"action": "mark", "form": "", "category": "other"}, "de 1 à 200 caractères"),
        ({"action": "mark", "form": "x", "category": "name"}, "de 1 à 200 caractères"),
    ],
)
def test_what_can_not_be_done_says_why_and_changes_nothing(live_meeting, screen, fields, words):
    answer = send(live_meeting, screen, fragment="1", **fields)
    assert answer.status_code == 409
    assert words in answer.text


def test_nothing_is_decided_without_an_authenticator(live_meeting, screen):
    page = html(live_meeting, screen)
    answer = live_meeting.session.post(
        screen, data={"action": "accept", "key": key_of(page, "Odile Rasquin")}
    )
    assert answer.status_code == 403


def test_only_those_who_may_see_personal_data_see_the_review(live_desk, live_meeting, screen):
    path = screen.removeprefix(live_desk.base)
    for method in ("get", "post"):
        answer = getattr(live_desk, method)(path)
        assert answer.status_code == 401
        assert "Poncin" not in answer.text
    live_desk.site.acl_users.userFolderAddUser("reader", "deliberation", ["Member"], [])
    transaction.commit()
    answer = live_desk.as_user("reader").get(path)
    assert answer.status_code in (401, 403)
    assert "Poncin" not in answer.text


def test_the_clerk_says_which_person_it_is(item):
    item.draftDecision = rich("<p>Considérant que Monsieur Poncin retire sa demande ;</p>")
    decisions.accept(item, named(item, "Anselme Poncin").key)
    other = decisions.accept(item, named(item, "Odile Rasquin").key, into="p1")
    assert other == "p1"
    decisions.undo(item, named(item, "Odile Rasquin").key)
    assert decisions.accept(item, named(item, "Odile Rasquin").key, into=decisions.NEW) != "p1"


def test_a_number_nobody_judged_is_shown_hidden_meanwhile(live_meeting, screen):
    page = html(live_meeting, screen)
    assert "Retenu tant qu" in page and "[numéro national]" in page
    for text in ("85.07.30", "BE71"):
        send(live_meeting, screen, action="reject", key=key_of(page, re.escape(text)))
    page = html(live_meeting, screen)
    assert "Retenu tant qu" not in page and "[numéro national]" not in page


def test_the_part_that_changes_can_be_fetched_alone(live_meeting, screen):
    answer = live_meeting.session.get(f"{screen}?fragment=1", headers={"Accept": "text/html"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "review-groups" in answer.text and "<html" not in answer.text


def test_who_may_only_see_personal_data_decides_nothing(live_desk, live_meeting, screen):
    live_desk.site.acl_users.userFolderAddUser(
        "overseer", "deliberation", ["Member", "Site Administrator"], []
    )
    transaction.commit()
    overseer = live_desk.as_user("overseer")
    page = html(overseer, screen)
    assert 'value="accept"' not in page
    answer = send(overseer, screen, action="reject", key=key_of(page, "Odile Rasquin"))
    assert answer.status_code == 403
    assert 'data-state="rejected"' not in html(overseer, screen)
