"""Parts of an ODF document (ISO/IEC 26300:2015), cleaned."""

from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.xml_text import local
from collective.deliberation.pseudonym.files.xml_text import parse
from lxml import etree


_LEFT_OUT = ("Thumbnails/", "Configurations2/", "Basic/", "Scripts/", "Versions/", "layout-cache")
_LEFT_OUT += ("VersionList.xml", "settings.xml", "manifest.rdf", "META-INF/", "Dialogs/")
_TEXTS = ("content.xml", "styles.xml")
_GONE = frozenset(
    {"annotation", "annotation-end", "tracked-changes", "change", "change-start", "change-end"}
)
_GONE |= {"scripts", "event-listeners", "dde-source", "notes", "object-ole", "forms-meta"}
_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">'
    b"<office:meta/></office:document-meta>"
)
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_PRESENTATION = "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"


def clean(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of the public copy, by name.

    :raises Unreadable: when a part that holds text can't be parsed
    """
    types = _media_types(parts)
    kept = {name: content for name, content in parts.items() if _is_kept(name, types)}
    for name, content in kept.items():
        base = name.rpartition("/")[2]
        if base in _TEXTS:
            kept[name] = _text(content)
        elif base == "meta.xml":
            kept[name] = _META
    kept["META-INF/manifest.xml"] = _manifest(kept, types)
    return kept


def _is_kept(name: str, types: dict[str, str]) -> bool:
    folder, _slash, base = name.rpartition("/")
    if name == "mimetype" or base in _TEXTS:
        return True
    if any(part in f"/{name}" for part in (f"/{left_out}" for left_out in _LEFT_OUT)):
        return False
    if base == "meta.xml" or folder.rpartition("/")[2] in ("Pictures", "media", "Fonts"):
        return True
    return folder.rpartition("/")[2] == "ObjectReplacements"


def _text(content: bytes) -> bytes:
    root = parse(content)
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            if element.getparent() is not None:
                _remove(element)
        elif local(element) in _GONE and element is not root:
            if local(element) != "notes" or etree.QName(element).namespace == _PRESENTATION:
                _remove(element)
        else:
            for name in [name for name in element.attrib if name.endswith("rsid")]:
                del element.attrib[name]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _remove(element: etree._Element) -> None:
    """The element goes, the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def _media_types(parts: dict[str, bytes]) -> dict[str, str]:
    content = parts.get("META-INF/manifest.xml")
    if content is None:
        return {}
    found = {}
    for entry in parse(content).iter(f"{{{_MANIFEST}}}file-entry"):
        if any(local(child) == "encryption-data" for child in entry):
            raise Unreadable("encrypted")
        path = entry.get(f"{{{_MANIFEST}}}full-path", "")
        found[path] = entry.get(f"{{{_MANIFEST}}}media-type", "")
    return found


def _manifest(parts: dict[str, bytes], types: dict[str, str]) -> bytes:
    root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"manifest": _MANIFEST})
    root.set(f"{{{_MANIFEST}}}version", "1.3")
    own = parts.get("mimetype", b"").decode("ascii", "replace").strip() or types.get("/", "")
    folders = {f"{name.rpartition('/')[0]}/" for name in parts if name.endswith("/content.xml")}
    entries = {"/": own, **{folder: types.get(folder, "") for folder in sorted(folders)}}
    entries.update({name: types.get(name, "") for name in parts if name != "mimetype"})
    for path, media_type in entries.items():
        entry = etree.SubElement(root, f"{{{_MANIFEST}}}file-entry")
        entry.set(f"{{{_MANIFEST}}}full-path", path)
        if path.endswith((".xml",)) and not media_type:
            media_type = "text/xml"
        entry.set(f"{{{_MANIFEST}}}media-type", media_type)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
