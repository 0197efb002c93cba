"""Whatever detection gives as its reason is said to people in their language."""

from collective.deliberation.content.review import reasons
from collective.deliberation.pseudonym.detection import prompts
from collective.deliberation.pseudonym.detection import quasi
from collective.deliberation.pseudonym.detection import suggest
from collective.deliberation.pseudonym.detection.reasons import CONFIDENCE
from collective.deliberation.pseudonym.plaintext import plain
from collective.deliberation.pseudonym.roster import Roster
from pathlib import Path
from zope.i18n import translate


GOLD = Path(__file__).parents[1] / "detection" / "gold"


def texts():
    found = [plain(path.read_text("utf-8")) for path in sorted(GOLD.rglob("*.html"))]
    assert len(found) >= 60
    return found


def test_every_reason_for_a_suggestion_has_words():
    given = {s.reason for text in texts() for s in suggest({"": text}, Roster())}
    assert len(given) > 10
    assert (given | set(CONFIDENCE)) - set(reasons.SUGGESTIONS) == set()


def test_every_reason_for_a_prompt_has_words():
    given = {p.reason for text in texts() for p in prompts({"": text})}
    constants = {quasi.ONLY, quasi.AGE, quasi.HEALTH, quasi.NATIONALITY, quasi.KINSHIP, quasi.WORK}
    assert len(given) > 3
    assert (given | constants | {quasi.TABLE}) - set(reasons.PROMPTS) == set()


def test_all_these_words_are_translated(integration):
    for words in (*reasons.SUGGESTIONS.values(), *reasons.PROMPTS.values()):
        assert translate(words, target_language="fr") not in ("", words.default, str(words))
