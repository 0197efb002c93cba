"""Find postal addresses by their Belgian shapes: street, number, box, postcode and locality."""

import re
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from dataclasses import dataclass


_UP = "A-ZÀ-ÖØ-Þ"
_CAP = rf"[{_UP}](?![ -]?\d{{4}})[\w'-]*"
_LINK = r"(?:de|du|des|la|le|les|lez|lès|l'|d'|en|sur|sous|et|à|au|aux|op|den|der|van|ter|ten)"
_MONTHS = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)"
_UNIT = rf"(?:%|€|m²|m2|m\b|km\b|h\b|(?:er|re|ère|e|ème|è)\b|(?i:{_MONTHS})|ans\b|voix\b|mois\b|jours\b|euros?\b)"
_DIGITS = rf"\d{{1,4}}(?!\d)(?![.,]\d)(?![ ]?{_UNIT})(?!(?!(?:bis|ter|quater)\b)[a-zà-ÿ]{{2}})"
_SUFFIX = (
    r"(?:[ ]?(?:bis|ter|quater)\b|[ ]?[A-Z](?![\w'’.])|[A-Za-z]\d?\b|[ ][a-z](?=[ ]*,|[ ]+à[ ]))?"
)
_NUMBER = (
    rf"(?:(?i:n°s?|nºs?|n\.|num[ée]ros?|nr\.?)[ ]?)?(?:(?i:bloc|b[âa]timent|b[âa]t\.)[ ]?)?{_DIGITS}{_SUFFIX}"
    rf"(?:[ ]?/[ ]?[A-Z]?\d{{1,4}}(?:\.\d{{1,2}})?{_SUFFIX}|[ ]?-[ ]?\d{{1,3}}\b{_SUFFIX}|[ ]?/[ ]?[A-Za-z]\d{{0,3}}\b|[ ]et[ ]\d{{1,3}}\b(?![ ]?{_UNIT})(?![ ][a-z])){{0,3}}"
)
_ORDINAL = r"(?:\d{1,2}[ ]?(?:er|ère|re|e|ème|è|me|ième)|(?i:premier|première|second|deuxième|troisième|quatrième|cinquième|sixième|dernier))"
_SIDE = r"(?:[ ](?:gauche|droite?|avant|arrière|face|façade|côté[ ]\w+))?"
_STOREY = (
    rf"(?:{_ORDINAL}[ ](?i:étage|ét\.?(?!\w)|etage|niveau){_SIDE}|(?i:étage)[ ]\d{{1,2}}{_SIDE}|\d{{1,2}}(?:er|e|ème|è)(?:[ ](?:gauche|droite))?(?=[ ]?[,;).\n]|$)"
    rf"|(?i:r(?:ez|é)(?:[ -]de[ -]chauss[ée]e|\.)?|rdc|sous-sol|entresol|mansarde|combles|duplex|arri[èe]re(?:-maison|-b[âa]timent)?|maison arrière)(?!\w){_SIDE})"
)
_BOX_LETTER = (
    r"(?i:bloc|b[âa]timent|bte|bo[iî]te|entrée|appartement|appt?\.?|app\.?)[ ][A-Z]\b(?!')"
)
_FLOOR = r"\d{1,2}(?:er|e|ème|è)(?:[ ](?:étage|gauche|droite))?"
_BOX = (
    r"(?:[ ]*[,/(-]?[ ]*(?i:bloc|bte|bo[iî]te|bus|bt|b|app?t?|appartement|étage|ét|box|rez|studio|kot|chambre|emplacement|chalet|caravane|b[âa]timent)"
    r"\.?[ ]?(?:n°[ ]?)?[A-Za-z]?\d{1,4}(?:\.\d{1,2})?[A-Za-z]?\b\)?"
    r"|[ ]?,?[ ]n°[ ]?\d{1,4}[A-Za-z]?\b"
    rf"|[ ]\({_FLOOR}\)|,[ ]{_FLOOR}\b|[ ][,–-]?[ ]?(?:premier|second|deuxième|troisième|1er|2e)[ ]étage|[ ]?,?[ ](?:bte|boîte)[ ][A-Z]\b|[ ][–-][ ]\d{{1,2}}(?:er|e|ème)[ ]étage|,[ ](?:premier|second|deuxième|troisième)[ ]étage|,[ ](?:arri[èe]re-maison|rez-de-chaussée)|[ ]\((?:rez-de-chaussée|arrière|étage)\))"
)
_BOX = rf"(?:[ ]?(?:,[ ]?|[–-][ ]?|\([ ]?)?(?:(?:au|à[ ]l')[ ]?)?(?:{_STOREY}|{_BOX_LETTER})[ ]?\)?|{_BOX})"
_BOXES = rf"(?:{_BOX}){{0,4}}"
_LABEL = r"(?!T[ée]l|GSM|Adresse|Courriel|E-?mail|Mail|Noms?\b|Date|Montant|Compte|IBAN|N[NR]N?\b|RN\b|Pr[ée]nom|Considérant|Vu\b|Attendu)"
_TOWN = rf"[{_UP}](?![ -]?\d{{4}})[^\W\d_]*(?:['-][^\W\d_]+)*(?!\w)"
_CITY = (
    rf"{_TOWN}(?:(?:[ ]|-|[ ]-[ ]){_LABEL}(?:{_TOWN}|(?:le|la|les|lez|sur|en|sous|de|du|aux|op|ten)(?=[ -]{_TOWN})))"
    rf"{{0,4}}(?:[ ]?\({_TOWN}\))?"
)
_COUNTRY = (
    r"(?:Belgique|France|Allemagne|Luxembourg|Grand[ -]Duché(?:[ ]de[ ]Luxembourg)?|G\.-D\.[ ]?de[ ]Luxembourg|Pays-Bas|Italie|Espagne|Portugal|Pologne|Roumanie|Bulgarie|Turquie|Maroc|"
    r"Algérie|Tunisie|Suisse|Royaume-Uni|Angleterre|Irlande|Autriche|Grèce|Suède|Danemark|Norvège|Hongrie|Ukraine|Croatie|Serbie|Canada|États-Unis|USA|Belgium|Deutschland|Nederland|R\.?D\.?[ ]?Congo|Congo|Cameroun|Sénégal)"
)
_CODE = r"(?:\d{4}[ ]?[A-Z]{2}(?=[ ]+[A-Z])|\d{2}-\d{3}|\d{4}-\d{3}|\d{4,5})(?![\d.,/]\d)"
_POST = rf"(?:(?:B|BE|L|F|D|NL|CH|A|I|LU|FR|DE|PL|P)[ ]?-[ ]?)?{_CODE}[ ]+{_CITY}(?:[ ]?[,–-][ ]?{_COUNTRY}\b|[ ]?\((?:{_COUNTRY}|[A-Z]{{1,3}}|G\.[ ]?-?D\.[^()\n]{{0,16}})\))?"
_TOWARDS = r"\s*(?:,|–|-|\(|:|;)?\s*(?:(?:à|À|a|de)\s+|,\s*)?"
_PLAIN_CITY = r"\d{4}[ ]+[a-zà-ÿ]{3,}(?:-[a-zà-ÿ]+)*(?![\w'])"
_AFTER_CITY = rf"(?:[ ]?(?:,|[–-]|\()[ ]?(?:au[ ])?(?:{_STOREY}|{_BOX_LETTER}|(?i:bte|bo[iî]te|bus|appt?\.?|appartement|kot|studio|chambre)\.?[ ]?(?:n°[ ]?)?[A-Za-z]?\d{{1,4}}\w?)\)?){{0,2}}"
_END = rf"(?:(?:{_TOWARDS}{_POST}\)?|{_TOWARDS}{_PLAIN_CITY}|,?[ ]+[àÀ][ ]+{_CITY}|,?[ ]+à[ ]+(?!partir|hauteur|titre|proximité|droite|gauche|cette|savoir|louer|vendre)[a-zà-ÿ]{{3,}}(?:-[a-zà-ÿ]+)*(?=[ ]?[.;,)\n]|$)|,[ ]+{_CITY}(?:[ ]\(\d{{4,5}}\))?(?=[ \n,;.)]|$)){_AFTER_CITY})?"
_STREET = (
    rf"(?:(?:(?:Petite?|Grande?|Vieille|Vieux|Ancienne?|Haute|Basse)[ ]+)?(?i:{cues.STREET_TYPES}))"
)
_NAME = r"(?:[ ]+(?:[\w'.-]+(?:[ ]?\([\w' -]{2,30}\))?)){0,7}?"
_LINKS = rf"(?:[ ](?:{_LINK}[ ]?|[ld]')){{0,3}}"

