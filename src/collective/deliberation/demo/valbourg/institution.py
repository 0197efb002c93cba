"""Valbourg itself: what an administrator would type in its form."""

BODIES = ("conseil|Conseil communal", "college|Collège communal")
CATEGORIES = (
    "Secrétariat",
    "Finances et taxes",
    "Marchés publics",
    "Travaux et voirie",
    "Mobilité",
    "Cimetières",
    "Cohésion sociale et sports",
    "Enseignement",
    "Personnel",
    "Patrimoine",
)
REPRESENTATIVES = (
    "Béatrice Hanquet, bourgmestre",
    "Rodolphe Tasiaux, premier échevin",
    "Mathilde Brichart, échevine",
    "Corentin Lambillon, échevin",
    "Yasmine Ouaziz, présidente du CPAS",
    "Gaston Pirmez, conseiller communal",
    "Ludivine Servotte, conseillère communale",
)
ROSTER = (
    ("Béatrice Hanquet", "bourgmestre", "representative"),
    ("Rodolphe Tasiaux", "premier échevin", "representative"),
    ("Mathilde Brichart", "échevine", "representative"),
    ("Corentin Lambillon", "échevin", "representative"),
    ("Yasmine Ouaziz", "présidente du CPAS", "representative"),
    ("Gaston Pirmez", "conseiller communal", "representative"),
    ("Ludivine Servotte", "conseillère communale", "representative"),
    ("Armand Noiret", "directeur général", "official"),
)
FIELDS = {
    "roster": tuple(
        {"name": name, "function": function, "kind": kind, "from": "2024-12-02", "to": ""}
        for name, function, kind in ROSTER
    ),
    "kind": "commune",
    "nisCode": "92999",
    "population": 8412,
    "website": "https://www.valbourg.example",
    "email": "administration@valbourg.example",
    "phone": "+32 81 00 00 00",
    "address": "Grand-Place 1\n5999 Valbourg",
    "coordinates": "50.3012, 5.0964",
    "bodies": BODIES,
    "categories": CATEGORIES,
    "representatives": REPRESENTATIVES,
    "portalInstitution": "valbourg",
    "pseudonymPolicy": "letter",
}
ATTENDANCE = """
<p><strong>Présents :</strong> Béatrice Hanquet, bourgmestre-présidente ; Rodolphe Tasiaux, Mathilde Brichart et
Corentin Lambillon, échevins ; Yasmine Ouaziz, présidente du CPAS ; Gaston Pirmez et Ludivine Servotte, conseillers
communaux ; Armand Noiret, directeur général.</p>
"""
