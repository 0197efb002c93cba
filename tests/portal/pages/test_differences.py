"""The comparison of two texts: complete, readable, bounded."""

from collective.deliberation.portal.pages import differences
from collective.deliberation.portal.pages.differences import Run
from collective.deliberation.portal.pages.differences import Skipped
from hypothesis import given
from hypothesis import strategies as st


SENTENCES = [
    "Le Conseil décide.",
    "Le Conseil décide de la voirie.",
    "Le Collège décide de la voirie, et du reste.",
    "Vu la loi ;",
    "article 1er",
    "l'article 1er : 97.650,00 €",
]
texts = st.lists(st.sampled_from(SENTENCES), max_size=8)


def sides(found):
    """What the two texts were, without the paragraphs that are skipped."""
    before, after = [], []
    for paragraph in found:
        if not isinstance(paragraph, Skipped):
            before.append("".join(run.text for run in paragraph if run.kind != "added"))
            after.append("".join(run.text for run in paragraph if run.kind != "removed"))
    return [text for text in before if text], [text for text in after if text]


@given(texts, texts)
def test_both_texts_can_be_read_back_from_their_difference(before, after):
    found = list(differences._Comparison().aligned(before, after))
    assert sides(found) == (before, after)
    assert (differences.compare(before, after) == []) == (before == after)


def test_a_new_paragraph_does_not_hide_what_changed_in_the_next():
    found = differences.compare(
        ["Il est décidé de consulter trois entreprises."],
        ["Vu l'urgence.", "Il est décidé de consulter cinq entreprises."],
    )
    assert found[0] == (Run("added", "Vu l'urgence."),)
    assert [run.text for run in found[1] if run.kind != "same"] == ["trois", "cinq"]


def test_unchanged_paragraphs_far_from_a_change_are_counted():
    before = [f"Article {number}" for number in range(30)]
    found = differences.compare(before, [*before[:15], "Tout autre chose", *before[16:]])
    assert (found[0], found[-1]) == (Skipped(14), Skipped(13))


def test_cells_of_a_row_stand_side_by_side():
    html = (
        "<p>Lots :</p><div><table><tbody><tr><th>1</th><td>Stores</td></tr></tbody></table></div>"
    )
    assert differences.paragraphs(html) == ["Lots :", "1 | Stores"]


def test_texts_too_long_to_compare_stand_one_after_the_other_and_whole():
    before = [f"{number} " + "mot autre " * 150 for number in range(2000)]
    after = [f"{number} " + "autre mot mot " * 150 for number in range(2000)]
    for length in (700, 2000):
        found = differences.compare(before[:length], after[:length])
        assert {run.kind for paragraph in found for run in paragraph} == {"added", "removed"}
        assert sides(found) == (before[:length], after[:length])
