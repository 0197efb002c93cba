"""Every way of writing that detection once learned to read, it still reads (``shapes.txt``)."""

import re
from collective.deliberation.pseudonym.detection import suggest
from collective.deliberation.pseudonym.roster import Roster
from pathlib import Path


LINES = [
    line.replace("\\n", "\n")
    for line in (Path(__file__).parent / "shapes.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
ROSTER = Roster.from_json(
    {"mandataires": ["Anne Delcourt", "Michel Hardy", "Sofia Rossi"], "officiers": ["Paul Nihoul"]}
)
MARK = re.compile(r"\{(\w):([^}]*)\}")


def annotated(line):
    """The text of a line, the spans to find and those to leave."""
    text, find, leave, at = "", [], [], 0
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        (leave if match[1] == "O" else find).append((len(text), len(text) + len(match[2])))
        text, at = text + match[2], match.end()
    return text + line[at:], find, leave


def test_what_is_marked_is_covered_whole_and_nothing_else_is_proposed():
    assert len(LINES) > 250
    wrong = []
    for line in LINES:
        text, find, leave = annotated(line)
        found = [(each.start, each.end) for each in suggest({"text": text}, ROSTER)]
        covered = {position for start, end in found for position in range(start, end)}
        wanted = {position for start, end in find for position in range(start, end)}
        beside = [span for span in found if not any(span[0] < e and s < span[1] for s, e in find)]
        if not wanted <= covered or beside:
            wrong.append(line)
    assert wrong == []
