"""Read what stands around a name: a public function, or signs that a private person is meant."""

import re
from collective.deliberation.pseudonym.detection.readable import key
from collective.deliberation.pseudonym.roster import Official


# Each function with what its key begins with.
_STEMS = (
    "bourgmestre echevin conseill president direct depute ministre gouverneu senat secretaire receveu "
    "fonctionnaire officier inspect chef agent commissaire administrat membre mandataire delegu rapporteu supplea groupe"
).split()
_OF_REPRESENTATIVES = frozenset(
    "bourgmestre echevin conseill president depute officier administrat membre mandataire delegu rapporteu supplea groupe senat".split()
)
_FUNCTION = (
    r"(?:bourgm(?:estre)?s?|[ée]chevine?s?|conseill(?:er|[èe]re)s?|pr[ée]sidente?s?|direct(?:eur|rice)s?|d[ée]put[ée]e?s?|ministre|gouverneure?|"
    r"s[ée]nat(?:eur|rice)|secr[ée]taire|receveu(?:r|se)|fonctionnaires?|officier|inspect(?:eur|rice)|cheff?e?|agente?|commissaire|"
    r"administrat(?:eur|rice)s?|membres?|mandataires?|d[ée]l[ée]gu[ée]e?s?|rapporteu(?:r|se)|suppl[ée]ante?s?|groupe)"
)
_QUALIFIER = (
    r"(?:[\s-]+(?:communale?s?|communaux|provinciale?s?|g[ée]n[ée]rale?|financi(?:er|[èe]re)|d[ée]l[ée]gu[ée]e?s?|adjointe?|sortante?|honoraire|f\.?f\.?|faisant fonction|"
    r"emp[êe]ch[ée]e?|pr[ée]sidente?|sanctionnat\w+|constatat\w+|technique|ad interim|pr[ée]cit[ée]e?|PS|MR|cdH|Écolo|Ecolo|PTB|[A-Z]{2,6}\+?)"
    r"|\s+(?:de la\s|de l'|du\s|des\s|de\s|d'|en charge d\w*'?\s?|[àa] l'|au\s)(?:[\wà-ÿ'-]+)(?:\s(?:civil|publics?|publiques?|sociale?s?|locale?s?))?"
    r"(?:(?:,|\s+et)\s(?:de la\s|de l'|du\s|des\s|de\s|d')[\wà-ÿ'-]+){0,3})"
)
_CIVILITY = r"(?:(?:M|Mr|Mme|MM|Mmes|Mlle|Monsieur|Madame|Messieurs|Mesdames)\b\.?\s*)?"
_BEFORE = re.compile(
    rf"(?i:\b(?P<function>{_FUNCTION})\b){_QUALIFIER}{{0,4}}[\s,:–-]*(?:\(s\)\s*)?{_CIVILITY}$"
)
_AFTER = re.compile(
    r"\s*(?:,|\(|–|-)?\s*(?:(?:la\s|le\s|l'|notre\s|en (?:sa |ses )?qualit[ée]s? d(?:e\s|')|en tant que\s|actuellement\s|d[ée]sormais\s|ff?\.?\s|\d\w{1,2}\s|premi(?:er|[èe]re)\s))*"
    rf"(?i:(?P<function>{_FUNCTION}))\b(?P<rest>[^.;\n]{{0,30}})"
)
_OF_A_CLUB = re.compile(
    r"(?i:\s*(?:du |de la |de l'|d'un |des )?(?:asbl|club|comité|association|société|cercle|firme|entreprise|s\.?a\.?\b|srl|école|banque|agence|groupement|amicale|fabrique|chorale|fanfare|syndicat))"
)
_CLUB_AROUND = re.compile(
    r"(?i:\b(?:asbl|club|comité|association|société|cercle|firme|entreprise|amicale|fabrique)\b[^.;\n]{0,30}$)"
)
_HIGH = re.compile(
    r"(?i:\b(?:bourgmestre|[ée]chevine?s?|conseill(?:er|[èe]re)s? (?:communa|provincia)\w+|pr[ée]sidente? du (?:cpas|conseil)|directeur g[ée]n[ée]ral|directrice g[ée]n[ée]rale|"
    r"direct(?:eur|rice) financi(?:er|[èe]re)|ministre|gouverneure?|d[ée]put[ée]e? provincial\w*|secr[ée]taire communale?|fonctionnaire sanctionn\w+|fonctionnaire d[ée]l[ée]gu[ée]e?|conseillers?|conseill[èe]res?)\b)"
)
_ATTENDANCE = re.compile(
    r"(?i:\b(?:sont présents|présente?s?|excusée?s?|absente?s?(?: et excusée?s?)?|membres présents|ont voté \w+|votent \w+|s'abstien\w+|abstentions?)\s?[:(])(?:[^.]|(?<=\b[A-ZÀ-Þ])\.|(?<=\b[A-ZÀ-Þ][a-z])\.|(?<=\b[mM]me)\.|(?<=\bMM)\.){0,1400}$"
)
_SIGNS = re.compile(
    r"(?:\n|[.;,:–-]\s|\(s\.?\)\s|^|(?i:bourgmestre|président|présidente|directeur|directrice|général|générale|secrétaire)\s)\s*$"
)
_FUNCTION_WORDS = re.compile(
    rf"(?i:\b{_FUNCTION}\b{_QUALIFIER}{{0,4}}|\b(?:les?|la|par|pour|d[eu]|l'|f\.f\.|faisant fonction|ordonnance|conseil|collège|délégation)\b)"
)
_PARTICLE = re.compile(r"\b(?:van|von|den|der|dem|ten|ter|dos|das|del|della|des|ben|ibn)\b")
_MINISTER = re.compile(r"(?i:\b(?:ministre|gouverneure?|secr[ée]taire d'[ée]tat)\b[^.;:()]{0,60}$)")
_MINISTER_AFTER = re.compile(
    r"[\s,(–-]*(?i:(?:la |le )?(?:vice-)?(?:ministre|gouverneure?|secr[ée]taire d'[ée]tat|roi|reine)\b)"
)
_TRADE = (
    r"riveraine?|habitante?|r[ée]clamante?|requ[ée]rante?|demandeu(?:r|se)|demanderesse|propri[ée]taires?|copropri[ée]taires?|locataires?|baill(?:eur|eresse)|preneur|acqu[ée]reur|"
    r"vendeur|occupante?|exploitante?|entrepreneur|commer[çc]ante?|agricult(?:eur|rice)|plaignante?|contrevenante?|victime|t[ée]moin|conduct(?:eur|rice)|[ée]l[èe]ve|[ée]tudiante?|"
    r"patiente?|pensionn[ée]e?|retrait[ée]e?|d[ée]funte?|stagiaire|ouvri(?:er|[èe]re)|institut(?:eur|rice)|professeur|notaire|avocate?|architecte|g[ée]om[èe]tre|m[ée]decin|sieur|dame|"
    r"homonyme|soumissionnaire|ind[ée]pendante?|fermi(?:er|[èe]re)|coiffeu(?:r|se)|b[ée]n[ée]ficiaire|citoyen(?:ne)?|voisine?|cousine?|neveu|ni[èe]ce|fr[èe]re|s[œo]e?ur|fils|fille|mari|"
    r"compagn(?:e|on)|conjointe?|p[èe]re|m[èe]re|[ée]poux|[ée]pouse|beau-\w+|belle-\w+"
)
_PRIVATE_AFTER = re.compile(
    rf"[\s,(–-]*(?:(?i:n[ée]e\b|né\b|domicili|demeurant|habitant\b|r[ée]sidant|c[ée]libataire|veu(?:f|ve)\b|divorc|[âa]g[ée]e?\b|de nationalit|n[°o]\.? (?:de registre )?national|NISS|NRN|"
    rf"m[êe]me adresse|sans (?:aucun )?(?:lien|parenté)[^,;.)]{{0,30}}(?:conseill|échevin|bourgmestre|mandataire|élu|homonyme)|à ne pas confondre|(?:un |une |le |la )?(?:{_TRADE})\b|à titre priv|en son nom personnel)|RN\b|NN\b|°\s)"
)
_PRIVATE_BEFORE = re.compile(
    rf"(?i:\b(?:veuve|vve|née?|feue?|un certain|une certaine|nomm[ée]e?|famille|fam\.|consorts|succession|h[ée]ritiers|indivision|{_TRADE}),?\s*(?:(?:M|Mr|Mme|Mlle)\b\.?\s*|Monsieur\s|Madame\s)?(?:«\s)?)$"
)
_CASE = re.compile(
    r"(?i:mise à la (?:pension|retraite)|admission à la (?:pension|retraite)|disciplinaire|distinctions? honorifiques?|cong[ée] (?:de maladie|parental|politique|sans solde|de maternit[ée])|mise en disponibilit[ée]|"
    r"d[ée]mission (?:honorable|d'un agent|volontaire)|m[ée]dailles?|d[ée]corations?|interruption de carri[èe]re|pause.carri[èe]re|accident du travail|licenciement|prestations r[ée]duites|promotion|nomination à titre)"
)
_FORMER = r"(?i:anciens?|anciennes?|ex|feue?|défunte?|jadis)"
_FORMER_BEFORE = re.compile(rf"\b{_FORMER}[\s-]+(?:l'|la\s|le\s)?(?:[a-zà-ÿ]+\s)?$")
_FORMER_AFTER = re.compile(
    rf"[\s,(–-]*(?:l'|la\s|le\s)?{_FUNCTION}{_QUALIFIER}{{0,3}}\s(?:jusqu'(?:en|au)|de\s\d{{4}}\sà|entre\s\d{{4}}|honoraire)|"
    rf"[\s,(–-]*(?:(?:l'|un\s|une\s|notre\s|votre\s))?{_FORMER}[\s-]+(?:\w+\s)?{_FUNCTION}"
)
# A trade beside a name by the end of its word: "galeriste", "électricien", "menuisière".
_BY_SUFFIX = re.compile(
    r"\s?[,(]\s?(?:un |une |le |la |l')?(?!(?i:conseill|direct|rapport|gouvern|s[ée]nat|procur|administrat|receveu|premi|derni|inspect|secr|ext[ée]rieur|int[ée]rieur|officier|d[ée]put|plusieurs|ailleurs|lecteur|entier))"
    r"[a-zà-ÿ-]{2,}(?:iste|logue|peute|tricien(?:ne)?|cien(?:ne)?|i[eè]re?|eur|euse|trice|graphe|iatre)s?\b"
)
_FEMININE = re.compile(r"(?:\b(?:Mme|Madame|Mlle|Mademoiselle)\b\.?\s*)$")
_MASCULINE = re.compile(r"(?:\b(?:M|Mr|Monsieur)\b\.?\s*)$")
_HERS = re.compile(
    r"\b(?:echevine|conseillere|directrice|presidente|deputee|fonctionnaire sanctionnatrice|receveuse|senatrice|inspectrice|administratrice|cheffe|agente|coordinatrice)\b"
)
_HIS = re.compile(
    r"\b(?:echevin|conseiller|directeur|president|depute|fonctionnaire sanctionnateur|receveur|senateur|inspecteur|administrateur|coordinateur)\b"
)


