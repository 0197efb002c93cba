"""What detection reads of an item or a meeting: every text that may leave, as plain text by field."""

from collections.abc import Mapping
from collective.deliberation.content.register import rich_texts
from collective.deliberation.pseudonym import plaintext
from collective.deliberation.pseudonym.detection.layout import laid_out
from collective.deliberation.pseudonym.detection.layout import Table
from collective.deliberation.pseudonym.fragment import Withheld


PLAIN = {"Item": ("title", "votes"), "Meeting": ("location",)}
ANNEX = "annex-"  # and its id


def texts_of(content) -> dict[str, str]:
    """Plain texts by field, in the order of their reading: ``title``, rich texts, ``annex-{id}``.

    A rich text that can't be read whole is left out: the checklist says so, and it is withheld.
    """
    plain = {name: getattr(content, name, None) or "" for name in PLAIN[content.portal_type]}
    found = {"title": plain.pop("title")} if "title" in plain else {}
    for name, value in rich_texts(content).items():
        try:
            found[name] = plaintext.plain(value.raw)
        except Withheld:
            continue
    found.update(plain)
    for annex in content.objectValues():
        if annex.portal_type == "Annex":
            found[f"{ANNEX}{annex.getId()}"] = annex.title or ""
    return {name: text for name, text in found.items() if text.strip()}


def tables_of(content, texts: Mapping[str, str]) -> dict[str, tuple[Table, ...]]:
    """The tables of the rich texts whose plain texts these are, by field; only of those that have any."""
    found = {}
    for name, value in rich_texts(content).items():
        if name in texts and "<table" in value.raw.lower():
            text, tables = laid_out(value.raw)
            if text == texts[name]:
                found[name] = tables
    return found
