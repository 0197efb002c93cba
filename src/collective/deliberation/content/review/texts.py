"""What detection reads of an item or a meeting: every text that may leave, as plain text by field."""

from collective.deliberation.content.register import rich_texts
from collective.deliberation.pseudonym import plaintext
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
