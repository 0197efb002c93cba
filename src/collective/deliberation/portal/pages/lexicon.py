"""The step of a ZCTextIndex lexicon that cuts French text (see ``words``)."""

from collective.deliberation.portal.pages import words
from Products.ZCTextIndex.PipelineFactory import element_factory


GROUP = "Word Splitter"
NAME = "Deliberation French words"


class FrenchWords:
    """Cuts, folds and drops in one step. It knows no wildcards: ``*`` and ``?`` only separate."""

    def process(self, texts: list[str]) -> list[str]:
        return [word for text in texts for word in words.words(text)]


if NAME not in element_factory._groups.get(GROUP, {}):  # a reload must not fail
    element_factory.registerFactory(GROUP, NAME, FrenchWords)
