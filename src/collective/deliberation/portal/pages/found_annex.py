"""The annex of an item in which the words of a search stand, and where in it."""

from collections.abc import Set
from collective.deliberation.portal import files
from collective.deliberation.portal.pages import excerpt
from collective.deliberation.portal.pages.annexes import annex_links
from collective.deliberation.portal.pages.annexes import AnnexLink
from collective.deliberation.portal.pages.presented import plain
from collective.deliberation.portal.search import words
from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True, slots=True)
class FoundAnnex:
    link: AnnexLink
    title: tuple[excerpt.Part, ...]
    excerpt: tuple[excerpt.Part, ...]  # empty when the words are in its title only


def found_annex(institution, item, policy, asked: Set[str]) -> FoundAnnex | None:
    """The annex with most of the words asked for; ``None`` when they are in none."""
    best = None
    records = item.publication.record.annexes
    links = annex_links(records, item.absolute_url(), lambda text: plain(text, policy))
    for record, link in zip(records, links, strict=True):
        text = files.words(institution, record.sha256)[: excerpt.SEARCHED]
        in_text = {stem for stem, *_place in islice(words.hits(text, asked), 500)}
        in_title = {stem for stem, *_place in words.hits(link.title, asked)}
        rank = (len(in_text | in_title), len(in_text))
        if rank[0] and (best is None or rank > best[0]):
            best = (rank, link, text if in_text else "")
    if best is None:
        return None
    _rank, link, text = best
    return FoundAnnex(
        link, excerpt.mark(link.title, asked), excerpt.excerpt(text, asked) if text else ()
    )
