"""What a clerk reads about the files of annexes: places, kinds of metadata, reasons. Never what they say."""

from collections.abc import Iterable
from collective.deliberation import _
from collective.deliberation.pseudonym.files.findings import FileHit
from collective.deliberation.pseudonym.files.passages import MAX_FILE
from collective.deliberation.pseudonym.files.passages import MAX_HELD
from collective.deliberation.pseudonym.files.passages import MAX_PAGES
from typing import Any
from zope.i18n import translate


KINDS = {
    "page": _("annex_kind_page", default="text of a page"),
    "text": _("annex_kind_text", default="text"),
    "header": _("annex_kind_header", default="header or footer"),
    "note": _("annex_kind_note", default="note"),
    "outline": _("annex_kind_outline", default="bookmark"),
    "form": _("annex_kind_form", default="form field"),
    "link": _("annex_kind_link", default="link"),
    "hidden": _("annex_kind_hidden", default="hidden in the file"),
    "comment": _("annex_kind_comment", default="comment"),
    "change": _("annex_kind_change", default="tracked change"),
    "metadata": _("annex_kind_metadata", default="metadata"),
    "embedded": _("annex_kind_embedded", default="file or picture within"),
}
TRACES = {
    "title": _("annex_trace_title", default="title"),
    "author": _("annex_trace_author", default="author"),
    "subject": _("annex_trace_subject", default="subject"),
    "keywords": _("annex_trace_keywords", default="keywords"),
    "software": _("annex_trace_software", default="software"),
    "dates": _("annex_trace_dates", default="dates"),
    "metadata": _("annex_trace_metadata", default="other properties"),
    "properties": _("annex_trace_properties", default="properties of the document"),
    "xmp": _("annex_trace_xmp", default="XMP metadata"),
    "exif": _("annex_trace_exif", default="data of the camera (EXIF)"),
    "place": _("annex_trace_place", default="place where the picture was taken (GPS)"),
    "iptc": _("annex_trace_iptc", default="caption and rights (IPTC)"),
    "comment": _("annex_trace_comment", default="texts in the picture's file"),
    "comments": _("annex_trace_comments", default="comments"),
    "changes": _("annex_trace_changes", default="tracked changes"),
    "attachments": _("annex_trace_attachments", default="files within"),
    "scripts": _("annex_trace_scripts", default="scripts"),
    "colours": _("annex_trace_colours", default="colour profile (kept)"),
}
UNREADABLE = {
    "encrypted": _(
        "annex_unreadable_encrypted",
        default="The file is protected by a password. Save it without one and replace it.",
    ),
    "corrupt": _(
        "annex_unreadable_corrupt",
        default="The file is damaged, or not what its name says. Export it again and replace it.",
    ),
    "too-large": _(
        "annex_unreadable_large",
        default="The file is too large to be read here: a PDF may have ${pdf} MB and ${pages} pages, another file "
        "${other} MB. Split it, or export it in a smaller form.",
        mapping={
            "pdf": str(MAX_FILE >> 20),
            "pages": str(MAX_PAGES),
            "other": str(MAX_HELD >> 20),
        },
    ),
    "too-slow": _(
        "annex_unreadable_slow",
        default="Searching the file took too long. Split it, or export it in a simpler form.",
    ),
    "unknown": _(
        "annex_unreadable_unknown",
        default="This kind of file can't be searched or cleaned here. Export it as PDF.",
    ),
}
_PLACE_ON_PAGE = _("annex_place_page", default="page ${page}")
_MOST = 8  # places named in one message


def kind(hit: FileHit) -> Any:
    return KINDS[hit.kind]


def place(hit: FileHit) -> Any:
    """Where a hit is: a page, or the kind of place."""
    if hit.kind == "page" and hit.page:
        return _("annex_place_page", default="page ${page}", mapping={"page": str(hit.page)})
    return KINDS[hit.kind]


def places(hits: Iterable[FileHit]) -> str:
    """The places of hits, each once, in French: messages of jobs are kept as they are."""
    found = list(dict.fromkeys(translate(place(hit), target_language="fr") for hit in hits))
    return ", ".join((*found[:_MOST], "…") if len(found) > _MOST else found)


def still_there(hits: Iterable[FileHit]) -> Any:
    return _(
        "annex_still_there",
        default="Personal data of the list can still be read in this file: ${places}.",
        mapping={"places": places(hits)},
    )


def not_cleaned(reason: str) -> Any:
    """Why a file can't be published."""
    return _(
        "annex_not_cleaned",
        default="Its metadata can't be removed, so it can't be published. ${why}",
        mapping={"why": translate(UNREADABLE[reason], target_language="fr")},
    )
