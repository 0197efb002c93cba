"""Rich text of a source, made storable without losing a word. Pure.

Malformed HTML stays as it came: every reader of HTML repairs it, and the same way (HTML Standard,
section 13.2). Only characters that no XML or HTML document may hold are taken out.
"""

import re
from html import escape


# C0 controls but tab, newline and carriage return; lone surrogates (JSON can carry both).
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# iA.Délib's sign for people who were struck from the list of those present.
_STRUCK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def storable(text: str) -> str:
    """The text without characters that can't be stored."""
    return _FORBIDDEN.sub("", text)


def from_plain(text: str) -> str:
    """Plain text as HTML: one paragraph a block, line breaks kept."""
    blocks = [block for block in re.split(r"(?:\r?\n){2,}", text.strip()) if block.strip()]
    return "\n".join(
        "<p>{}</p>".format("<br />".join(escape(line, quote=False) for line in block.splitlines()))
        for block in blocks
    )


def struck_out(html: str) -> str:
    """``[[Jean Dupont]]`` as struck out text."""
    return _STRUCK.sub(r"<s>\1</s>", html)


def attendance(parts: tuple[tuple[str, str], ...]) -> str:
    """One text from several, ``(heading, HTML)`` each; an empty part is left out."""
    return "\n".join(
        (f"<p><strong>{escape(heading)}</strong></p>\n" if heading else "") + struck_out(html)
        for heading, html in parts
        if html
    )