def acts(text: str, start: int, end: int, official: Official) -> bool:
    """Whether a function that fits the official's own stands directly before or after a name."""
    before = _BEFORE.search(text, max(0, start - 110), start)
    if before and _fits(before["function"], official):
        if not _is_former(text, before.start()) and not _CLUB_AROUND.search(before[0]):
            return True
    after = None if _FORMER_AFTER.match(text, end, end + 90) else _AFTER.match(text, end, end + 100)
    return bool(
        after and _fits(after["function"], official) and not _OF_A_CLUB.match(after["rest"])
    )


def acts_high(text: str, start: int, end: int) -> bool:
    """Whether a function that is public by itself stands beside a name, roster or not."""
    before = _BEFORE.search(text, max(0, start - 110), start)
    if before and _HIGH.match(before[0]) and not _CLUB_AROUND.search(before[0]):
        return not _is_former(text, before.start())
    after = _AFTER.match(text, end, end + 100)
    return bool(after and _HIGH.match(text, after.start("function"), end + 100))


def is_attending(text: str, start: int) -> bool:
    """Whether a name stands in the list of those present, excused or voting."""
    line = text[max(0, start - 1500) : start].rpartition("\n\n")[2]
    return bool(_ATTENDANCE.search(line))


def is_signing(text: str, start: int, end: int) -> bool:
    """Whether a name stands among the signatures: after it, nothing but names and functions comes."""
    far = len(text) - start > 260 or start < 300
    if far or not _SIGNS.search(text, max(0, start - 30), start):
        return False
    rest = _PARTICLE.sub(" ", _FUNCTION_WORDS.sub(" ", text[start:]))
    return not re.search(r"(?<![\w'’-])[a-zà-ÿ]{3,}|\d", rest)


