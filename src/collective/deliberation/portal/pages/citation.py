"""How to cite an item: one line with who, when, what and where. Pure."""

from collective.deliberation.portal.pages import french
from collective.deliberation.publishing import wire
from datetime import datetime


def citation(
    institution: str,
    meeting: wire.MeetingRecord | None,
    item: wire.ItemRecord,
    title: str,
    published: datetime,
    url: str,
) -> str:
    """``Valbourg, Conseil communal, séance du 17 novembre 2025, point 2, « … », décision publiée le …, https://…``

    :param title: the item's title as it is presented
    """
    quoted = f"«{french.NBSP}{title}{french.NBSP}»"
    stage = "décision publiée" if item.stage == "decision" else "projet de décision publié"
    parts = [institution]
    if meeting is not None:
        parts += [meeting.bodyTitle, f"séance du {french.day(french.moment(meeting.start))}"]
    if item.number:
        parts.append(f"point{french.NBSP}{item.number}")
    parts += [quoted, f"{stage} le {french.day(published)}", url]
    return ", ".join(parts)
