"""The texts of an item with every suggestion and everything hidden highlighted, for the review screen."""

from collections.abc import Iterable
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import rich_texts
from collective.deliberation.content.review.texts import ANNEX
from collective.deliberation.content.review.texts import texts_of
from collective.deliberation.pseudonym import highlight
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.highlight import Highlight
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.review import Group


def highlighted(content, groups: Iterable[Group]) -> dict[str, str]:
    """HTML by field, as ``public_rendering.public_texts`` names them (an annex by its id)."""
    texts = texts_of(content)
    match = matcher(register_of(content))
    places: dict[str, list[Highlight]] = {name: [] for name in texts}
    proposed = set()
    for group in groups:
        for place in group.places:
            classes = f"review-place review-{group.state} review-key-{group.key}"
            hits = match.find(texts[place.field][place.start : place.end])
            classes += "".join(f" review-entry-{id}" for id in sorted({h.entry.id for h in hits}))
            places[place.field].append(Highlight(place.start, place.end, classes))
            proposed.add(place)
    for name, text in texts.items():
        for hit in match.find(text):
            if not any(
                place.field == name and place.start < hit.end and hit.start < place.end
                for place in proposed
            ):
                classes = f"review-place review-accepted review-entry-{hit.entry.id}"
                places[name].append(Highlight(hit.start, hit.end, classes))
    rich = rich_texts(content)
    shown = {}
    for name, text in texts.items():
        try:
            if name in rich:
                shown[name] = highlight.rich_text(rich[name].raw, places[name])
            else:
                shown[name.removeprefix(ANNEX)] = highlight.plain_text(text, places[name])
        except Withheld:
            continue
    return shown
