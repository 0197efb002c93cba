"""The extract of the register of deliberations of one item, as the words that its template prints.

Pure. Whoever makes an ``Extract`` decides whether its texts are clear or pseudonymised.
"""

import re
from collective.deliberation.content.french_dates import long_date
from collective.deliberation.documents import xhtml
from dataclasses import dataclass
from datetime import datetime


# Who signs, by kind of institution: left the officer, right who presides (for communes CDLD,
# article L1132-3; for the others their own laws).
SIGNATURES = {
    "commune": ("Le Directeur général,", "Le Bourgmestre,"),
    "cpas": ("Le Directeur général,", "Le Président,"),
    "province": ("Le Directeur général provincial,", "Le Président,"),
    "police-zone": ("Le Secrétaire,", "Le Président,"),
    "rescue-zone": ("Le Secrétaire,", "Le Président,"),
    "intercommunale": ("Le Secrétaire,", "Le Président,"),
}
DRAFT_MENTION = (
    "PROJET – ce texte n'est pas adopté : il peut encore être modifié avant et pendant la séance."
)
# A decision that says itself what the body does needs no word before it ("D E C I D E" happens).
_VERB = re.compile(
    r"\b(d\s?[ée]\s?c\s?i\s?d\s?e|arr[êe]te|ordonne|approuve|ratifie|d[ée]signe|autorise"
    r"|[ée]met|prend\s+(acte|connaissance)|fixe|octroie|marque)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of an item and its meeting, ready to print: clear or pseudonymised."""

    title: str
    attendance: str  # HTML
    motivation: str  # HTML
    decision: str  # HTML; what was proposed while ``draft``
    votes: str
    location: str
    body_title: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What the template may print, each as its own variable; ``…html`` values are XHTML."""

    institution: str
    address: tuple[str, ...]
    logo: bytes
    logo_format: str  # "png" or "jpg"
    heading: str
    mention: str  # "" for an adopted decision
    sitting: str
    attendance: str  # XHTML
    numbered_title: str
    opening: str
    motivation: str  # XHTML
    verb: str  # "" when the decision has its own
    decision: str  # XHTML
    votes: str
    by: str
    signatures: tuple[str, str]
    certified: str


def compose(
    texts: Texts,
    *,
    institution: str,
    kind: str,
    address: str,
    start: datetime,
    number: str,
    draft: bool,
    public_version: bool,
    public_session: bool = True,
    logo: bytes = b"",
    logo_format: str = "png",
) -> Extract:
    """The extract of one item. ``start`` is the meeting's, in the institution's own time zone."""
    body_title = texts.body_title
    short = body_title.split()[0].capitalize() if body_title else "Conseil"
    session = "Séance publique" if public_session else "Séance à huis clos"
    place = f" – {texts.location}" if texts.location else ""
    heading = "Extrait du registre aux délibérations"
    if draft:
        heading = "Projet de délibération"
    elif public_version:
        heading += " (version publique)"
    return Extract(
        institution=institution,
        address=tuple(line.strip() for line in address.splitlines() if line.strip()),
        logo=logo,
        logo_format=logo_format,
        heading=heading,
        mention=DRAFT_MENTION if draft else "",
        sitting=f"{body_title} – {session} du {long_date(start)}{place}",
        attendance=xhtml.printable(texts.attendance),
        numbered_title=f"{number}. {texts.title}" if number else texts.title,
        opening=f"Le {body_title or 'Conseil'},",
        motivation=xhtml.printable(texts.motivation),
        verb="" if not texts.decision or _VERB.search(_start(texts.decision)) else "DÉCIDE :",
        decision=xhtml.printable(texts.decision),
        votes=texts.votes,
        by=f"Par le {short},",
        signatures=SIGNATURES.get(kind, SIGNATURES["commune"]),
        certified="Pour projet" if draft else "Pour extrait certifié conforme",
    )


def _start(html: str) -> str:
    return xhtml.words(html)[:160]
