"""Forty canaries: invented people, addresses and numbers that must never be read outside the desk.

Each has one canonical form, the only one that is ever marked, and a needle: letters and digits that occur
nowhere else, so that finding them anywhere is a leak. Numbers have valid checksums; nobody has them.
"""

from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Register
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Canary:
    """``given`` and ``surname`` are empty for what is no person."""

    form: str
    needles: tuple[str, ...]
    category: Category
    gender: str = ""
    given: str = ""
    surname: str = ""

    @property
    def is_person(self) -> bool:
        return self.category is Category.PERSON


_PEOPLE = (
    ("f", "Zéphirine", "Quatrebarbes", "quatrebarbes"),
    ("m", "Jean-Ghislain", "Wautelmans-Picquoy", "wautelmanspicquoy"),
    ("f", "Marie-Noëlle", "d'Hautecourbe", "hautecourbe"),
    ("m", "Oğuz", "Karadenizoğlu", "karadenizoglu"),
    ("m", "Đorđe", "Vukostranović", "vukostranovic"),
    ("f", "Bảo-Trân", "Phạmquỳnh", "phamquynh"),
    ("m", "El Houssaine", "Ben Taghazoutine", "taghazoutine"),
    ("f", "Siobhán", "O'Flanneraghty", "flanneraghty"),
    ("m", "Björn", "Söderquistad", "soderquistad"),
    ("f", "Małgorzata", "Wiśniogrodzka", "wisniogrodzka"),
    ("f", "Xanthippe", "Papadiamandrou", "papadiamandrou"),
    ("m", "Kossivi", "Amégnikpodji", "amegnikpodji"),
    ("f", "Godelieve", "van der Poortenaerde", "poortenaerde"),
    ("f", "İlkay", "Çağlarsözen", "caglarsozen"),
    ("m", "Jürgen", "Weißbrodtmann", "weissbrodtmann"),
    ("f", "Inés", "Ñuñezalba y Robredondo", "nunezalba"),
    ("f", "Fatoumata", "Diawaracissé", "diawaracisse"),
    ("m", "Aurèle", "L'Hoirminier", "hoirminier"),
    ("f", "Guðrún", "Þorvaldsdóttirson", "orvaldsdottirson"),
    ("m", "Ștefan", "Brâncovenicescu", "brancovenicescu"),
)
_OTHERS = (
    (Category.ADDRESS, "rue des Crapaudines 47, 5380 Valbourg", ("crapaudines",)),
    (Category.ADDRESS, "avenue de l'Éperonnière 112 bte 3", ("eperonniere",)),
    (Category.ADDRESS, "chaussée de Grimbiémont 9", ("grimbiemont",)),
    (Category.ADDRESS, "Klapdorpersteenweg 18, 9450 Valburg", ("klapdorpersteenweg",)),
    (Category.ADDRESS, "place du Chardonneux 6/2", ("chardonneux",)),
    (Category.BIRTH_DATE, "12 mars 1953", ("12mars1953", "12031953", "19530312")),
    (Category.BIRTH_DATE, "24 septembre 1987", ("24septembre1987", "24091987", "19870924")),
    (Category.BIRTH_PLACE, "Bütgenveldheim", ("butgenveldheim",)),
    (Category.NATIONAL_NUMBER, "53.03.12-187.05", ("53031218705",)),
    (Category.NATIONAL_NUMBER, "04.11.03-557.28", ("04110355728",)),
    (Category.NATIONAL_NUMBER, "72.28.03-441.13", ("72280344113",)),  # a BIS number
    (Category.ACCOUNT, "BE42 0633 1748 2954", ("063317482954",)),
    (Category.ACCOUNT, "BE83 3630 9182 7415", ("363091827415",)),
    (Category.PHONE, "0470 81 36 52", ("470813652",)),
    (Category.PHONE, "081 63 94 17", ("81639417",)),
    (Category.PHONE, "+32 498 27 05 63", ("498270563",)),
    (Category.EMAIL, "zq.crespinelle@exemple-valbourg.be", ("crespinelle",)),
    (Category.EMAIL, "famille_tournebroche@courrier.example", ("tournebroche",)),
    (Category.PLATE, "1-ZQX-739", ("1zqx739",)),
    (Category.PARCEL, "3e division, section C, n° 412 F 7", ("3edivisionsectioncn412f7",)),
)

CANARIES = (
    *(
        Canary(f"{given} {surname}", (needle,), Category.PERSON, gender, given, surname)
        for gender, given, surname, needle in _PEOPLE
    ),
    *(Canary(form, needles, category) for category, form, needles in _OTHERS),
)
NEEDLES = {needle: canary.form for canary in CANARIES for needle in canary.needles}


def register() -> Register:
    """The register that knows the canonical form of every canary: p1 is the first, p40 the last."""
    made = Register()
    for canary in CANARIES:
        made, _ = made.add(canary.category, canary.form, canary.gender)
    return made


def marked() -> str:
    """Every canary marked once, in its canonical form, with nothing said of its entry but the category."""
    return "".join(
        f'<p>Vu ce qui touche <span data-pm-cat="{canary.category.value}">{canary.form}</span> ;</p>'
        for canary in CANARIES
    )
