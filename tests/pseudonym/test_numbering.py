"""Numbers of persons: drawn once, kept, telling nothing; alike within a meeting where that is wanted."""

import pytest
from collective.deliberation.pseudonym.numbering import at_random
from collective.deliberation.pseudonym.numbering import by_name
from collective.deliberation.pseudonym.numbering import numbered
from collective.deliberation.pseudonym.present import letters
from collective.deliberation.pseudonym.register import Register


KEY = b"k" * 16


def _register(*names):
    register = Register()
    for name in names:
        register, _ = register.add("person", name)
    return register


def _ordinals(register):
    return [entry.ordinal for entry in register.entries]


def test_the_letters_say_nothing_about_who_was_marked_first():
    names = [f"Anne {letter}orge" for letter in "abcdefgh"]
    drawn = {
        tuple(_ordinals(numbered(_register(*names), Register(), at_random))) for _ in range(20)
    }
    assert len(drawn) > 15
    assert all(len(set(each)) == 8 and set(each) == set(range(1, 9)) for each in drawn)


def test_a_pseudonym_stays_when_another_person_is_marked():
    before = numbered(_register("Anne Lorge", "Jean Petit"), Register(), at_random)
    more, _ = before.add("person", "Karim Noël")
    after = numbered(more, before, at_random)
    assert _ordinals(after)[:2] == _ordinals(before)
    assert len(set(_ordinals(after))) == 3
    assert numbered(after, after, at_random) == after
    assert _ordinals(numbered(more, after, at_random)) == _ordinals(after)


def test_an_entry_that_becomes_a_person_is_drawn_then():
    register, entry = Register().add("other", "Anne Lorge")
    changed = register.with_category(entry.id, "person")
    drawn = {_ordinals(numbered(changed, register, at_random))[0] for _ in range(40)}
    assert len(drawn) > 5


def test_only_persons_are_drawn():
    register, _ = Register().add("address", "rue du Tilleul 4")
    assert numbered(register, Register(), at_random) == register


def test_letters_go_on_after_eight_persons():
    many = numbered(_register(*(f"Anne Lorge{n}x" for n in range(60))), Register(), at_random)
    assert sorted(_ordinals(many))[:56] == list(range(1, 57))


def test_within_a_scope_a_name_has_one_number_in_every_item():
    draw = by_name(KEY, "meeting-1")
    one = numbered(_register("Anne Lorge", "Jean Petit"), Register(), draw)
    other = numbered(_register("PETIT Jean", "Mme Anne Lorge"), Register(), draw)
    assert _ordinals(one) == _ordinals(other)[::-1]
    elsewhere = numbered(_register("Anne Lorge"), Register(), by_name(KEY, "meeting-2"))
    assert _ordinals(elsewhere)[0] != _ordinals(one)[0]
    with_other_key = numbered(_register("Anne Lorge"), Register(), by_name(b"x" * 16, "meeting-1"))
    assert _ordinals(with_other_key)[0] != _ordinals(one)[0]


def test_such_a_pseudonym_is_four_consonants():
    (number,) = _ordinals(numbered(_register("Anne Lorge"), Register(), by_name(KEY, "m")))
    assert len(letters(number)) == 4
    assert not set("AEIOUY") & set(letters(number))


def test_two_names_in_one_item_never_share_a_number():
    (number,) = _ordinals(numbered(_register("Anne Lorge"), Register(), by_name(KEY, "m")))
    (entry,) = _register("Anne Lorge").entries
    assert by_name(KEY, "m")(entry, frozenset({number})) != number


def test_a_short_key_is_none():
    with pytest.raises(ValueError, match="at least 16 bytes"):
        by_name(b"short", "m")
