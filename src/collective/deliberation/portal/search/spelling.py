"""Words of published documents that are written almost like one that was typed. Pure, but for its list."""

from BTrees.OOBTree import OOBTree
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collective.deliberation.portal.search.stems import stem
from collective.deliberation.portal.search.words import fold
from persistent import Persistent
from rapidfuzz import process
from rapidfuzz.distance import OSA


MIN_LENGTH = 4  # letters of a word that can be mistyped
MAX_LENGTH = 30
_FORMS = 4  # ways to write a stem that are remembered
_TAKEN = 12  # candidates whose frequency is compared


class Spellings(Persistent):
    """How the stems of public documents are written: ``ecol`` is "école écoles"."""

    def __init__(self):
        self.tree = OOBTree()  # stem: its words, lower case, with their accents

    def learn(self, words: Mapping[str, str]) -> None:
        """Remember how words are written: folded, with accents."""
        for word, surface in words.items():
            if MIN_LENGTH <= len(word) <= MAX_LENGTH and word.isalpha():
                key = stem(word)
                known = self.tree.get(key)
                if known is None:
                    self.tree[key] = surface
                elif surface not in (forms := known.split()) and len(forms) < _FORMS:
                    self.tree[key] = f"{known} {surface}"

    def forget(self, stem: str) -> None:
        self.tree.pop(stem, None)

    def suggest(self, word: str, frequency: Callable[[str], int]) -> str:
        """The public word that ``word`` (folded) most likely means; empty when there is none.

        :param frequency: the number of public documents of a stem
        """
        if not MIN_LENGTH <= len(word) <= MAX_LENGTH or not word.isalpha():
            return ""
        near = self._near(word, self.tree.values(word[0], word[0] + "\uffff"))
        if not near:  # the first letter can be the wrong one
            near = self._near(word, self.tree.values())
        counted = [(distance, -frequency(stem(fold(each))), each) for each, distance in near]
        return min((each for each in counted if each[1]), default=(0, 0, ""))[2]

    def _near(self, word: str, values: Iterable[str]) -> list[tuple[str, int]]:
        written = " ".join(values).split()
        folded = fold(" ".join(written)).split()
        limit = 1 if len(word) < 6 else 2
        found = process.extract(word, folded, scorer=OSA.distance, score_cutoff=limit, limit=_TAKEN)
        return [(written[index], distance) for _folded, distance, index in found]
