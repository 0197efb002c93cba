"""An invented commune's publications as wire documents, neutralised as a desk sends them."""

from collective.deliberation.content.addresses import short_uid
from collective.deliberation.publishing import wire
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo


BRUSSELS = ZoneInfo("Europe/Brussels")
TODAY = date.today()
SOON = TODAY + timedelta(days=20)
SLUG = "valbourg"


def uid(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:32]


def token(number: int, category: str = "person", gender: str = "m") -> str:
    return (
        f'<span class="pm-token" data-pm-cat="{category}" data-pm-no="{number}" '
        f'data-pm-gender="{gender}"></span>'
    )


def at(day: date, hour: int, minute: int = 0) -> str:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS).isoformat()


def content(name: str, size: int) -> bytes:
    """The bytes of an annex: its name, repeated up to its size."""
    return (name.encode() * (size // len(name.encode()) + 1))[:size]


FILES: dict[str, bytes] = {}  # what the annexes below hold, by SHA-256


def annex(name: str, title: str, category: str, extension: str, mime: str, size: int):
    data = content(name, size)
    digest = sha256(data).hexdigest()
    FILES[digest] = data
    return wire.AnnexRecord(
        uid=uid(f"annex {name}"),
        title=title,
        category=category,
        mimeType=mime,
        extension=extension,
        size=size,
        sha256=digest,
    )


def meeting(day: date, state: str, hour: int = 19, **changes) -> wire.Publication:
    record = wire.MeetingRecord(
        body="conseil",
        bodyTitle="Conseil communal",
        start=at(day, hour),
        end=at(day, 22, 15) if state == "closed" else None,
        location="Salle du conseil, place de la Halle 1, 5999 Valbourg",
        convocation=(day - timedelta(days=9)).isoformat(),
        state=state,
        attendance="<p><strong>Présents :</strong> Élise Warnant, bourgmestre-présidente ; Bastien "
        "Colmant, Noémie Hautier et Joachim Pirson, échevins ; Sabine Leduc, directrice générale.</p>"
        "<p><strong>Excusé :</strong> Rémi Dascotte, conseiller.</p>"
        if state == "closed"
        else "",
        annexes=(
            annex(
                f"notes {day}",
                "Notes de synthèse explicatives",
                "Note de synthèse explicative",
                "pdf",
                "application/pdf",
                412_000,
            ),
        ),
    )
    return wire.Publication(
        uid=uid(f"meeting {day}"),
        institution=SLUG,
        revision=1,
        published=at(day - timedelta(days=8), 9, 30) if state != "closed" else at(day, 23),
        record=replace(record, **changes),
    )


def item(day: date, position: int, title: str, stage: str = "decision", **changes):
    record = wire.ItemRecord(
        meeting=uid(f"meeting {day}"),
        stage=stage,
        number=str(position + 1),
        position=position,
        listType="normal",
        title=title,
        category="Administration générale",
        representatives=("Élise Warnant",),
        motivation="<p>Vu le Code de la démocratie locale et de la décentralisation ;</p>",
        draftDecision="<p>Le Conseil décide d'approuver la proposition.</p>",
        resolutionText="<p>À l'unanimité, le Conseil <strong>décide</strong> d'approuver la "
        "proposition.</p>"
        if stage == "decision"
        else "",
        votes="",
    )
    return wire.Publication(
        uid=uid(f"item {day} {position}"),
        institution=SLUG,
        revision=1,
        published=at(day + timedelta(days=3), 10, 5)
        if stage == "decision"
        else at(day - timedelta(days=8), 9, 45),
        record=replace(record, **changes),
    )


PAST_DAY = date(2025, 11, 17)
PAST = meeting(PAST_DAY, "closed")
PAST_ITEMS = (
    item(PAST_DAY, 0, "Procès-verbal de la séance du 20 octobre 2025 : approbation"),
    item(
        PAST_DAY,
        1,
        "École communale du Tilleul : remplacement des châssis, conditions et mode de passation",
        category="Enseignement",
        representatives=("Noémie Hautier", "Joachim Pirson"),
        motivation="<p>Vu la loi du 17 juin 2016 relative aux marchés publics ;</p>"
        "<p>Considérant le cahier des charges n° 2025-118 relatif au marché « Remplacement des châssis "
        "de l'école du Tilleul » ;</p><p>Considérant que le montant estimé de ce marché s'élève à :</p>"
        "<table><tr><th>Lot</th><th>Objet</th><th>Montant hors TVA</th></tr>"
        "<tr><td>1</td><td>Menuiseries extérieures</td><td>86.400,00 €</td></tr>"
        "<tr><td>2</td><td>Stores et protections solaires</td><td>11.250,00 €</td></tr></table>"
        "<p>Considérant que le crédit est inscrit au budget extraordinaire, article 722/723-60 ;</p>",
        resolutionText="<p>À l'unanimité, le Conseil <strong>décide</strong> :</p>"
        "<h2>Article 1er</h2><p>D'approuver le cahier des charges et le montant estimé, soit "
        "97.650,00 € hors TVA.</p><h2>Article 2</h2><p>De passer le marché par procédure négociée sans "
        "publication préalable.</p><h2>Article 3</h2><p>De charger le Collège communal de "
        "l'exécution :</p><ul><li>consultation de trois entreprises au moins ;</li><li>rapport au "
        "Conseil avant l'attribution.</li></ul>",
        votes="Pour : 17\nContre : 0\nAbstentions : 2",
        annexes=(
            annex("cahier", "Cahier des charges", "Annexe", "pdf", "application/pdf", 1_240_000),
            annex("plan", "Plan des façades", "Plan", "png", "image/png", 356_000),
            annex(
                "estimation",
                "Estimation détaillée",
                "Annexe",
                "ods",
                "application/vnd.oasis.opendocument.spreadsheet",
                28_400,
            ),
        ),
    ),
    item(
        PAST_DAY,
        2,
        "Voirie : convention avec ⟦person:1:f⟧ pour l'entretien d'un sentier",
        category="Voirie et mobilité",
        motivation=f"<p>Vu la demande de {token(1, gender='f')}, domiciliée {token(1, 'address')}, du "
        f"3 septembre 2025 ;</p><p>Considérant l'avis favorable remis par {token(2)}, garde "
        "champêtre ;</p>",
        resolutionText="<p>Par 15 voix pour et 4 abstentions, le Conseil <strong>décide</strong> de "
        f"conclure avec {token(1, gender='f')} une convention d'une durée de cinq ans pour l'entretien "
        "du sentier n° 42.</p>",
        votes="Pour : 15\nContre : 0\nAbstentions : 4",
    ),
    item(
        PAST_DAY,
        3,
        "Motion relative au maintien du bureau de poste de Hautebise",
        listType="late",
        category="Motions",
    ),
)
NEXT = meeting(SOON, "convened")
NEXT_ITEMS = (
    item(
        SOON,
        0,
        "Budget communal de l'exercice à venir : approbation",
        stage="draft",
        category="Finances",
    ),
    item(
        SOON,
        1,
        "Règlement complémentaire de circulation : rue d'Hautebise",
        stage="draft",
        category="Voirie et mobilité",
        draftDecision="<p>Le Conseil décide :</p><ol><li>la vitesse est limitée à 30 km/h rue "
        "d'Hautebise ;</li><li>la mesure est matérialisée par des signaux C43.</li></ol>",
    ),
    item(SOON, 2, "Cœur de village : plan d'été", stage="draft", listType="late"),
)
OLD_DAY = date(2024, 5, 27)
OLD = meeting(OLD_DAY, "closed", hour=20)
OLD_ITEMS = (item(OLD_DAY, 0, "Fabrique d'église Saint-Aubin : compte 2023"),)


def corrected(item: wire.Publication, **changes) -> wire.Publication:
    """A decision published again five days later; without ``changes``, with other words in its text."""
    text = item.record.resolutionText.replace("97.650", "97.750").replace("trois", "quatre")
    published = datetime.fromisoformat(item.published) + timedelta(days=5)
    return replace(
        item,
        revision=item.revision + 1,
        published=published.isoformat(),
        record=replace(item.record, **(changes or {"resolutionText": text})),
    )


WITHDRAWN = "2026-01-12T10:00:00+01:00"

ALL = (OLD, *OLD_ITEMS, PAST, *PAST_ITEMS, NEXT, *NEXT_ITEMS)


def address(meeting: wire.Publication, item: wire.Publication | None = None) -> str:
    """The path of a publication below its site."""
    path = f"/{SLUG}/{meeting.record.start[:10]}-{meeting.record.body}"
    return f"{path}/{short_uid(item.uid)}" if item else path