_TYPED = re.compile(
    rf"(?<![\w'-])(?P<street>{_STREET}(?P<name>{_NAME}))(?:[ ]*,[ ]*|[ ]+)(?:au[ ])?(?P<number>{_NUMBER}|s/n(?!\w)|s\.n\.|sans[ ]num[ée]ro){_BOXES}(?P<end>{_END})"
)
_GERMANIC = re.compile(
    rf"(?<![\w'-])(?:(?:{_CAP}[ ]){{0,3}}{_CAP}(?:straat|laan|weg|steenweg|plein|dreef|dijk|kaai|lei|markt|baan|stra(?:ß|ss)e|str\.|platz|gasse|allee|ring|park|hof|veld|berg)"
    rf"|[Ss]teenweg[ ]op[ ]{_CAP}|(?:Am|Im|An der|In der|Auf der|Op de|Aan de)[ ]{_CAP})[ ]*,?[ ]*{_NUMBER}{_BOXES}(?P<end>{_END})"
)
_NUMBER_FIRST = re.compile(
    rf"(?<![\w/.-])(?:(?!\d{{4}}){_DIGITS}(?:[ ]?(?:bis|ter|[A-Z]))?(?:/\d{{1,4}})?,?[ ](?:de[ ]la[ ]|de[ ]l'|du[ ]|des[ ])?(?={_STREET}[ ])"
    rf"|(?i:n°|num[ée]ro)[ ]?\d{{1,4}}\w?[ ]?(?:de[ ]la[ ]|de[ ]l'|du[ ]|des[ ]|,[ ]?)){_STREET}"
    rf"{_LINKS}(?:[ ]?{_CAP}){{1,4}}(?:(?:[ ]{_LINK}){{1,2}}[ ]?{_CAP})?{_BOXES}{_END}"
)
_CITY_FIRST = re.compile(
    rf"(?<![\w/.-]){_POST}[ ]*[,:(–-][ ]*(?=(?:\d{{1,4}}\w?,?[ ])?{_STREET}[ ])"
)
_UNTYPED = re.compile(
    rf"(?<![\w'-])(?:{_CAP}|[Àà][ ]l[ae])(?:[ ](?:{_LINK}[ ]?)?[\w'-]+){{0,4}}[ ]*,?[ ]{_NUMBER}{_BOXES}{_TOWARDS}{_POST}"
)
# Abroad: the street by its word, what stands after the number as it comes.
_ABROAD = re.compile(
    rf"(?<![\w'-])(?:(?:ul\.|ulica|al\.|os\.|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Rr]ua|[Tt]ravessa|[Cc]alle|[Aa]venida|[Pp]laza|[Ss]trada|[Vv]ul\.|vulytsia|bul\.|[Oo]dos)[ ](?:[\w'.-]+[ ]){{0,5}}?[\w'.-]+[ ]?,?[ ]{_NUMBER}{_BOXES}"
    rf"|\d{{1,4}}[A-Za-z]?,?[ ](?:{_CAP}[ ]){{1,3}}(?:Street|Road|Avenue|Lane|Drive|Square|Close|Gardens)(?![\w'])"
    rf"|(?:{_CAP}[ ]){{1,4}}(?:Caddesi|Cad\.|Sokak|Sok\.|Mahallesi|Mah\.|Bulvarı)[ ,]*(?:(?:[Nn]o|N°)[.:]?[ ]?)?{_NUMBER}{_BOXES})"
    rf"(?P<end>(?:,?[ ](?:à[ ])?(?:{_POST}|{_CITY}))?(?:[ ]?[,(][ ]?{_COUNTRY}\)?)?)"
)
_CITY_BEFORE = re.compile(
    rf"(?P<announced>(?:^|(?<=[\s(]))[àÀ][ ]|(?:^|(?<=[\s(:])))(?P<city>{_POST}|{_CITY}(?:[ ]?\(\d{{4}}\))?)[ ]?(?:,|:|–|-|\()[ ]?$"
)
_RESIDENCE_BEFORE = re.compile(
    rf"(?:(?i:r[ée]sidence|ch[âa]teau|home|seniorie|villa|ferme|appartement|immeuble|studio|clos|b[âa]timent)[ ](?:«[ ]?)?(?:{_LINK}[ ]?)*"
    rf"(?:{_CAP}[ ]?){{1,4}}(?:»)?{_BOXES}[ ]?[,–-][ ]|«[ ]?{_CAP}(?:[ ]{_CAP}){{0,3}}[ ]?»,[ ])$"
)
_RESIDENCE = re.compile(
    rf"(?i:r[ée]sidence|ch[âa]teau|ferme|home|camping|seniorie|maison de repos)[ ](?:«[^»\n]{{2,40}}»|(?:{_LINK}[ ]?)*(?:{_CAP}[ ]?){{1,4}})"
    rf"(?:{_BOXES},[ ]{_POST}|{_BOX}(?:,[ ]{_POST})?)"
    rf"|(?i:ferme|moulin|ch[âa]teau|domaine|manoir|cense|presbytère|camping)[ ](?:{_LINK}[ ]?)*{_CAP}(?:[ ](?:{_LINK}[ ]?)*{_CAP}){{0,3}}(?:[ ]?,)?[ ](?!\d{{4}}){_NUMBER}{_BOXES}{_END}"
)
_STREET_ALONE = re.compile(
    rf"(?P<street>{_STREET}{_LINKS}(?:[ ]?{_CAP}){{1,5}})(?P<end>(?:{_TOWARDS}{_POST})?)"
)
_HAMLET = re.compile(
    rf"(?:(?i:lieu-?dit)[ ])?«[ ]?[^»\n]{{2,40}}»(?:[ ]?,?[ ]{_NUMBER})?(?:{_TOWARDS}{_POST})?"
)
_PLACE_ALONE = re.compile(
    rf"(?!M(?:M|mes?|lles?|e|r|essieurs|adame|onsieur|aître)?\b)(?:{_POST}|{_CITY})"
)
_STARTS = re.compile(rf"(?<![\w'-])(?=[{_UP}0-9«])")
_DWELLING = re.compile(
    r"(?i:\b(?:domicili[ée]e?s?|demeurant|demeure|demeurent|résidant|résidante?s?|habitant|habite|habitent|vit|vivre|vivant|domiciles?|(?:dé|em|ré)ménag\w+|partie?s?(?:[ ](?:vivre|habiter|s'installer))?|s'(?:installer|établir|domicilier)|s'est[ ](?:installée?|établie?|domiciliée?)|chez[ ](?:son|sa|ses|leurs?|mon|ma)[ ][\w-]+|(?:vue?s?|aperçue?s?)[ ]pour la dernière fois|vivait|habitait|résidait|séjourn\w+|relogée?s?|logée?s?|exilée?|retourn\w+(?:[ ]vivre)?|habitante|réside|résident|établie?s?|installée?s?|hébergée?s?|"
    r"(?:adresse|(?<!de )(?<!la )résidence)(?:[ ](?:privée|actuelle|personnelle|connue|principale|habituelle|effective|légale))?|riveraine?[ ](?=d|au)))"
    r"(?:[ ]*(?:élu|actuellement|désormais|ensemble|tous deux|toutes deux|légalement|principalement|est|fixée?|:|respectivement|depuis \w+))?[ ]*,?[ ]*"
    r"(?:(?i:à|a|au|aux|en|dans|sur|de|du|:)[ ]+)?(?:l'|la[ ]|le[ ]|les[ ])?(?:(?i:commune|ville|village|localité)[ ](?:de[ ]|d')|(?i:lieu-?dit)[ ])?$"
)
_SITED = re.compile(
    r"(?i:\b(?:sise?s?|situ[ée]e?s?|appartement|maison|logement|habitation|studio|immeuble|domicile|chez)\b)(?:[ ]\w+)?,?[ ](?:(?:à|de|dans)[ ])?(?:la[ ]|l'|du[ ])?$"
)
_SEAT = re.compile(
    r"(?i:\b(?:siège|cabinet|bureaux?|étude|société|magasin|commerce)\b[^.;,]{0,40}$)|\b(?:SRL|SA|ASBL)\b[^.;,]{0,40}$"
)
_BAD_NAME = re.compile(
    r"(?i:\b(?:est|sont|qui|que|qu'|dont|par|pour|dans|entre|depuis|jusqu'|compte|article|art|relative?s?|section|séance|point|avec|sans|avis|vers|"
    r"loi|du[ ]\d|vu|et[ ]\d|lot|budget|phase|montant|soit)\b|[;:«»€]|\d[.,]\d|\w{4,}(?<!str)\.[ ])"
)
# Streets in small letters: only words that are no others.
_PLAIN_STREET = re.compile(
    r"(?:rue|avenue|chaussée|boulevard|ruelle|impasse|allée|drève|quai|sentier)[ ](?!n°)[a-zà-ÿ'. -]{3,40}?,?[ ](?:n°[ ]?)?\d"
)
_PRACTISES = re.compile(r"(?i:notaires?|maître|avocate?s?|barreau)\b[^.;,\n]*$|\bMe\b[^.;,\n]*$")
_TO = re.compile(r"\b(?:[àÀ]|en|au)[ ]$")
_FROM = re.compile(
    rf"[ ]?(?:,[ ](?:originaire[ ])?(?:de|d'|à)|\()[ ]?(?P<place>{_CITY})(?=[ ]?[,;.)\n]|[ ]et\b|$)"
)
_WHOLE_STREET = re.compile(r"(?i:grand|esplanade|parvis)")
_SAME_STREET = re.compile(
    r"(?:(?i:n°|num[ée]ro)[ ]?)?\d{1,4}[A-Za-z]?(?:/\d{1,4})?(?:[ ]de[ ]la[ ]même[ ]rue)(?!\w)"
)
_STREET_AFTER = re.compile(rf",[ ]{_STREET}{_LINKS}(?:[ ]?{_CAP}){{1,5}}")
_DATED = re.compile(r"(?i:\b(?:fait|donné|signé|né|née)\s+[àÀ]\s+$)")
_NUMBERED = re.compile(r"\bn°[ ]?\d")
_NEXT_LINE = re.compile(rf"\s*,?\n\s*{_POST}")
_JOINED = re.compile(r"\s?[,–(-]\s|,|\n")


