"""Suggestions for the texts of one item."""

from collective.deliberation.pseudonym.detection import prompts
from collective.deliberation.pseudonym.detection import suggest
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.roster import Roster
from datetime import date
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st


ROSTER = Roster.from_json(
    {
        "mandataires": [
            {"name": "Marc Lambert", "function": "échevin", "from": "2024-12-02", "to": ""},
            {"name": "Christelle Petit", "function": "conseillère communale"},
        ],
        "officiers": [{"name": "Véronique Grandjean", "function": "directrice générale"}],
    }
)
WORDS = st.lists(
    st.sampled_from(
        """M. Mme Monsieur Madame Maître MM. Jean Dupont DUPONT Marie-Louise de d' van den Bossche Van née né à le
        12 mai 1980 12/05/1980 rue avenue du Moulin 14 bte 3 à 4500 Huy, domicilié section A n° 12 B 1-ABC-123
        SA Frères , ; . ( ) \n « » l'Échevin Lambert Petit Conseillère J. A.-C. et - 85.07.30-033.28
        époux X-Y \xa0 \u00ad e\u0301 BE68539007547034 0475/12.34.56 a@b.example Conseil DÉCIDE""".split(
            " "
        )
    ),
    max_size=40,
).map(" ".join)


def found(text, roster=ROSTER):
    return [(s.text, s.category) for s in suggest({"text": text}, roster)]


def people(text, roster=ROSTER):
    return [text for text, category in found(text, roster) if category is Category.PERSON]


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["title", "text"]), st.text() | WORDS, max_size=2))
def test_any_texts_give_suggestions_that_are_where_they_say_and_do_not_overlap(texts):
    suggestions = suggest(texts, ROSTER)
    for suggestion in suggestions:
        assert texts[suggestion.field][suggestion.start : suggestion.end] == suggestion.text != ""
        assert 0 < suggestion.confidence <= 1 and suggestion.reason
    for before, after in zip(suggestions, suggestions[1:], strict=False):
        assert before.field != after.field or before.end <= after.start
    for prompt in prompts(texts):
        assert 0 <= prompt.start < prompt.end <= len(texts[prompt.field])


def test_a_name_after_a_civility_is_suggested_and_an_alderman_is_not():
    text = "Vu la demande de Mme Ayşe Demir ; entendu M. Marc Lambert, Échevin ;"
    assert people(text) == ["Ayşe Demir"]


def test_other_mentions_are_found_in_every_field():
    texts = {"title": "Dossier Demir", "text": "Mme Ayşe Demir. Ayşe et Demir sont entendues."}
    found = [(s.field, s.text) for s in suggest(texts, ROSTER)]
    assert found == [
        ("title", "Demir"),
        ("text", "Ayşe Demir"),
        ("text", "Ayşe"),
        ("text", "Demir"),
    ]


def test_a_homonym_of_a_councillor_is_suggested_and_the_councillor_is_not():
    text = "M. Fabrice Petit, domicilié à Huy. Mme Christelle Petit, Conseillère, sort. M. Petit revient."
    assert people(text) == ["Fabrice Petit", "Petit"]


def test_whoever_left_office_is_a_citizen_unless_the_text_gives_the_function():
    text = "M. Marc Lambert a réclamé. M. Marc Lambert, échevin, était alors en congé."
    assert people(text) == []
    before, after = date(2024, 12, 1), date(2025, 1, 1)
    spans = [
        [(s.start, s.reason) for s in suggest({"text": text}, ROSTER, on)] for on in (before, after)
    ]
    assert spans == [[(3, "civility")], []]


def test_a_woman_of_the_name_of_an_alderman_is_not_him():
    assert people("Mme Lambert réclame. M. Lambert, Échevin, répond.") == ["Lambert"]


def test_a_table_says_by_its_labels_what_its_cells_hold():
    text = "Nom\nPrénom\nNé(e) le\nPETIT\nZvonimira\n02-04-1933\nXhaufl\nOdile\n03-05-1934"
    assert [each for each, _ in found(text)] == [
        "PETIT",
        "Zvonimira",
        "02-04-1933",
        "Xhaufl",
        "Odile",
        "03-05-1934",
    ]


def test_a_date_that_a_national_number_repeats_is_a_birth():
    text = "Dossier du 30 juillet 1985 : 85.07.30-033.28. Décision du 31 juillet 1985."
    assert found(text)[0] == ("30 juillet 1985", Category.BIRTH_DATE) and len(found(text)) == 2


def test_what_an_alderman_keeps_private_is_suggested_without_the_name():
    text = "M. Marc Lambert, Échevin, communique son numéro de registre national (85.07.30-033.28)."
    assert found(text) == [("85.07.30-033.28", Category.NATIONAL_NUMBER)]


def test_soft_hyphens_and_spaced_letters_hide_no_name():
    text = "Madame Véro\u00adnique  D U P O N T habite ici."
    assert people(text) == ["Véro\u00adnique  D U P O N T"]


def test_an_only_child_of_a_school_is_prompted_not_suggested():
    text = "Elle est la seule élève de l'école, et de nationalité belge."
    assert found(text) == []
    assert [(text[p.start : p.end], p.reason) for p in prompts({"text": text})] == [
        ("la seule élève", "only-one"),
        ("de nationalité belge", "nationality"),
    ]
