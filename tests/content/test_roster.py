"""The roster of an institution: kept by a screen, read by detection."""

import pytest
import re
import transaction
from collective.deliberation.content.roster import roster_of
from collective.deliberation.content.roster import set_roster
from collective.deliberation.pseudonym.roster import Official
from collective.deliberation.pseudonym.roster import Roster
from datetime import date


HTML = {"Accept": "text/html"}


def test_listed_representatives_join_the_roster_with_their_function(meeting):
    institution = meeting.__parent__
    institution.representatives = ("Colette Renson, échevine", "Armand NOIRET", " ")
    set_roster(institution, Roster((Official("Armand Noiret", "directeur général", "official"),)))
    people = {person.name: person for person in roster_of(meeting).people}
    assert people["Colette Renson"].function == "échevine"
    assert people["Armand Noiret"].kind == "official" and len(people) == 2


class Screen:
    def __init__(self, desk, user):
        self.http = desk.as_user(user).session
        self.address = f"{desk.base}/valbourg/@@roster"

    def get(self):
        return self.http.get(self.address, headers=HTML)

    def send(self, token=None, **fields):
        if token is None:
            token = re.search(r'name="_authenticator"[^>]*value="([0-9a-f]+)"', self.get().text)[1]
        data = {f"{name}:list" if isinstance(v, list) else name: v for name, v in fields.items()}
        return self.http.post(self.address, data={"_authenticator": token, **data}, headers=HTML)


@pytest.fixture()
def screen(live_desk, live_meeting):
    screen = Screen(live_desk, "admin")
    screen.institution = live_meeting.object.__parent__
    return screen


def kept(screen):
    transaction.begin()
    return roster_of(screen.institution).people


def row(name, function="", kind="representative", start="", end=""):
    return {"name": [name], "function": [function], "kind": [kind], "start": [start], "end": [end]}


def test_somebody_is_added_ended_and_deleted(screen):
    screen.institution.representatives = ()
    transaction.commit()
    screen.send(**row("Odile Rasquin", "échevine", start="2024-12-02"))
    (person,) = kept(screen)
    assert person == Official("Odile Rasquin", "échevine", "representative", date(2024, 12, 2))
    assert "Odile Rasquin" in screen.get().text
    screen.send(**row("Odile Rasquin", "échevine", start="2024-12-02", end="2026-05-01"))
    assert kept(screen)[0].end == date(2026, 5, 1)
    screen.send(**row("Odile Rasquin"), delete=["0"])
    assert kept(screen) == ()


def test_lines_of_a_spreadsheet_are_taken(screen):
    lines = "Odile Rasquin;échevine;02/12/2024;\nArmand Noiret\tdirecteur général\t2019-01-01\t"
    screen.send(pasted=lines)
    found = {person.name: person for person in kept(screen)}
    assert found["Odile Rasquin"].start == date(2024, 12, 2)
    assert found["Armand Noiret"].kind == "official"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (row("", "échevine"), "Ligne 1 : écrivez un nom"),
        (row("Odile Rasquin", start="2025-13-01"), "Ligne 1 : écrivez la date"),
        (row("Odile Rasquin", start="2025-02-01", end="2024-02-01"), "avant de commencer"),
        ({"pasted": "Odile Rasquin\n;échevin"}, "Ligne 2 : écrivez un nom"),
    ],
)
def test_a_mistake_is_named_by_its_row_and_what_was_typed_stays(screen, fields, words):
    before = kept(screen)
    answer = screen.send(**fields)
    assert answer.status_code == 400
    assert words in answer.text
    assert kept(screen) == before
    typed = fields.get("name", [""])[0] or "échevin"
    assert typed in answer.text


def test_only_who_may_change_the_institution_sees_its_roster(live_desk, screen):
    assert live_desk.get("/valbourg/@@roster").status_code == 401
    agent = Screen(live_desk, "agent")
    assert agent.get().status_code in (401, 403)
    assert agent.send(token="0" * 40, **row("X Y")).status_code in (401, 403)
    assert screen.send(token="0" * 40, **row("X Y")).status_code == 403
