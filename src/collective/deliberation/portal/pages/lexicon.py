"""The step of the ZCTextIndex lexicon that the portal had before version 1001 of its profile.

Only so that a database from then can be opened and upgraded.
"""

from collective.deliberation.portal.search import words
from Products.ZCTextIndex.PipelineFactory import element_factory


GROUP = "Word Splitter"
NAME = "Deliberation French words"


class FrenchWords:
    """Cuts, folds and drops in one step. It knows no wildcards: ``*`` and ``?`` only separate."""

    def process(self, texts: list[str]) -> list[str]:
        return [word for text in texts for word, _start, _end in words.cut(text)]


if NAME not in element_factory._groups.get(GROUP, {}):  # a reload must not fail
    element_factory.registerFactory(GROUP, NAME, FrenchWords)
