"""The pages' templates and stylesheet, read once; texts translated to the portal's language."""

import hashlib
from chameleon import PageTemplateLoader
from functools import lru_cache
from pathlib import Path
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


LANGUAGE = "fr"
DOMAIN = "collective.deliberation"
HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STYLES = (HERE / "static" / "portal.css").read_bytes()

# Changes with any template or style: part of each page's ETag, and of the stylesheet's address.
VERSION = hashlib.sha256(
    STYLES + b"".join(path.read_bytes() for path in sorted(TEMPLATES.glob("*.pt")))
).hexdigest()[:16]


@lru_cache(maxsize=2048)
def _constant(msgid: str, domain: str, default: str | None) -> str:
    return translate(msgid, domain=domain, default=default, target_language=LANGUAGE)


def french(msgid, domain=None, mapping=None, context=None, target_language=None, default=None):
    """Translate a message or a template's text; the signature is Chameleon's."""
    if msgid is None:
        return None
    if isinstance(msgid, Message):
        domain, default = msgid.domain, msgid.default
        mapping = msgid.mapping
    if mapping:
        mapping = {
            key: french(value) if isinstance(value, Message) else value
            for key, value in mapping.items()
        }
        return translate(
            str(msgid), domain or DOMAIN, mapping, target_language=LANGUAGE, default=default
        )
    return _constant(str(msgid), domain or DOMAIN, default)


_templates = PageTemplateLoader(
    str(TEMPLATES), ".pt", translate=french, boolean_attributes={"selected", "checked", "open"}
)


def render(name: str, **names: Any) -> str:
    """The page of a template, inside the layout."""
    return _templates[name](layout=_templates["layout"].macros, **names)
