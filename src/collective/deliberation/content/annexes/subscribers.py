"""When a file or the register changes: search at once what is quick, leave the rest for later."""

from collective.deliberation.content.annexes import analyses
from collective.deliberation.content.annexes import public


def annex_changed(annex, event) -> None:
    analyses.search(annex, analyses.AT_ONCE)


def holder_changed(holder, event) -> None:
    """Its register may know more now. Annexes that are slow to search wait for a human or a delivery."""
    for annex in holder.objectValues():
        if annex.portal_type != "Annex":
            continue
        if analyses.search(annex, analyses.AT_ONCE) is None:
            return
        public.refresh(annex)