@dataclass(frozen=True, slots=True)
class Address:
    """An address shape; ``complete`` with a house number, else only after a word of dwelling."""

    start: int
    end: int
    complete: bool


def addresses(text: str) -> list[Address]:
    """Address shapes in order, none overlapping; whose they are is not judged here."""
    apart: list[Address] = []
    for address in sorted(_all(text), key=lambda a: (a.start, -a.end)):
        before = apart[-1] if apart else None
        if before is None or address.start >= before.end:
            apart.append(address)
        else:  # two shapes of one address: each may know more of one end
            whole = before.complete or address.complete
            apart[-1] = Address(before.start, max(before.end, address.end), whole)
    joined: list[Address] = []
    for address in apart:
        before = joined[-1] if joined else None
        if before and not before.complete and _JOINED.fullmatch(text, before.end, address.start):
            joined[-1] = Address(before.start, address.end, True)
        else:
            joined.append(address)
    return joined


_BESIDE = re.compile(
    rf"[ ]?[,(–-][ ]?(?P<address>(?:(?i:{_LINK})[ ])?{_CAP}(?:[ ](?:{_LINK}[ ])?{_CAP}){{0,3}},?[ ]{_NUMBER}{_BOXES}{_END})(?=[ ]?[,;.):\n]|$)"
)
_WITHOUT_NUMBER = re.compile(
    rf"[ ]?[,(–-][ ]?(?P<address>{_STREET}{_LINKS}(?:[ ]?{_CAP}){{1,4}},?[ ](?:s/n|s\.n\.|sans[ ]num[ée]ro)(?:{_END}))"
)


