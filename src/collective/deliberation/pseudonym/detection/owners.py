"""Judge whose an address, a number or a vehicle is: a natural person's or an organisation's."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from collective.deliberation.pseudonym.detection import cues
from stdnum.be import vat


_REACH = 260  # characters looked back
_PERSON, _ORGANISATION = True, False
_OF_COMMUNE = re.compile(
    r"(?i:\bcommunale?s?\b|de la commune|de la ville|du cpas|de police\b|du service)"
)
_FIRM_BEFORE = re.compile(
    r"(?:ASBL|SA|SRL|SPRL|SCRL|[Ss]ociété|[Cc]ommune|CPAS|[Vv]ille|zone de police|communale?)\b[^.;]*$"
)
_SALE = re.compile(
    r"(?i:\b(?:vente|vend(?:re|u|ue)|c[ée]der|c[ée]d[ée]e?|cession de (?:la parcelle|gr[ée])|acqu[ée]r\w+|acquisition|achat|ali[ée]n\w+|emphyt[ée]\w+)\b)"
)
_ACRONYM = re.compile(r"(?:\b[ld]'|\b(?:la|le|du|par|de|à|au)\s)[A-Z]{3,8}\s?,\s$")
_AFTER = re.compile(
    r"^[^.;\n]{0,12}(?i:\b(?:de l'administration|de la (?:commune|ville|province)|du cpas|ouvert au nom de (?:l'administration|la commune|la ville|l'asbl)|du service|de l'asbl|de la société))"
)
_OFFICE_PHONE = re.compile(
    r"(?i:renseignements?|contact|accueil|secrétariat|service|numéro vert|info\b|infos\b|correspondance|permanence)[^.\n]{0,60}$"
)
_GENERIC_MAIL = re.compile(
    r"(?i:^(?:info|contact|secretariat|administration|finances?|population|etat-?civil|urbanisme|travaux|marches|accueil|dpo|privacy|commune|cpas|police|energie|"
    r"environnement|enseignement|ecole|bibliotheque|culture|sports?|logement|taxes?|recette|comptabilite|college|conseil|greffe|service|mobilite|personnel|rh|grh|"
    r"direction|bourgmestre|echevin\w*|dg|df|direct\w*|noreply|no-reply|webmaster|communication|jeunesse|tourisme|cadre|juridique|plaintes?|jobs?|recrutement|presse|cimetieres?|patrimoine|bureau|office)(?:[._-][a-z._-]*)?@)"
)


_ENTERPRISE = re.compile(
    r"(?:\bBE[ .]?|(?i:\b(?:BCE|TVA|T\.V\.A\.?|RPM|n°[ ]?d'entreprise|num[ée]ro d'entreprise|entreprise n°)[ :n°]*(?:BE[ .]?)?))$"
)


class Owners:
    """Where a text speaks of persons and of organisations."""

    def __init__(
        self,
        text: str,
        persons: Iterable[tuple[int, int]],
        officials: Iterable[tuple[int, int]] = (),
    ):
        self.text = text
        spans = self._persons = list(persons)
        acting = list(officials)
        marks = [(end, _ORGANISATION) for _, end in acting]
        marks += [(end, _PERSON) for _, end in spans]
        marks += [(m.end(), _PERSON) for m in cues.PRIVATE_WORD.finditer(text)]
        inside = sorted(spans)
        marks += [
            (m.end(), _ORGANISATION)
            for m in cues.ORGANISATION.finditer(text)
            if not any(start <= m.start() < end for start, end in inside)
        ]
        self._marks = sorted(marks)

    def private(self, start: int, end: int) -> bool | None:
        """Whether what is spoken of last before is a person; None when nothing is."""
        index = bisect_left(self._marks, (start + 1, False)) - 1
        if index < 0 or start - self._marks[index][0] > _REACH:
            return None
        position, person = self._marks[index]
        between = self.text[position:start]
        # a new paragraph or the next row of a table is about somebody else, when it is not near
        if "\n\n" in between and start - position > 80:
            return None
        return person

    def of_address(self, start: int, end: int) -> float:
        """Confidence that an address is a natural person's home or property."""
        before = self.text[max(0, start - 50) : start].rpartition("\n")[2]
        owner = self.private(start, end)
        if re.search(
            r"(?i:\b(?:siège(?: social)?|bureaux?|établie?s?|local|locaux|salle|école|implantation|guichet|service \w+),?\s*(?:est\s)?(?:à|au|sise?|situé|:)?\s*)$",
            before,
        ):
            return 0.0
        if _ACRONYM.search(before) and not self._person_in(start, 4):
            return 0.0
        if cues.HOME.search(before[-30:]) and (owner is not False or self._person_in(start, 400)):
            return 0.9 if owner else 0.6
        if owner is True:
            return 0.8
        if owner is None:
            return 0.45
        return 0.3 if self._person_in_clause(start) else 0.0

    def _person_in_clause(self, start: int) -> bool:
        """Whether a private person is named before in the same clause."""
        clause = re.split(r"[;\n]|\.\s", self.text[max(0, start - 250) : start])[-1]
        return self._person_in(start, len(clause))

    def _person_in(self, start: int, reach: int) -> bool:
        """Whether a private person is named in the characters before."""
        return any(start - reach <= end <= start for _, end in self._persons)

    def of_account(self, start: int, end: int, text: str) -> float:
        digits = re.sub(r"\W", "", text)
        if _AFTER.match(self.text[end : end + 90]):
            return 0.0
        owner = self.private(start, end)
        before = self.text[max(0, start - 80) : start]
        if digits.upper().startswith("BE") and digits[4:7] == "091":
            return 0.0 if owner is not True or _OF_COMMUNE.search(before) else 0.4
        if owner is not False:
            return 0.95
        if _FIRM_BEFORE.search(self.text[max(0, start - 120) : start]):
            return 0.3 if self._person_in_clause(start) else 0.0
        return 0.4

    def of_phone(self, start: int, end: int, text: str) -> float:
        digits = re.sub(r"\D", "", text)
        if re.fullmatch(r"[01]\d{3}\.\d{3}\.\d{3}", text) and vat.is_valid(digits):
            return 0.0  # an enterprise number
        if _ENTERPRISE.search(self.text[max(0, start - 24) : start]):
            return 0.0
        mobile = re.match(r"(?:0032|32)?0?4[5-9]\d{7}$", digits) is not None
        owner = self.private(start, end)
        before = self.text[max(0, start - 80) : start].rpartition("\n")[2]
        if mobile:
            return 0.9
        if _OFFICE_PHONE.search(before) and owner is not True:
            return 0.0
        if owner is False:
            return 0.3 if self._person_in_clause(start) else 0.0
        if re.search(
            r"(?i:service|secrétariat|accueil|commune|administration)[^.;]*$", before[-50:]
        ) and not re.search(r"\b(?:M|Mme|privé|domicile)\b", before[-50:]):
            return 0.0
        return 0.85 if owner else 0.5

    def of_mail(self, start: int, end: int, text: str) -> float:
        return 0.0 if _GENERIC_MAIL.match(text) else 0.95

    def of_plate(self, start: int, end: int) -> float:
        before = re.split(r"[;.\n(]", self.text[max(0, start - 70) : start])[-1]
        return 0.0 if _OF_COMMUNE.search(before) else 0.9

    def of_parcel(self, start: int, end: int) -> float:
        """Parcels stand before their owner in tables, and after in sentences."""
        before = re.split(r"[;\n]", self.text[max(0, start - 160) : start])[-1]
        after = re.split(r"[;]|\n\n", self.text[end : end + 120])[0]
        row = after.startswith("\n")
        if re.search(
            r"(?i:(?:terrain|bien|bois|parcelle|propriété|bâtiment|immeuble|domaine)s?\s(?:communa(?:l|le|ux)|public)|propriété (?:communale|de la (?:commune|ville))|appartenant à la (?:commune|ville))",
            before + after[:60],
        ):
            around = self.text[max(0, start - 400) : end + 400]
            return 0.4 if _SALE.search(around) else 0.0
        if row:
            first = after[1:].split("\n")[0]
            if re.match(r".*\b(?:[Cc]ommune|Ville|CPAS|Province|SPW|domaine public)\b", first):
                return 0.0
            return 0.8
        if re.match(
            r"[^.;]{0,60}(?i:appartenant à|propriété de)\s(?:la\s|l'|une\s)?(?:commune|ville|CPAS)\b",
            after,
        ):
            return 0.0
        owner = self.private(start, end)
        return {True: 0.85, None: 0.6, False: 0.3}[owner]
