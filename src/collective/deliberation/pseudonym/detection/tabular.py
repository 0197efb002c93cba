"""Find what tables and forms hold of natural persons, by the labels of their columns."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import births
from collective.deliberation.pseudonym.detection import columns
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.suggestions import Find
from collective.deliberation.pseudonym.detection.words import INITIAL
from collective.deliberation.pseudonym.detection.words import LOWER
from collective.deliberation.pseudonym.register import Category


_DATE = re.compile(births.DATE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PLACE = re.compile(births.PLACE)
_PARCEL_CELL = re.compile(r"(?=[^\n]*\d)[\w°/,.() '-]{2,90}(?<! )(?=\s|$)")
_PARCEL = re.compile(r"(?=[^\n]{0,20}\d)(?=[^\n]{0,20}[A-Z])[\w°/,. -]{2,40}(?<! )")
_HOME = re.compile(r"(?=.*[A-ZÀ-Þ])[\w'’.,/() °-]{4,120}")
_NEVER = frozenset(
    "total neant idem commune ville cpas province etat divers vacant personne aucun aucune inconnu inconnue oui non annexe".split()
)


def names(line: Line, cells: list[columns.Cell]) -> Iterator[Name]:
    """The name that each cell of a column of names begins with."""
    starts = {word.start: index for index, word in enumerate(line.words)}
    for cell in cells:
        if cell.kind != columns.NAME or cues.ORGANISATION.search(line.text, cell.start, cell.end):
            continue
        if cell.start not in starts:
            continue
        first = starts[cell.start]
        last = first
        words = line.words
        while (
            last + 1 < len(words)
            and words[last + 1].end <= cell.end
            and line.gap(last) in (" ", "-", ". ", ".-", "", "  ")
            and (words[last + 1].kind != LOWER or words[last + 1].is_particle)
        ):
            last += 1
        while last > first and words[last].is_particle:
            last -= 1
        group = words[first : last + 1]
        if (
            all(word.kind in (LOWER, INITIAL) or word.is_particle for word in group)
            or last - first > 6
        ):
            continue
        if any(word.key in _NEVER or word.key in cues.FUNCTIONS for word in group):
            continue
        if len(group) > 1 and all(
            lexicon.is_vocabulary(w.text) and not lexicon.is_given(w.text) for w in group
        ):
            continue
        yield Name(first, last)


def finds(line: Line, cells: list[columns.Cell]) -> Iterator[Find]:
    """Dates and places of birth and addresses in their columns."""
    kinds = {cell.kind for cell in cells}
    organisations = {
        cell.row
        for cell in cells
        if cell.row is not None
        and cell.kind == columns.NAME
        and cues.ORGANISATION.search(line.text, cell.start, cell.end)
    }
    for cell in cells:
        if cell.kind == columns.DATE:
            match = _DATE.search(line.text, cell.start, cell.end)
            if match is None and cell.row is not None:
                match = _YEAR.search(line.text, cell.start, cell.end)
            if match:
                yield Find(*match.span(), Category.BIRTH_DATE, 0.85, "column")
            place = _PLACE.search(line.text, cell.start, cell.end)
            if place and (match is None or not match.start() <= place.start() < match.end()):
                yield Find(*place.span(), Category.BIRTH_PLACE, 0.75, "column")
        elif cell.kind == columns.PARCEL:
            pattern = _PARCEL if cell.row is None else _PARCEL_CELL
            match = pattern.match(line.text, cell.start, cell.end)
            if match and cell.row not in organisations:
                yield Find(*match.span(), Category.PARCEL, 0.6, "column")
        elif cell.kind == columns.PLACE and columns.DATE in kinds:
            match = _PLACE.match(line.text, cell.start, cell.end)
            if match:
                yield Find(*match.span(), Category.BIRTH_PLACE, 0.8, "column")


def homes(line: Line, cells: list[columns.Cell], persons: list[tuple[int, int]]) -> Iterator[Find]:
    """Cells of a column of addresses whose row holds a private person."""
    starts = sorted(start for start, _ in persons)
    for number, cell in enumerate(cells):
        if cell.kind != columns.ADDRESS:
            continue
        match = _HOME.match(line.text, cell.start, cell.end)
        row = range(max(0, number - 8), min(len(cells), number + 8))
        near = any(
            cells[other].kind == columns.NAME
            and cells[other].row == cell.row
            and bisect_left(starts, cells[other].start) < bisect_left(starts, cells[other].end)
            for other in row
        )
        if match and near and not cues.ORGANISATION.search(line.text, cell.start, cell.end):
            yield Find(*match.span(), Category.ADDRESS, 0.7, "column")