def beside(text: str, end: int) -> tuple[int, int] | None:
    """A hamlet and number directly after a name: "Mme Hubin, Sur-les-Bruyères 12"."""
    match = _BESIDE.match(text, end) or _WITHOUT_NUMBER.match(text, end)
    if match is None or lexicon.is_vocabulary(re.split(r"[ ,]", match["address"])[0]):
        return None
    return match.span("address")


def place_beside(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place directly after a name, that says where somebody is from: "Mme Hubin, de Seraing"."""
    match = _FROM.match(text, end)
    if _PRACTISES.search(text, max(0, end - 70), end) or _TO.search(text, max(0, start - 4), start):
        return None
    if match is None or not lexicon.is_place(match["place"].split(" (")[0]):
        return None
    return match.span("place")


def follows_dwelling(text: str, start: int) -> bool:
    """Whether a word like "domicilié" directly announces what begins here."""
    before = text[max(0, start - 90) : start].rpartition("\n")[2]
    return bool(_DWELLING.search(before)) and not _SEAT.search(before)


def _all(text: str) -> Iterator[Address]:
    for match in _TYPED.finditer(text):
        if _plausible(match):
            yield _whole(text, match.start(), _end_of(match))
    for pattern in (_GERMANIC, _NUMBER_FIRST, _UNTYPED, _RESIDENCE):
        for match in pattern.finditer(text):
            if "\n" not in match[0] and not _BAD_NAME.search(_named(match[0])):
                yield _whole(text, match.start(), match.end())
    for match in _ABROAD.finditer(text):
        if "\n" not in match[0] and not _BAD_NAME.search(
            match[0][4 : match.start("end") - match.start()].replace(":", "")
        ):
            yield _whole(text, match.start(), match.end())
    for match in _CITY_FIRST.finditer(text):
        for pattern in (_TYPED, _NUMBER_FIRST, _STREET_ALONE):
            street = pattern.match(text, match.end())
            if street:
                yield Address(match.start(), street.end(), True)
                break
    for match in _STREET_ALONE.finditer(text):
        if "\n" in match[0]:
            continue
        if follows_dwelling(text, match.start()) or _SITED.search(text[: match.start()][-40:]):
            yield _whole(text, match.start(), match.end(), complete=bool(match["end"]))
    for match in _SAME_STREET.finditer(text):
        if follows_dwelling(text, match.start()):
            yield Address(match.start(), match.end(), True)
    for match in _STARTS.finditer(text):
        if follows_dwelling(text, match.start()):
            place = _HAMLET.match(text, match.start()) or _PLACE_ALONE.match(text, match.start())
            if place and "\n" not in place[0]:
                street = _STREET_AFTER.match(text, place.end())
                yield Address(place.start(), street.end() if street else place.end(), bool(street))


def _named(address: str) -> str:
    """The words of an address before its house number, or after it where that comes first."""
    words = re.sub(
        r"^(?i:n°|num[ée]ro)?[ ]?\d[\w/]*[ ]?,?", "", address.replace("«", "").replace("»", "")
    )
    return re.split(r"\d", words)[0]


def _plausible(match: re.Match[str]) -> bool:
    name, number = match["name"].strip(), match["number"]
    head = match[0][: match.start("end") - match.start()]
    if "\n" in head or _BAD_NAME.search(name) or _NUMBERED.search(name):
        return False
    if not name and _WHOLE_STREET.match(match["street"]):
        return bool(number)  # "Grand-Route 190"
    if not name or not number:
        return False
    return bool(re.search(rf"[{_UP}]", name) or match["end"] or _PLAIN_STREET.match(match[0]))


def _end_of(match: re.Match[str]) -> int:
    """Where it ends: the postcode may begin the next line, nothing else may."""
    if "\n" in match["end"] and not _NEXT_LINE.fullmatch(match["end"]):
        return match.start("end") + match["end"].index("\n")
    return match.end()


def _whole(text: str, start: int, end: int, complete: bool = True) -> Address:
    """With the name of a residence before the street, and without what trails."""
    line = text.rfind("\n", 0, start) + 1
    before = _RESIDENCE_BEFORE.search(text[max(line, start - 60) : start])
    if before:
        start -= len(before[0])
    start -= _city_before(text[max(line, start - 60) : start])
    while text[end - 1] in " ,;(–-\n" or (text[end - 1] == ")" and "(" not in text[start:end]):
        end -= 1
    return Address(start, end, complete)


def _city_before(before: str) -> int:
    """How many characters before a street are its locality: "à Jauche, " in "à Jauche, rue Haute 3"."""
    match = _CITY_BEFORE.search(before)
    if match is None:
        return 0
    city = match["city"]
    if city.endswith(")"):
        city = city[: city.rindex("(")].strip()
    told = city[0].isdigit() or match["announced"] or lexicon.is_place(city)
    if not told or lexicon.is_vocabulary(city) or _DATED.search(before[: match.start("city")]):
        return 0
    return len(before) - match.start("city")
