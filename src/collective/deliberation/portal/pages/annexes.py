"""Annexes as links that say what one gets: title, kind of file, size."""

from collections.abc import Callable
from collections.abc import Iterable
from collective.deliberation.content.addresses import short_uid
from collective.deliberation.portal.annexes import INLINE
from collective.deliberation.portal.pages import french
from collective.deliberation.publishing import wire
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnnexLink:
    url: str
    title: str
    category: str
    kind: str  # PDF, ODT…
    size: str
    mime_type: str

    @property
    def opens(self) -> bool:
        """Whether a browser shows it by itself."""
        return self.mime_type in INLINE

    @property
    def is_image(self) -> bool:
        return self.opens and self.mime_type.startswith("image/")


def annex_links(
    annexes: Iterable[wire.AnnexRecord], url: str, plain: Callable[[str], str]
) -> list[AnnexLink]:
    """The annexes of the publication at ``url``; ``plain`` presents their titles."""
    return [
        AnnexLink(
            url=f"{url}/annexes/{short_uid(annex.uid)}.{annex.extension}",
            title=plain(annex.title),
            category=plain(annex.category),
            kind=annex.extension.upper(),
            size=french.size(annex.size),
            mime_type=annex.mimeType,
        )
        for annex in annexes
    ]
