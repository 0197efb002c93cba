"""Which pseudonym a person gets: the letters say nothing about names, nor about who was marked first.

The number is drawn once, when an entry comes into the register, and kept in it as its ordinal: a pseudonym
that was published stays when others are added. Within one item nobody shares one.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from collective.deliberation.pseudonym.folding import words
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Entry
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.pseudonym.variants import CIVILITIES
from dataclasses import replace


Draw = Callable[[Entry, frozenset[int]], int]
"""From an entry and the numbers that are taken to a number of at least 1 that is not."""

SHORTEST_KEY = 16  # bytes
_CHOICE = 8  # numbers from which one is drawn
_LETTERS = 26
_CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowel, no word
_SIZE = 4  # letters of a pseudonym that is made from a name


def numbered(register: Register, known: Register, draw: Draw) -> Register:
    """The register whose persons have the number they have in ``known``, or else one drawn for them."""
    entries = list(register.entries)
    for at, entry in enumerate(entries):
        old = known.get(entry.id)
        if entry.category is not Category.PERSON:
            continue
        if old is not None and old.category is entry.category:
            entries[at] = replace(entry, ordinal=old.ordinal)
            continue
        settled = (*known.entries, *entries[:at])
        taken = frozenset(each.ordinal for each in settled if each.category is Category.PERSON)
        entries[at] = replace(entry, ordinal=draw(entry, taken))
    return Register(tuple(entries))


def at_random(entry: Entry, taken: frozenset[int]) -> int:
    """One of the first eight letters that is free; of the next eight when all are taken, and so on."""
    first = 1
    while True:
        free = [number for number in range(first, first + _CHOICE) if number not in taken]
        if free:
            return secrets.choice(free)
        first += _CHOICE


def by_name(key: bytes, scope: str) -> Draw:
    """The same number for the same name within one scope, e.g. the UID of a meeting.

    HMAC-SHA256 of scope and name: without the key nobody can try names. Four consonants, so that two names
    hardly ever meet; where they do in one item, the later entry gets another number.

    :raises ValueError: for a key of less than 16 bytes.
    """
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"The key must have at least {SHORTEST_KEY} bytes.")

    def draw(entry: Entry, taken: frozenset[int]) -> int:
        attempt = 0
        while True:
            message = "\n".join((scope, str(attempt), _name(entry))).encode()
            number = _number(hmac.new(key, message, hashlib.sha256).digest())
            if number not in taken:
                return number
            attempt += 1

    return draw


def _name(entry: Entry) -> str:
    """The first form that is more than a surname, without civilities, its words in the alphabet's order."""
    plain = [
        tuple(sorted(word for word in words(form) if word not in CIVILITIES))
        for form in entry.forms
    ]
    return " ".join(next((form for form in plain if len(form) > 1), plain[0]))


def _number(digest: bytes) -> int:
    rest, number = int.from_bytes(digest, "big"), 0
    for _ in range(_SIZE):
        rest, letter = divmod(rest, len(_CONSONANTS))
        number = number * _LETTERS + ord(_CONSONANTS[letter]) - ord("A") + 1
    return number
