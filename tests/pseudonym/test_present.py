"""Present: tokens become French that reads well, whatever the policy."""

import pytest
import re
from collective.deliberation.pseudonym.neutralise import plain_text as neutral_plain
from collective.deliberation.pseudonym.neutralise import rich_text as neutral_rich
from collective.deliberation.pseudonym.present import letters
from collective.deliberation.pseudonym.present import plain_text
from collective.deliberation.pseudonym.present import Policy
from collective.deliberation.pseudonym.present import rich_text
from collective.deliberation.pseudonym.register import Register


def _register():
    register, _ = Register().add("person", "Oscar Lemmens", "m")
    register, _ = register.add("person", "Yvette Adam", "f")
    register, _ = register.add("person", "Sacha Hubert")
    for category, form in [
        ("address", "avenue Émile 3"),
        ("address", "impasse Close 9"),
        ("birth-date", "11 août 1970"),
        ("birth-place", "Arlon"),
        ("national-number", "85.07.30-033.28"),
        ("account", "BE68 5390 0754 7034"),
        ("phone", "0475/12.34.56"),
        ("e-mail", "yvette@example.org"),
        ("plate", "1-ABC-234"),
        ("parcel", "Section A, n° 123 b 4"),
        ("other", "asthmatique"),
    ]:
        register, _ = register.add(category, form)
    return register


REGISTER = _register()
LETTER, CIVILITY = Policy("letter"), Policy("civility")
BRACKET = Policy("bracket")

SENTENCES = [
    (
        LETTER,
        "La demande d’Oscar Lemmens est recevable.",
        "La demande de Personne A est recevable.",
    ),
    (LETTER, "La demande d'Yvette Adam.", "La demande de Personne B."),
    (LETTER, "la demande de Sacha Hubert", "la demande de Personne C"),
    (LETTER, "Considérant qu’Yvette Adam habite", "Considérant que Personne B habite"),
    (LETTER, "QU’YVETTE ADAM", "QUE Personne B"),
    (LETTER, "Qu'Oscar Lemmens signe", "Que Personne A signe"),
    (LETTER, "D’Oscar Lemmens à Yvette Adam", "De Personne A à Personne B"),
    (LETTER, "lorsqu’Oscar Lemmens vient", "lorsque Personne A vient"),
    (LETTER, "puisqu'Yvette Adam", "puisque Personne B"),
    (LETTER, "jusqu’Oscar Lemmens", "jusque Personne A"),
    (LETTER, "l’épouse d’Oscar Lemmens", "l’épouse de Personne A"),
    (LETTER, "l’Oscar Lemmens d’Yvette Adam", "Personne A de Personne B"),
    (LETTER, "Oscar Lemmens et Yvette Adam", "Personne A et Personne B"),
    (LETTER, "LEMMENS Oscar, ADAM Yvette", "Personne A, Personne B"),
    (LETTER, "à O. Lemmens", "à Personne A"),
    (LETTER, "s’il appartient à Oscar Lemmens", "s’il appartient à Personne A"),
    (LETTER, "aujourd’hui Oscar Lemmens", "aujourd’hui Personne A"),
    (LETTER, "Madame Adam, d’Arlon", "Personne B, de [lieu de naissance]"),
    (CIVILITY, "La demande d’Oscar Lemmens.", "La demande de Monsieur A."),
    (CIVILITY, "Yvette Adam est nommée.", "Madame B. est nommée."),
    (CIVILITY, "Sacha Hubert est là", "Personne C est là"),
    (CIVILITY, "d’Yvette Adam et de Sacha Hubert", "de Madame B. et de Personne C"),
    (CIVILITY, "Maître Oscar Lemmens", "Maître A."),
    (CIVILITY, "Monsieur le requérant Oscar Lemmens,", "Monsieur le requérant Monsieur A.,"),
    (CIVILITY, "qu’Yvette Adam…", "que Madame B.…"),
    (BRACKET, "d’Oscar Lemmens et Yvette Adam", "de [personne] et [personne 2]"),
    (BRACKET, "l’Oscar Lemmens", "la [personne]"),
    (LETTER, "domicilié avenue Émile 3", "domicilié [adresse]"),
    (LETTER, "l’avenue Émile 3 et l’impasse Close 9", "l’[adresse] et l’[adresse 2]"),
    (LETTER, "né le 11 août 1970 à Arlon", "né le [date de naissance] à [lieu de naissance]"),
    (LETTER, "numéro 85.07.30-033.28", "numéro [numéro national]"),
    (LETTER, "sur le compte BE68 5390 0754 7034", "sur le compte [compte]"),
    (LETTER, "au 0475/12.34.56", "au [téléphone]"),
    (LETTER, "l’yvette@example.org", "l’[e-mail]"),
    (LETTER, "le véhicule 1-ABC-234", "le véhicule [plaque]"),
    (LETTER, "la Section A, n° 123 b 4", "la [parcelle]"),
    (LETTER, "qu’asthmatique, l’enfant", "que [donnée personnelle], l’enfant"),
]


