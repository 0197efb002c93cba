"""The worker reads what was saved, keeps what it finds with the item, and costs nobody anything."""

import json
import pytest
import sys
import transaction
from collective.deliberation.content.review import decisions
from collective.deliberation.content.review import suggestions
from collective.deliberation.content.review.texts import texts_of
from collective.deliberation.content.review.worker.process import DetectionProcess
from collective.deliberation.content.review.worker.worker import OVERLAP
from collective.deliberation.content.review.worker.worker import TRIES
from collective.deliberation.content.review.worker.worker import Worker
from plone import api
from plone.app.textfield.value import RichTextValue
from time import time
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


# A name that no rule finds: only a model proposes it.
MISSED = "brelutin"
MOTIVATION = f"<p>Vu la demande de Madame <b>Odile</b> Rasquin et de son voisin {MISSED} ;</p>"
MODEL = f"""
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    from collective.deliberation.pseudonym.plaintext import plain
    text, spans = plain(request["html"]), []
    for name, category in (({MISSED!r}, "PERSON"), ("Odile Rasquin", "PERSON")):
        at = text.find(name)
        if at >= 0:
            spans.append(dict(start=at, end=at + len(name), text=name, category=category,
                              confidence=0.4, reason="language-model"))
    print(json.dumps(dict(id=request["id"], spans=spans)), flush=True)
"""
DIES = "raise SystemExit(1)"
COUNTS = """
import json, sys
for line in sys.stdin:
    open(sys.argv[1], "a").write("x")
    print(json.dumps(dict(id=json.loads(line)["id"], spans=[])), flush=True)
"""


def rich(html):
    return RichTextValue(html, "text/html", "text/x-html-safe")


@pytest.fixture()
def item(live_meeting):
    item = api.content.create(
        live_meeting.object, "Item", title="Terrasse", motivation=rich(MOTIVATION)
    )
    transaction.commit()
    return item


class Clock:
    now = 2_000_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture()
def worker(functional):
    """``worker(program, *arguments)``, on the database of the running site."""
    made = []

    def make(program, *arguments):
        process = DetectionProcess((sys.executable, "-c", program, *arguments), 30)
        made.append(process)
        return Worker(functional["app"]._p_jar.db(), process)

    yield make
    for process in made:
        process.end()


def proposed(item):
    transaction.begin()
    return {group.text: group for group in decisions.open_groups(item)}


def test_what_only_the_model_finds_is_proposed_beside_what_the_rules_find(item, worker):
    assert MISSED not in proposed(item)
    assert worker(MODEL).run_once() >= 1
    found = proposed(item)
    assert found[MISSED].reason == "language-model"
    assert found["Odile Rasquin"].reason == "civility"  # once, and by the rule that knows why
    assert [text for text in found if "Rasquin" in text] == ["Odile Rasquin"]


def test_somebody_who_waits_for_a_living_worker_is_told(item, worker):
    now = time()
    assert not suggestions.is_awaited(item, texts_of(item), now)
    worker(DIES).run_once()
    transaction.begin()
    assert suggestions.is_awaited(item, texts_of(item), now)
    assert not suggestions.is_awaited(item, texts_of(item), now + 1000)
    worker(MODEL).run_once()
    transaction.begin()
    assert not suggestions.is_awaited(item, texts_of(item), now)


def test_what_was_read_is_not_read_again_until_it_says_something_else(item, worker, tmp_path):
    asked = tmp_path / "asked"
    reader = worker(COUNTS, str(asked))
    reader.run_once()
    once = len(asked.read_text())
    assert once >= 2  # title and motivation
    reader.run_once()
    worker(COUNTS, str(asked)).run_once()  # nor by the next worker
    assert len(asked.read_text()) == once
    transaction.begin()
    item.title = "Autre terrasse"
    notify(ObjectModifiedEvent(item))
    transaction.commit()
    reader.run_once()
    assert len(asked.read_text()) > once


def test_finds_of_a_text_that_has_changed_since_are_not_shown(item, worker):
    worker(MODEL).run_once()
    transaction.begin()
    item.motivation = rich(f"<p>Vu autre chose, puis {MISSED} ;</p>")
    transaction.commit()
    assert MISSED not in proposed(item)


def test_a_model_that_dies_leaves_the_rules_and_is_not_asked_for_ever(item, worker, caplog):
    reader = worker(DIES)
    for _ in range(TRIES + 2):
        assert reader.run_once() == 0
    assert "Odile Rasquin" in proposed(item)
    assert max(reader._failed.values()) == TRIES
    assert "Rasquin" not in caplog.text


def test_an_item_that_is_deleted_meanwhile_is_let_go(item, worker):
    reader = worker(MODEL)
    task = reader._task("desk", item.UID())
    assert task is not None
    transaction.begin()
    api.content.delete(item)
    transaction.commit()
    assert not reader._store(task, [])
    assert reader._task("desk", task.uid) is None


def test_a_save_while_the_model_reads_wins(item, worker):
    reader = worker(MODEL)
    task = reader._task("desk", item.UID())
    transaction.begin()
    item.title = "Autre titre"
    transaction.commit()
    assert not reader._store(task, [])
    transaction.begin()
    assert not suggestions.is_read(item, texts_of(item))


def test_a_span_that_is_not_in_the_text_is_no_find(item, worker):
    wrong = dict(start=0, end=5, text="Autre", category="PERSON", confidence=1, reason="x")
    lies = f"""
import json, sys
for line in sys.stdin:
    print(json.dumps(dict(id=json.loads(line)["id"], spans=[{json.loads(json.dumps(wrong))!r}])), flush=True)
"""
    before = set(proposed(item))
    worker(lies).run_once()
    assert set(proposed(item)) == before


def test_only_what_was_changed_is_looked_at_between_two_looks_at_everything(item, worker):
    reader = worker(MODEL)
    reader.clock = Clock()
    reader.run_once()
    assert reader._since == Clock.now - OVERLAP
    assert reader._changed() == []
