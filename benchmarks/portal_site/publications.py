"""Made-up publications: many institutions, bodies, years and categories, with text of the usual length."""

import hashlib
import random
from collections.abc import Iterator
from collective.deliberation.content.addresses import short_uid
from collective.deliberation.publishing import wire
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo


BRUSSELS = ZoneInfo("Europe/Brussels")
INSTITUTIONS = 260  # as many communes as there are in Wallonia, about
ITEMS = 25  # of a meeting
KINDS = (
    ("commune",) * 6 + ("cpas",) * 2 + ("province", "police-zone", "rescue-zone", "intercommunale")
)
BODIES = (("conseil", "Conseil communal"), ("college", "Collège communal"), ("bureau", "Bureau"))
CATEGORIES = (
    "Voirie Travaux Finances Enseignement Environnement Urbanisme Police Culture Sport Cultes Personnel "
    "Logement Patrimoine Mobilité Énergie Tourisme Forêts Cimetières Propreté Jeunesse Aînés Santé "
    "Informatique Marchés Taxes Redevances Subventions Assurances Agriculture Eau"
).split()
SUBJECTS = (
    "réfection de la rue", "règlement complémentaire de circulation routière", "compte de la fabrique d'église",
    "marché public de fournitures", "taxe sur les immeubles inoccupés", "convention d'occupation du terrain",
    "subside au club sportif", "plan communal de mobilité", "achat de chevaux de débardage",
    "rénovation de l'école communale", "désignation d'un auteur de projet", "modification budgétaire",
    "vente de bois sur pied", "bail emphytéotique de la maison", "entretien des cimetières",
    "éclairage public du hameau", "acquisition de vitraux", "ouverture d'une plaine de jeux",
)  # fmt: skip
SENTENCES = (
    "Considérant que la dépense est inscrite au budget extraordinaire de l'exercice, à l'article {number}/731-60",
    "Vu le Code de la démocratie locale et de la décentralisation, notamment ses articles L1122-30 et L{number}",
    "Attendu que la rue {place} est empruntée chaque jour par les écoliers du quartier",
    "Considérant l'avis favorable du directeur financier remis en date du dossier {number}",
    "Vu la délibération du collège relative au hameau de {place}",
    "Considérant que le montant estimé s'élève à {number},00 € hors taxe sur la valeur ajoutée",
    "Attendu qu'il convient d'assurer la sécurité des usagers à hauteur du lieu-dit {place}",
    "Considérant que les riverains de {place} ont été consultés durant l'enquête publique",
    "Sur proposition du collège et après en avoir délibéré en séance publique",
    "Considérant que le cahier des charges a été établi par le service des travaux",
    "Vu la demande de subvention introduite par l'association de {place}",
    "Considérant que les travaux d'égouttage, de voirie et d'éclairage seront exécutés la même année",
)
TOKEN = '<span class="pm-token" data-pm-cat="person" data-pm-no="1" data-pm-gender="f"></span>'
FILE = b"%PDF-1.4 benchmark"
DIGEST = hashlib.sha256(FILE).hexdigest()
FIRST, LAST = datetime(2013, 1, 7, 19, tzinfo=BRUSSELS), 13 * 365  # days


def slugs() -> Iterator[tuple[str, str, str]]:
    """Slug, title and kind of each institution."""
    for number in range(INSTITUTIONS):
        name = place(random.Random(number))
        yield f"{name.lower()}-{number}", f"{name} {number}", KINDS[number % len(KINDS)]


