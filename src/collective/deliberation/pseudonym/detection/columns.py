"""Read tables and forms in a plain text, where each cell is a line: what a label says of its cells."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection.readable import key
from dataclasses import dataclass


NAME, DATE, PLACE, ADDRESS, PARCEL, OTHER = "name date place address parcel other".split()
_LABELS = (
    (
        PARCEL,
        re.compile(
            r"(?:n[°o]\.? |numeros? |references? |identification )?(?:de |des )?(?:parcelles?|cadastre|cadastrales?|cadastraux)(?: cadastrales?| concernees?)?|section(?:,| et|/)? ?n(?:umero|°)"
        ),
    ),
    (PLACE, re.compile(r"lieu de naissance|ne\(?e?\)? a")),
    (
        DATE,
        re.compile(
            r".{0,18}\bnaissance.{0,20}|ne\(?e?\)?s?(?: (?:le|a|en)\b.{0,12})?|d\.?d?\.?n\.?|(?:date )?(?:de )?naiss?\.?"
        ),
    ),
    (
        ADDRESS,
        re.compile(
            r"adresses?(?: (?:privee|du bien|complete|postale|des? \w+))?|domiciles?|rue(?: et n(?:umero|°))?|residence|situation|localisation|bien|localite|cp(?: et localite)?|commune de residence|coordonnees"
        ),
    ),
    (
        NAME,
        re.compile(
            r"(?:nom|prenom)s?(?:[ ,&/-]+(?:et |&)?(?:prenom|nom)s?)?(?: d[eu]s? .{2,25}| complet)?|identite(?: d[eu].{2,25})?|(?:personne de )?contact|"
            r"(?:titulaire|demandeur|demandeuse|requerant|proprietaire|coproprietaire|beneficiaire|agent|candidat|locataire|occupant|defunt|enfant|eleve|pere|mere|conjoint|epoux|"
            r"reclamant|redevable|exploitant|responsable|membre|representant|contrevenant|participant|laureat|parent|tuteur|usager|ayant[ -]droit|heritier|acquereur|vendeur|preneur|"
            r"bailleur|travailleur|ouvrier|employe|enseignant|moniteur|stagiaire|etudiant|benevole|jubilaire|nouveau-ne|contribuable|debiteur|creancier|riverain|plaignant|intervenant|"
            r"personne|citoyen|habitant|chasseur|adjudicataire|soumissionnaire|offrant|particulier|nominee?)"
            r"(?:\(?[es]*\)?(?:\(?s\)?)?)(?: (?:d[eu]s? |l'|la |le ).{2,30}| sortante?| retenue?| interessee?s?)?"
        ),
    ),
    (
        OTHER,
        re.compile(
            r"n[°o]\.?|numeros?|ordre|rang|montants?.{0,12}|primes?|indemnites?|surfaces?|superficies?|parcelles?|lots?|emprises?|dates?|age|niss|nrn|rn|nn|n° (?:national|niss|rn|nrn|bce)|telephone|tel\.?|gsm|"
            r"e-?mail|courriel|compte.{0,12}|iban|services?|fonctions?|grades?|motifs?|durees?|echeances?|distinctions?|points?|resultats?|observations?|remarques?|plaques?|vehicules?|"
            r"nationalite|sexe|annee|periodes?|lieux?|classe|ecole|heures?|total|type|objets?|decisions?|avis|cotes?|article.{0,15}|reference.{0,15}|cadastre|references? cadastrales?|siege|"
            r"concessions?|cimetieres?|loyers?|prix|offre|bce|majorite|minorite|intercommunale"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that a label speaks of: ``text[start:end]``, and what the label says.

    Cells of one row of a table have its number; where rows were guessed there is none.
    """

    start: int
    end: int
    kind: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int
    text: str


def cells(text: str, known: Iterable[tuple[int, int]] = ()) -> Iterator[Cell]:
    """Cells under the labels of a table, and beside the labels of a form; not where tables are ``known``."""
    spans = sorted(known)
    lines = [
        line for line in _lines(text) if not any(start <= line.start < end for start, end in spans)
    ]
    kinds = [label(line.text) for line in lines]
    index = 0
    while index < len(lines):
        if kinds[index] is None:
            index += 1
            continue
        stop = index
        while stop < len(lines) and kinds[stop] is not None:
            stop += 1
        if stop - index >= 2 and stop < len(lines):
            yield from _table(text, lines, [kind or OTHER for kind in kinds[index:stop]], stop)
        elif stop - index == 1 and kinds[index] != OTHER and stop < len(lines):
            value = lines[stop]
            if len(value.text) < 90 and _is_form(lines, kinds, index):
                yield Cell(value.start, value.end, kinds[index] or OTHER)
        index = stop


def label(line: str) -> str | None:
    """What a line says of others when it is nothing but a label."""
    plain = re.sub(r"\s+", " ", key(line)).strip(" :.*")
    if not plain or len(plain) > 45:
        return None
    for kind, pattern in _LABELS:
        if pattern.fullmatch(plain):
            return kind
    return None


def _is_form(lines: list[_Row], kinds: list[str | None], index: int) -> bool:
    """Whether labels and values take turns: another label stands two lines on or back."""
    around = (index - 2, index + 2)
    return any(0 <= other < len(lines) and kinds[other] is not None for other in around)


def _table(text: str, lines: list[_Row], kinds: list[str], first: int) -> Iterator[Cell]:
    """The cells of the rows that follow the labels, as long as they look like rows."""
    size, index = len(kinds), first
    for _ in range(500):
        row = lines[index : index + size]
        block = _block(text, lines, index)
        if 1 < block < size and _separated(text, lines, first):
            row = lines[index : index + block]  # an empty cell: only the cells up to it are sure
        if not row or any(len(line.text) > 160 for line in row):
            return
        if len(row) < size and len(row) != block:
            return
        if row[0].text.endswith(";") and size > 2:
            return
        for line, kind in zip(row, kinds, strict=False):
            yield Cell(line.start, line.end, kind)
        index += len(row)


def _separated(text: str, lines: list[_Row], first: int) -> bool:
    """Whether an empty line parts the labels from the first row, as it then parts all rows."""
    return text[lines[first - 1].end : lines[first].start].count("\n") > 1


def _block(text: str, lines: list[_Row], index: int) -> int:
    """How many lines follow one another without an empty line."""
    count = 1
    while (
        index + count < len(lines)
        and text[lines[index + count - 1].end : lines[index + count].start].count("\n") == 1
    ):
        count += 1
    return count


def _lines(text: str) -> list[_Row]:
    return [
        _Row(match.start(), match.end(), match[0]) for match in re.finditer(r"[^\s][^\n]*", text)
    ]
