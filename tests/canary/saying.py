"""Which canaries an answer says."""

import html
from canary.naive import leaks
from canary.naive import plainly
from collections.abc import Callable
from crawling.crawler import Answer
from functools import lru_cache
from urllib.parse import unquote
from urllib.parse import urlsplit


def said(answer: Answer) -> list[str]:
    """The canaries that an answer says, in any way; of a page of error, those that stand there plainly."""
    read = leaks if answer.status < 400 or answer.status == 410 else plainly
    return _read(read, _told(answer))


@lru_cache(maxsize=4096)
def _read(read: Callable[[bytes], list[str]], told: bytes) -> list[str]:
    return read(told)


def _told(answer: Answer) -> bytes:
    """All that an answer says, but for the address that was asked for, which it may repeat."""
    url = urlsplit(answer.url)
    asked = {answer.url, url.query, unquote(url.query)} - {""}
    kept = [line for line in answer.headers.splitlines() if not line.startswith(("Date", "ETag"))]
    told = "\n".join(kept).encode() + b"\n\n" + answer.content
    for each in asked:
        told = told.replace(each.encode(), b"").replace(html.escape(each).encode(), b"")
    return told