def meetings(count: int) -> Iterator[tuple[wire.Publication, list[wire.Publication]]]:
    """Meetings with their items, ``count`` items in all; the first ones are the same for each count."""
    institutions = [slug for slug, _title, _kind in slugs()]
    sections = [section(random.Random(f"section {number}")) for number in range(400)]
    for number in range(-(-count // ITEMS)):
        slug = institutions[number % INSTITUTIONS]
        chance = random.Random(f"meeting {number}")
        body, title = BODIES[chance.choice((0, 0, 1, 1, 2))]
        start = FIRST + timedelta(days=chance.randrange(LAST))
        meeting = publication(
            f"meeting {number}",
            slug,
            wire.MeetingRecord(body, title, start.isoformat(), None, "Salle", None, "closed", ""),
        )
        left = min(ITEMS, count - number * ITEMS)
        yield meeting, [item(number, place, meeting, chance, sections) for place in range(left)]


def item(
    number: int, position: int, meeting: wire.Publication, chance, sections
) -> wire.Publication:
    category = chance.choice(CATEGORIES)
    title = f"{category} : {chance.choice(SUBJECTS)} {place(chance)}"
    decided = position % 12 or number % 3
    text = f"<p>Article 1er. D'approuver le dossier {place(chance)} {chance.randrange(9999)}.</p>"
    return publication(
        f"item {number} {position}",
        meeting.institution,
        wire.ItemRecord(
            meeting=meeting.uid,
            stage="decision" if decided else "draft",
            number=str(position + 1),
            position=position,
            listType="normal",
            title=title,
            category=category,
            representatives=(
                f"{place(random.Random(f'{meeting.institution}{number % 7}'))} Dumont",
            ),
            motivation="".join(chance.choices(sections, k=6)),
            draftDecision=text,
            resolutionText=text if decided else "",
            votes="Pour : 17" if decided else "",
            annexes=(annex(number, position),) if position % 4 == 0 else (),
        ),
    )


def annex(number: int, position: int) -> wire.AnnexRecord:
    uid = hashlib.sha256(f"annex {number} {position}".encode()).hexdigest()[:32]
    return wire.AnnexRecord(uid, "Plan", "Plan", "application/pdf", "pdf", len(FILE), DIGEST)


def section(chance) -> str:
    """A paragraph of the reasons, of about 300 characters."""
    sentences = chance.sample(SENTENCES, 3)
    text = " ; ".join(
        sentence.format(place=place(chance), number=chance.randrange(1000, 99999))
        for sentence in sentences
    )
    return f"<p>{text} ;</p>" if chance.random() > 0.2 else f"<p>{text} de {TOKEN} ;</p>"


def place(chance) -> str:
    parts = (
        "val",
        "bourg",
        "mont",
        "ster",
        "lon",
        "gem",
        "ber",
        "tron",
        "ville",
        "champ",
        "rive",
        "sart",
    )
    return "".join(chance.choices(parts, k=3)).capitalize()


def publication(name: str, institution: str, record) -> wire.Publication:
    return wire.Publication(
        uid=hashlib.sha256(name.encode()).hexdigest()[:32],
        institution=institution,
        revision=1,
        published="2025-11-20T10:00:00+01:00",
        record=record,
    )


def measured(slug: str, count: int, paragraph: str, table: str):
    """A meeting of ``count`` items with three annexes and 10,000 characters each; see ``addresses``."""
    uid = hashlib.sha256(f"measured {count}".encode()).hexdigest()[:32]
    start = datetime(2025, 11, 17, 19, tzinfo=BRUSSELS) + timedelta(days=count)
    record = wire.MeetingRecord(
        "conseil", "Conseil communal", start.isoformat(), None, "Salle", None, "closed", ""
    )
    meeting = publication(f"measured {count}", slug, record)
    masked = paragraph.format(person=TOKEN)
    items = [
        publication(
            f"measured {count} {position}",
            slug,
            wire.ItemRecord(
                meeting=uid,
                stage="decision",
                number=str(position + 1),
                position=position,
                listType="normal",
                title=f"Voirie : convention d'entretien n° {position + 1}",
                category="Voirie",
                representatives=("Élise Warnant",),
                motivation=masked * 28 + table,
                draftDecision=masked,
                resolutionText=masked * 2,
                votes="Pour : 17",
                annexes=tuple(annex(-count, position * 3 + number) for number in range(3)),
            ),
        )
        for position in range(count)
    ]
    return meeting, items


def addresses(count: int) -> tuple[str, str]:
    """Ids of the meeting that ``measured`` makes, and of the item in its middle."""
    start = datetime(2025, 11, 17, 19, tzinfo=BRUSSELS) + timedelta(days=count)
    uid = hashlib.sha256(f"measured {count} {count // 2}".encode()).hexdigest()[:32]
    return f"{start:%Y-%m-%d}-conseil", short_uid(uid)