@pytest.mark.parametrize(("policy", "source", "expected"), SENTENCES)
def test_a_plain_sentence_stays_french(policy, source, expected):
    assert plain_text(neutral_plain(source, REGISTER), policy) == expected


@pytest.mark.parametrize(("policy", "source", "expected"), SENTENCES)
def test_an_html_sentence_stays_french(policy, source, expected):
    html = rich_text(neutral_rich(f"<p>{source}</p>", REGISTER), policy)
    assert re.sub("<[^>]*>", "", html) == expected
    assert '<span class="pm-pseudonym">' in html


def test_grammar_reaches_across_tags():
    neutral = neutral_rich("<p>la maison d’<b>Oscar Lemmens</b>.</p>", REGISTER)
    assert rich_text(neutral) == (
        '<p>la maison de <b><span class="pm-pseudonym">Personne A</span></b>.</p>'
    )


def test_a_civility_in_the_text_is_not_said_twice():
    neutral = neutral_plain("Monsieur ⟦⟧", REGISTER).replace("[]", "⟦person:1:m⟧")
    assert plain_text(neutral, CIVILITY) == "Monsieur A."


def test_a_sentence_ends_with_one_full_stop():
    neutral = neutral_rich("<p><b>Oscar Lemmens</b>. Suite</p>", REGISTER)
    assert ">Monsieur A</span></b>. Suite" in rich_text(neutral, CIVILITY)


def test_a_bar_has_a_text_for_those_who_do_not_see_it():
    neutral = neutral_rich("d’Oscar Lemmens, impasse Close 9", REGISTER)
    assert rich_text(neutral, Policy("bar", "bar")) == (
        'de <span class="pm-pseudonym pm-bar"><span class="pm-bar-text">personne A</span></span>, '
        '<span class="pm-pseudonym pm-bar"><span class="pm-bar-text">adresse 2</span></span>'
    )
    plain = neutral_plain("d’Oscar Lemmens, impasse Close 9", REGISTER)
    assert plain_text(plain, Policy("bar", "bar")) == "de [personne], [adresse 2]"


def test_an_empty_mark_of_iadelib_is_a_personal_datum():
    neutral = neutral_rich('né à <span class="pm-anonymize"></span>', Register())
    assert rich_text(neutral) == 'né à <span class="pm-pseudonym">[donnée personnelle]</span>'


def test_letters_go_on_after_z():
    assert [letters(n) for n in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]


def test_what_is_no_token_is_left_as_it_is():
    assert plain_text("⟦x⟧ ⟦person:x:⟧") == "⟦x⟧ ⟦person:x:⟧"
    assert rich_text('<span class="pm-token">x</span>') == '<span class="pm-token">x</span>'


@pytest.mark.parametrize("arguments", [("initials", "bracket"), ("letter", "letter")])
def test_an_unknown_policy_is_refused(arguments):
    with pytest.raises(ValueError, match="must be"):
        Policy(*arguments)
