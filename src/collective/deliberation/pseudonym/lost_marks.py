"""Find marks that a new version of a text has lost while it kept what they covered."""

from collections import Counter
from collective.deliberation.pseudonym import fragment
from collective.deliberation.pseudonym import marks
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Register


def lost_marks(before: str, after: str) -> tuple[marks.Mark, ...]:
    """The marks of ``before`` whose words stand in ``after`` in more places without a mark than before.

    A mark that is gone with its words is not lost.

    :raises Withheld: when a text can't be read whole.
    """
    kept = Counter(mark.id for mark in marks.marks(after))
    had = Counter(mark.id for mark in marks.marks(before))
    bare_before, bare_after = _unmarked(before), _unmarked(after)
    return tuple(
        mark
        for mark in marks.marks(before)
        if kept[mark.id] < had[mark.id]
        and _count(mark.text, bare_after) > _count(mark.text, bare_before)
    )


def _unmarked(html: str) -> str:
    """What can be read outside of marks."""
    body = fragment.parse(html)
    for element in list(body.iter()):
        if marks.is_mark(element) and element.getparent() is not None:
            fragment.remove(element)
    return fragment.reading_text(body)


def _count(form: str, text: str) -> int:
    register, _ = Register().add(Category.OTHER, form)
    return len(matcher(register).find(text))
