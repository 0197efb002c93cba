"""The next meeting of Valbourg's council: drafts on their way, in every state."""

from collective.deliberation.demo.samples import mark
from collective.deliberation.demo.samples import paragraphs
from collective.deliberation.demo.samples import SampleAnnex
from collective.deliberation.demo.samples import SampleItem
from collective.deliberation.demo.samples import SampleMeeting


_SEEN = "Plan regardé à l'écran : il ne nomme personne."
_TREASURER = mark("p1", "person", "Ghislaine Tilquin")
_BARMAN = mark("p1", "person", "Firmin Collard")
_WORKER = mark("p1", "person", "Étienne Wéry")

MEETING = SampleMeeting(
    body="conseil",
    weekday=3,
    weeks=3,
    hour=19,
    location="Maison communale, salle du conseil",
    state="convened",
    attendance="",
    items=(
        SampleItem(
            title="Règlement-taxe sur les immeubles bâtis inoccupés – Exercices 2027 à 2031",
            category="Finances et taxes",
            state="approved",
            representatives=("Rodolphe Tasiaux, premier échevin",),
            motivation=paragraphs("""
                Vu les articles 41, 162, 170, § 4, et 173 de la Constitution ;
                Vu les articles L1122-30 et L1133-1 à L1133-3 du Code de la démocratie locale et de la
                décentralisation ;
                Considérant que des immeubles laissés à l'abandon nuisent à la sécurité et à l'image des quartiers,
                alors que la demande de logements reste forte ;
                Vu l'avis favorable de la directrice financière ;
            """),
            draft=paragraphs("""
                Article 1er – Il est établi, pour les exercices 2027 à 2031, une taxe communale annuelle sur les
                immeubles bâtis inoccupés ou délabrés.
                Article 2 – La taxe est fixée à 150 euros par mètre courant de façade lors du premier constat, à
                200 euros lors du deuxième et à 250 euros à partir du troisième.
                Article 3 – Est exonéré l'immeuble dont le propriétaire prouve que l'inoccupation est indépendante
                de sa volonté.
                Article 4 – Le présent règlement entre en vigueur après accomplissement des formalités de
                publication.
            """),
            annexes=(
                SampleAnnex(
                    "Note de synthèse explicative",
                    "explanatory-note",
                    "odt",
                    (
                        "Note de synthèse explicative",
                        "La taxe vise 63 immeubles recensés en 2026.",
                        "Recette attendue la première année : 58 000 euros.",
                    ),
                ),
                SampleAnnex(
                    "Projet de règlement",
                    "regulation",
                    "pdf",
                    (
                        "COMMUNE DE VALBOURG",
                        "Projet de règlement-taxe",
                        "Immeubles bâtis inoccupés",
                    ),
                ),
            ),
        ),
        SampleItem(
            title="Marché public de travaux – Réfection de la rue du Moulin – Conditions et mode de passation",
            category="Marchés publics",
            state="approved",
            representatives=("Corentin Lambillon, échevin",),
            motivation=paragraphs("""
                Vu la loi du 17 juin 2016 relative aux marchés publics ;
                Considérant le cahier des charges n° 2026-041 établi par le service des travaux ;
                Considérant que le montant estimé du marché s'élève à 412 500 euros hors TVA ;
            """),
            draft=paragraphs("""
                Article 1er – Le cahier des charges n° 2026-041 et le montant estimé du marché sont approuvés.
                Article 2 – Le marché est passé par procédure ouverte.
                Article 3 – La dépense est inscrite au service extraordinaire du budget 2027, article 421/731-60.
            """),
            annexes=(
                SampleAnnex("Plan de la rue du Moulin", "plan", "png", ("Plan",), reason=_SEEN),
            ),
        ),
        SampleItem(
            title="Subvention en numéraire à l'ASBL Les Archers de la Mehaigne",
            category="Cohésion sociale et sports",
            state="approved",
            representatives=("Mathilde Brichart, échevine",),
            motivation=paragraphs(f"""
                Vu les articles L3331-1 à L3331-8 du Code de la démocratie locale et de la décentralisation ;
                Considérant la demande introduite par Madame {_TREASURER}, trésorière, joignable au
                {mark("p2", "phone", "0470 00 12 34")}, pour l'achat de cibles et l'organisation d'un tournoi ;
                Considérant que l'association accueille 84 membres, dont 31 jeunes de moins de dix-huit ans ;
            """),
            draft=paragraphs(f"""
                Article 1er – Une subvention de 1 500 euros est octroyée à l'ASBL Les Archers de la Mehaigne.
                Article 2 – Elle est versée au compte {mark("p3", "account", "BE68 5390 0754 7034")}.
                Article 3 – Madame {_TREASURER} transmet les factures acquittées avant le 30 juin 2027.
            """),
        ),
        SampleItem(
            title="École communale du Centre – Réparation urgente de la toiture",
            category="Enseignement",
            state="approved",
            late=True,
            representatives=("Béatrice Hanquet, bourgmestre",),
            motivation=paragraphs("""
                Vu l'article L1122-24 du Code de la démocratie locale et de la décentralisation ;
                Considérant l'urgence : la tempête a arraché une partie de la toiture et deux classes sont fermées ;
            """),
            draft=paragraphs("""
                Article unique – La dépense de 18 340 euros engagée en urgence par le collège est admise.
            """),
        ),
        SampleItem(
            title="Occupation du domaine public – Terrasse de Firmin Collard, Grand-Place",
            category="Travaux et voirie",
            state="proposed",
            representatives=("Corentin Lambillon, échevin",),
            motivation=paragraphs(f"""
                Considérant la demande de Monsieur {_BARMAN}, exploitant, domicilié
                {mark("p2", "address", "Grand-Place 9")}, qui souhaite placer une terrasse de 24 mètres carrés ;
            """),
            draft=paragraphs(f"""
                Article unique – Monsieur {_BARMAN} est autorisé à occuper le domaine public du 1er avril au
                31 octobre 2027.
            """),
            annexes=(
                SampleAnnex("Croquis de la terrasse", "plan", "png", ("Croquis",), publish=False),
            ),
        ),
        SampleItem(
            title="Règlement complémentaire de circulation – Zone 30 autour de l'école du Centre",
            category="Mobilité",
            state="draft",
            motivation=paragraphs("""
                Vu la loi relative à la police de la circulation routière, coordonnée le 16 mars 1968 ;
            """),
            draft="",
        ),
        SampleItem(
            title="Patrimoine – Vente de gré à gré d'un excédent de voirie",
            category="Patrimoine",
            state="withdrawn",
            reason="L'estimation du Comité d'acquisition n'est pas encore parvenue à la commune.",
            motivation=paragraphs("""
                Considérant que l'excédent de voirie de 82 centiares n'a plus d'utilité pour la commune ;
            """),
            draft=paragraphs("Article unique – Le principe de la vente est approuvé."),
        ),
        SampleItem(
            title="Personnel communal – Démission d'Étienne Wéry – Acceptation",
            category="Personnel",
            state="approved",
            public=False,
            motivation=paragraphs(f"""
                Considérant la lettre par laquelle Monsieur {_WORKER}, ouvrier qualifié, présente sa démission ;
            """),
            draft=paragraphs(f"""
                Article unique – La démission de Monsieur {_WORKER} est acceptée.
            """),
        ),
    ),
)
