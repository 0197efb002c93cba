"""The word lists of detection, read once: given names, places, vocabulary, people of history."""

import re
from collective.deliberation.pseudonym.detection.readable import key
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Keys of given names borne in Wallonia."""
    return frozenset(key(name) for name in " ".join(_lines("given-names")).split())


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Keys of words that are often capitalised and name no person."""
    return frozenset(key(word) for word in " ".join(_lines("vocabulary")).split())


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Keys of places, of one word or several."""
    return _phrases("places")


@lru_cache(maxsize=1)
def historical() -> frozenset[str]:
    """Keys of full names of people of history."""
    return _phrases("historical")


def is_given(word: str) -> bool:
    """Whether a word is a given name, or a compound that begins with one: "Hans-Jürgen"."""
    names = given_names()
    return key(word) in names or ("-" in word and key(word.partition("-")[0]) in names)


def is_vocabulary(word: str) -> bool:
    """Whether a word, or every part of a compound, is vocabulary."""
    words = vocabulary()
    whole = key(word)
    return whole in words or ("-" in word and all(part in words for part in whole.split("-")))


def is_place(phrase: str) -> bool:
    return key(phrase) in places()


def _phrases(name: str) -> frozenset[str]:
    parts = re.split(r"\s*[,\n]\s*", "\n".join(_lines(name)))
    return frozenset(key(part) for part in parts if part)


def _lines(name: str) -> list[str]:
    path = files(__package__) / "lists" / f"{name}.txt"
    text = path.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
