"""Read the tables of a text whose cells are known: what the first row or column says of the others."""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from collective.deliberation.pseudonym.detection import columns
from collective.deliberation.pseudonym.detection.columns import Cell
from collective.deliberation.pseudonym.detection.layout import Row
from collective.deliberation.pseudonym.detection.layout import Table
from collective.deliberation.pseudonym.detection.readable import key
from itertools import count


_LONGEST_LABEL = 60
_OTHER = re.compile(
    r"compte|iban|montant|telephone|\btel\b|gsm|mail|courriel|n(?:umero|[°o]\.?) (?:de registre )?national|\bniss\b|\bn\.?r?n\b|nature|nombre"
    r"|fonction|grade|\bdates? d[eu'] ?(?!naiss)|ecole|service|entreprise|\bsociete|montant|indemnite|superficie|contenance|emprise"
)
# What a label speaks of when it is more than a label alone: "Propriétaire ou ayant droit (indivis)".
_LOOSE = (
    (columns.DATE, re.compile(r"naiss|\bne\(?e?\)? le")),
    (columns.PARCEL, re.compile(r"cadastr|\bparcelles?\b")),
    (
        columns.ADDRESS,
        re.compile(r"adresse|domicile|\bresidence|\brue\b|localite|situation du bien"),
    ),
    (
        columns.NAME,
        re.compile(
            r"\bnoms?\b|\bprenoms?\b|identite|titulaire|demandeu|requerant|proprietaire|beneficiaire|\bagents?\b|candidat|locataire|occupant|defunt|\benfant|\beleve|"
            r"reclamant|redevable|exploitant|contrevenant|laureat|heritier|ayants?[ -]droit|acquereur|vendeur|preneur|travailleur|ouvrier|enseignant|\bpersonnes?\b|concessionnaire|"
            r"adjudicataire|soumissionnaire|sinistre|participant|stagiaire|\bparents?\b|conjoint|epoux|responsable|contribuable|usager|interesse|membre|moniteur|animateur|benevole"
        ),
    ),
)


def cells(text: str, tables: Sequence[Table]) -> Iterator[Cell]:
    """Cells under the labels of a first row, and beside the labels of a first column."""
    rows = count()
    for table in tables:
        kinds = _header(text, table)
        if kinds is not None:
            first, found = kinds
            for row in table[first + 1 :]:
                yield from _under(text, row, found, next(rows))
        else:
            for row in table:
                yield from _beside(text, row)


def _header(text: str, table: Table) -> tuple[int, list[str | None]] | None:
    """The first of three rows whose cells are labels, with what they say; None when none is."""
    for number, row in enumerate(table[:3]):
        if number + 1 >= len(table) or sum(cell is not None for cell in row) < 2:
            continue
        kinds = [None if cell is None else _kind(text[slice(*cell)]) for cell in row]
        known = sum(kind is not None for kind in kinds)
        filled = [text[slice(*cell)] for cell in row if cell is not None]
        numbers = sum(any(map(str.isdecimal, cell)) and len(cell) > 3 for cell in filled)
        if (
            known
            and 2 * numbers < len(filled)
            and (known > 1 or len(filled) > 2 or number + 2 < len(table))
        ):
            if _is_form(text, table, number):
                return None
            return number, kinds
    return None


def _is_form(text: str, table: Table, number: int) -> bool:
    """Whether labels stand in the first column instead: the second row begins with one as well."""
    below = table[number + 1]
    if len(table[number]) != 2 or len(below) != 2 or None in below:
        return False
    first, second = (_kind(text[slice(*cell)]) for cell in below)
    return first is not None and second is None


def _kind(label: str) -> str | None:
    """What a label speaks of; None when it is none."""
    exact = columns.label(label)
    if exact is not None and exact != columns.OTHER:
        return exact
    plain = re.sub(r"\s+", " ", key(label)).strip(" :.*")
    if not plain or len(plain) > _LONGEST_LABEL or re.search(r"\d{3}|:\s*\S", plain):
        return None
    if len(re.findall(r"(?<!^)\b[A-ZÀ-Þ][a-zà-ÿ]", label)) > 1:
        return columns.OTHER if exact else None  # "Mme Anne Dupont" is no label
    if columns.OTHER == exact or _OTHER.search(plain) and not re.search(r"naiss", plain):
        return columns.OTHER
    return next((kind for kind, pattern in _LOOSE if pattern.search(plain)), None)


def _under(text: str, row: Row, kinds: list[str | None], number: int) -> Iterator[Cell]:
    if len(row) != len(kinds) and sum(cell is not None for cell in row) < 2:
        return
    for cell, kind in zip(row, kinds, strict=False):
        if cell is not None and kind is not None:
            yield Cell(*cell, kind, number)


def _beside(text: str, row: Row) -> Iterator[Cell]:
    """The value beside each label of a row of a form."""
    for label, value in zip(row, row[1:], strict=False):
        if label is None or value is None or value[1] - value[0] > 160:
            continue
        kind = columns.label(text[slice(*label)]) or _kind(text[slice(*label)])
        if kind not in (None, columns.OTHER) and _kind(text[slice(*value)]) is None:
            yield Cell(*value, kind)
