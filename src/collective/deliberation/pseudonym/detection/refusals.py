"""Say what is no name of a person although it looks like one."""

from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection import sequences
from collective.deliberation.pseudonym.detection import surnames
from collective.deliberation.pseudonym.detection import surroundings
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.readable import key
from collective.deliberation.pseudonym.detection.words import INITIAL


NO_NAMES = (cues.ROLES | cues.FUNCTIONS | cues.KIN) - surnames.COMMON_SURNAMES


def all_common(line: Line, name: Name) -> bool:
    words = line.words[name.first : name.last + 1]
    return all(
        lexicon.is_vocabulary(word.text)
        and not lexicon.is_given(word.text)
        and word.kind != INITIAL
        for word in words
    )


def is_no_person(line: Line, name: Name) -> bool:
    words = line.words[name.first : name.last + 1]
    text = line.text[words[0].start : words[-1].end]
    title = line.words[name.first - 1].text + " " + text if name.first else text
    if key(text) in lexicon.historical() or key(title) in lexicon.historical():
        return True
    if name.last + 1 < len(line.words) and sequences.is_roman(line.words[name.last + 1]):
        return line.gap(name.last) == " "  # kings
    return surroundings.in_street(line, name.first) or surroundings.in_organisation(line, name)
