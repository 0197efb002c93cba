"""An item's history with what changed, how it is cited, and the ways to ask the institution."""

import lxml.html
import published_samples as samples
import pytest
import transaction
from urllib.parse import parse_qs
from urllib.parse import urlsplit


DECISION = samples.PAST_ITEMS[1]
ADDRESS = samples.address(samples.PAST, DECISION)
CHANGES = f"{ADDRESS}/modifications"


def tree_of(answer):
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.text)


def text_of(node):
    return " ".join(node.text_content().split())


def mails(site, address=ADDRESS):
    links = tree_of(site.get(address)).cssselect('.ask a[href^="mailto:"]')
    return {text_of(link): urlsplit(link.get("href")) for link in links}


# What changed


def test_a_correction_says_when_and_shows_what_changed_word_by_word(site):
    site.publish(samples.corrected(DECISION))
    page = tree_of(site.get(ADDRESS))
    assert "publiée le 20 novembre 2025, corrigée le 25 novembre 2025." in text_of(
        page.cssselect(".notice.decision")[0]
    )
    (link,) = page.cssselect(".history a")
    changes = tree_of(site.get(link.get("href").removeprefix(site.base)))
    assert [node.text_content() for node in changes.cssselect(".compared del")] == [
        "97.650,00",
        "trois",
    ]
    assert [node.text_content() for node in changes.cssselect(".compared ins")] == [
        "97.750,00",
        "quatre",
    ]
    assert "Vu la loi" not in text_of(changes)  # the reasons are the same


def test_a_decision_is_compared_with_its_draft(site):
    draft = samples.NEXT_ITEMS[1]
    site.publish(
        samples.corrected(
            draft,
            stage="decision",
            resolutionText="<p>Le Conseil décide :</p><ol><li>la vitesse est limitée à 50 km/h rue "
            "d'Hautebise ;</li><li>la mesure est matérialisée par des signaux C43.</li></ol>",
        )
    )
    changes = tree_of(site.get(f"{samples.address(samples.NEXT, draft)}/modifications"))
    assert "De « Projet de décision publié »" in text_of(changes)
    assert [node.text_content() for node in changes.cssselect("del, ins")][-2:] == ["30", "50"]


def test_each_correction_has_its_own_address_and_nonsense_shows_the_last(site):
    second = samples.corrected(DECISION)
    site.publish(second)
    site.publish(samples.corrected(second, votes="Pour : 18\nContre : 0\nAbstentions : 1"))
    last = text_of(tree_of(site.get(f"{CHANGES}?revision=3")))
    assert "Pour : 1718" in last and "97.750" not in last
    assert "97.750" in text_of(tree_of(site.get(f"{CHANGES}?revision=2")))
    for nonsense in ("1", "99", "x", "2&revision=3"):
        assert text_of(tree_of(site.get(f"{CHANGES}?revision={nonsense}"))) == last, nonsense


def test_a_text_published_once_has_no_changes_and_says_so(site):
    assert tree_of(site.get(ADDRESS)).cssselect(".history a") == []
    assert "n'a pas changé depuis" in text_of(tree_of(site.get(CHANGES)))


def test_names_are_masked_in_what_changed_and_no_robot_keeps_it(site):
    item = samples.PAST_ITEMS[2]
    text = item.record.resolutionText.replace("cinq ans", f"dix ans, avec {samples.token(3)}")
    site.publish(samples.corrected(item, resolutionText=text))
    answer = site.get(f"{samples.address(samples.PAST, item)}/modifications")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    added = " ".join(node.text_content() for node in tree_of(answer).cssselect("ins"))
    assert ", avec Personne" in added
    assert "⟦" not in answer.text and "pm-token" not in answer.text


def test_what_changed_in_a_withdrawn_item_is_withdrawn_with_it(site):
    second = samples.corrected(DECISION)
    site.publish(second)
    site.withdraw(second, "Erreur")
    answer = site.get(CHANGES)
    assert answer.status_code == 410 and "97.650" not in answer.text


# Citing


def test_a_decision_is_cited_with_who_when_what_and_where(site):
    page = tree_of(site.get(ADDRESS))
    (details,) = page.xpath("//details[contains(summary, 'Citer cette décision')]")
    assert text_of(details.find("p")) == (
        "Valbourg, Conseil communal, séance du 17 novembre 2025, point 2, « École communale du Tilleul : "
        "remplacement des châssis, conditions et mode de passation », décision publiée le "
        f"20 novembre 2025, {site.base}{ADDRESS}"
    )


# Asking


def test_a_reader_can_ask_for_a_document_report_a_missing_one_and_personal_data(site):
    found = mails(site)
    assert len(found) == 3
    for mail in found.values():
        assert mail.path == "secretariat@valbourg.example"
        asked = parse_qs(mail.query, strict_parsing=True)
        assert asked["subject"][0].strip()
        assert f"{site.base}{ADDRESS}" in asked["body"][0]
    text = text_of(tree_of(site.get(ADDRESS)).cssselect(".ask")[0])
    assert "Place de la Halle 1, 5999 Valbourg, Téléphone : +32 81 00 00 00" in text


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ("address", "ne donne pas d'adresse de courriel ici : téléphonez-lui ou écrivez-lui"),
        ("", "Adressez-vous à sa direction générale"),
    ],
)
def test_an_institution_without_mail_says_what_to_do(site, left, words):
    for name in {"email", "phone", "address"} - {left}:
        setattr(site.institution, name, None)
    transaction.commit()
    assert mails(site) == {}
    assert words in text_of(tree_of(site.get(ADDRESS)).cssselect(".ask")[0])
