"""In which order results come: by tiers of how much the words asked for say of a document. Pure.

A score would have to be computed for each of the documents found, so a frequent word would cost more the more
is published. Tiers are intersections of bitmaps: all words in the title; all in the title or often in
the text; all in the text with one in the title; all in the text; some only in an annex. Within a tier the
latest comes first.
"""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from collective.deliberation.portal.search import bits
from collective.deliberation.portal.search.postings import ANNEX
from collective.deliberation.portal.search.postings import OFTEN
from collective.deliberation.portal.search.postings import TEXT
from collective.deliberation.portal.search.postings import TITLE


def tiers(found: Sequence[dict[str, int]], among: int) -> tuple[int, ...]:
    """The documents that hold all stems, best tier first, none of them twice.

    :param found: for each stem its documents by zone
    :param among: the documents that may be shown
    """
    if not found:
        return (among,)
    titled = often = written = anywhere = among
    one_titled = 0
    for zone in found:
        titled &= zone[TITLE]
        often &= zone[TITLE] | zone[OFTEN]
        written &= zone[TITLE] | zone[OFTEN] | zone[TEXT]
        anywhere &= zone[TITLE] | zone[OFTEN] | zone[TEXT] | zone[ANNEX]
        one_titled |= zone[TITLE]
    answer = []
    seen = 0
    for tier in (titled, often, written & one_titled, written, anywhere):
        answer.append(tier & ~seen)
        seen |= tier
    return tuple(answer)


def window(
    tiers: Sequence[int],
    months: Sequence[int],
    order: Callable[[int], tuple],
    start: int,
    size: int,
) -> list[int]:
    """The slots of one page of results.

    :param months: the documents of each month, latest month first
    :param order: sort key of a slot within its month
    """
    return list(_window(tiers, months, order, start, start + size))


def _window(tiers, months, order, start: int, end: int) -> Iterator[int]:
    place = 0  # how many come before what is looked at
    for tier in tiers:
        count = tier.bit_count()
        if place + count <= start:
            place += count
            continue
        for month in months:
            if place >= end:
                return
            part = tier & month
            count = part.bit_count()
            if count and place + count > start:
                ordered = sorted(bits.members(part), key=order)
                yield from ordered[max(0, start - place) : end - place]
            place += count