def acts_above(text: str, start: int, end: int) -> bool:
    """Whether a function above the commune stands beside a name: a minister, a governor."""
    before = text[max(0, start - 90) : start].rpartition("\n")[2]
    return bool(_MINISTER.search(before) or _MINISTER_AFTER.match(text, end, end + 40))


def is_private(text: str, start: int, end: int) -> bool:
    """Whether what stands directly around a name says that it is a private person's."""
    before = text[max(0, start - 60) : start].rpartition("\n")[2]
    return bool(
        _PRIVATE_AFTER.match(text, end, end + 60)
        or _FORMER_AFTER.match(text, end, end + 90)
        or _BY_SUFFIX.match(text, end, end + 60)
        or _PRIVATE_BEFORE.search(before)
        or is_former(text, start)
    )


def is_former(text: str, start: int) -> bool:
    """Whether a function that is no longer held stands before a name: "l'ancien échevin Hubin"."""
    before = _BEFORE.search(text, max(0, start - 110), start)
    return before is not None and _is_former(text, before.start())


def _is_former(text: str, start: int) -> bool:
    return bool(_FORMER_BEFORE.search(text, max(0, start - 30), start))


def is_another(text: str, start: int, official: Official) -> bool:
    """Whether the civility before a name does not suit the official: "Mme Petit" for an "échevin"."""
    before, function = text[max(0, start - 14) : start], key(official.function)
    if before.endswith("M. ") and key(official.name)[:1] == "m":
        return False  # perhaps an initial
    if _FEMININE.search(before):
        return bool(_HIS.search(function)) and not _HERS.search(function)
    return bool(_MASCULINE.search(before) and _HERS.search(function) and not _HIS.search(function))


def is_case(text: str, start: int) -> bool:
    """Whether the passage is about somebody's own career: a pension, a punishment, a medal."""
    return bool(_CASE.search(text, max(0, start - 600), start))


def _fits(function: str, official: Official) -> bool:
    stem = next((stem for stem in _STEMS if key(function).startswith(stem)), "")
    if official.kind == "representative" and stem in _OF_REPRESENTATIVES:
        return True
    return not official.function or stem in key(official.function)
