"""An institution's logo, small enough for a page's header; nothing is stored for it."""

import io
from functools import lru_cache
from PIL import Image
from plone.transformchain.interfaces import DISABLE_TRANSFORM_REQUEST_KEY
from Products.Five import BrowserView
from zExceptions import NotFound


HEIGHT = 112  # pixels: twice what the header shows
WIDTH = 480
MAX_PIXELS = 40_000_000
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class Logo(BrowserView):
    def __call__(self) -> bytes:
        logo = getattr(self.context, "logo", None)
        if logo is None or not logo.getSize():
            raise NotFound("logo")
        self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        kind, data = "image/svg+xml", logo.data
        if logo.contentType != kind:
            kind, data = "image/png", small(data)
        if data is None:
            raise NotFound("logo")
        response = self.request.response
        response.setHeader("Content-Type", kind)
        response.setHeader("Content-Security-Policy", SVG_POLICY)
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable")
        return data


@lru_cache(maxsize=256)
def small(data: bytes) -> bytes | None:
    """The image as a PNG of at most the header's size; ``None`` when it can't be read."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            image = image.convert("RGBA")
            image.thumbnail((WIDTH, HEIGHT))
            file = io.BytesIO()
            image.save(file, "PNG", optimize=True)
            return file.getvalue()
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
