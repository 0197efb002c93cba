"""The search's index by itself: what it finds, ranks, counts, forgets and suggests."""

import pytest
import random
from collective.deliberation.portal.search.bits import Bits
from collective.deliberation.portal.search.document import Indexed
from collective.deliberation.portal.search.document import InstitutionEntry
from collective.deliberation.portal.search.document import Sought
from collective.deliberation.portal.search.index import SearchIndex
from collective.deliberation.portal.search.words import stems
from types import SimpleNamespace
from ZODB.POSException import ConflictError


def document(title="", text="", annexes="", start=0, viewers=("Anonymous",), **facets):
    return Indexed(
        title=title,
        text=text,
        annexes=annexes,
        facets=tuple(facets.items()),
        labels=(("body", "conseil", "Conseil communal"),),
        start=start,
        month=f"2025-{start % 12 + 1:02d}",
        position=0,
        viewers=viewers,
    )


def put(index, document_id, value):
    index.index_object(document_id, SimpleNamespace(deliberation_text=value))


def found(index, *terms, by_date=False, **filters):
    sought = Sought(tuple(tuple(stems(term)) for term in terms), tuple(filters.items()))
    return index.page(index.find(sought), by_date, 0, 100)


@pytest.fixture()
def index():
    index = SearchIndex()
    put(index, 11, document("Voirie", "École du Tilleul", start=1, institution="a", year="2025"))
    put(index, 12, document("École", "Voirie", "Plan", start=2, institution="b", year="2025"))
    put(index, 13, document("Taxe", "école école école", start=3, institution="b", year="2024"))
    put(index, 14, document("Taxe", "Divers", "école", start=4, institution="b", year="2024"))
    put(index, 1, InstitutionEntry("a", "Aubel", "commune"))
    put(index, 2, InstitutionEntry("b", "Beauraing", "cpas"))
    return index


def test_what_has_the_word_in_its_title_comes_first_and_in_its_annex_last(index):
    assert found(index, "écoles") == [12, 13, 11, 14]
    assert found(index, "écoles", by_date=True) == [14, 13, 12, 11]


def test_all_words_must_occur_and_a_phrase_in_its_order(index):
    assert found(index, "voirie", "école") == [12, 11]
    assert found(index, "école du tilleul") == [11]
    assert found(index, "tilleul école") == []
    assert found(index, "voirie école") == []  # of two parts of one document


def test_counts_are_those_of_the_documents_found(index):
    every = index.find(Sought((("ecol",),))).all
    assert [
        (each.value, each.label, each.count) for each in index.counts("institution", every)
    ] == [
        ("b", "Beauraing", 3),
        ("a", "Aubel", 1),
    ]
    assert [(each.value, each.count) for each in index.counts("kind", every)] == [
        ("cpas", 3),
        ("commune", 1),
    ]
    assert [(each.value, each.count) for each in index.counts("year", every, 1)] == [("2024", 2)]
    assert found(index, "école", kind="cpas", year="2024") == [13, 14]


def test_nobody_finds_what_they_may_not_see(index):
    put(index, 15, document("École", viewers=("Manager",)))
    sought = Sought((("ecol",),), (), ("Anonymous",))
    assert 15 not in index.page(index.find(sought), True, 0, 100)
    put(index, 16, document("Pépinière", viewers=("Manager",)))
    assert index.suggest("pepinire", ("Anonymous",)) == ""
    assert index.suggest("pepinire", ("Anonymous", "Manager")) == "pépinière"
    index.unindex_object(16)
    assert found(index, "école", by_date=True)[-1] == 15


def test_a_document_that_goes_leaves_no_word_behind(index):
    put(index, 16, document("Delvaulx", "Grandchamp", "Quévitte", category="Unique"))
    index.unindex_object(16)
    assert found(index, "Delvaulx") == found(index, "Quévitte") == []
    kept = [*index.postings.tree.keys(), *index.spellings.tree.values(), *index.facets.tree.keys()]
    assert not [word for word in kept if "delvau" in word or "quevit" in word or "Uniq" in word]
    assert index.suggest("delvaux") == ""


def test_a_new_text_takes_the_place_of_the_old_one(index):
    put(index, 11, document("Cimetière", "École", institution="b"))
    assert found(index, "voirie") == [12]
    assert found(index, "cimetières", institution="b") == [11]
    assert found(index, "", institution="a") == []
    assert index.numObjects() == 4


def test_a_mistyped_word_is_led_to_one_of_the_documents(index):
    assert index.suggest("tileul") == "tilleul"
    assert index.suggest("woirie") == "voirie"
    assert index.suggest("ecloe") == "école"
    assert index.suggest("hippopotame") == ""


def test_many_documents_of_a_word_are_found_and_removed_one_by_one():
    index = SearchIndex()
    for number in range(40):
        put(index, number, document("Voirie", start=number % 12))
    assert sorted(found(index, "voirie")) == list(range(40))
    for number in range(0, 40, 2):
        index.unindex_object(number)
    assert sorted(found(index, "voirie")) == list(range(1, 40, 2))
    put(index, 50, document("Voirie"))  # takes a slot that became free
    assert sorted(found(index, "voirie")) == [*range(1, 40, 2), 50]


@pytest.mark.parametrize("seed", range(12))
def test_a_stored_set_holds_what_was_put_into_it(seed):
    chance = random.Random(seed)
    added = chance.choices(range(5000), k=chance.choice((0, 1, 30, 900)))
    removed = chance.choices(range(5000), k=40) + added[::3]
    bits = Bits()
    for member in added:
        bits.add(member)
    for member in removed:
        bits.discard(member)
    left = set(added) - set(removed)
    assert bits.number == sum(1 << member for member in left)
    assert bits.count == len(left)
    every = (1 << 5001) - 1
    assert bits.count_in(every, every.to_bytes(626, "little")) == len(left)


def state(*members):
    return Bits(sum(1 << member for member in members)).__getstate__()


def test_two_transactions_with_other_documents_both_hold():
    merged = Bits()._p_resolveConflict(state(1, 2, 900), state(1, 2, 3, 900), state(1, 900, 901))
    assert merged == state(1, 3, 900, 901)


@pytest.mark.parametrize(
    ("committed", "new"),
    [(state(1, 5), state(1, 5)), (state(), state(1, 2)), (state(1, 2), state())],
)
def test_two_transactions_with_one_slot_or_an_emptied_set_conflict(committed, new):
    with pytest.raises(ConflictError):
        Bits()._p_resolveConflict(state(1), committed, new)
