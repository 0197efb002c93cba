"""Parts of an OOXML document (ISO/IEC 29500), cleaned: Word, Excel, PowerPoint."""

import posixpath
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.xml_text import local
from collective.deliberation.pseudonym.files.xml_text import parse
from lxml import etree


# Parts left out, by what their name holds.
_LEFT_OUT = ("docprops/", "comment", "persons/", "people.xml", "customxml/", "embeddings/")
_LEFT_OUT += (
    "vbaproject",
    "vbadata",
    "printersettings",
    "notesslides/",
    "externallinks/",
    "activex",
)
_LEFT_OUT += ("revisions/", "glossary/", "_xmlsignatures", "ctrlprops", "model/item", "connections")
_LEFT_OUT += (
    "attachedtoolbars",
    "querytables/",
    "thumbnail",
    "keymapcustomizations",
    "recipientdata",
)
_LEFT_OUT += (
    "threadedcomments",
    "webextensions",
    "usernames",
    "documenttasks",
    "changesinfos",
    "tags/",
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# Relations that name a place on somebody's computer or a template of theirs.
_LEFT_RELATIONS = (
    "attachedtemplate",
    "mailmergesource",
    "recipientdata",
    "externallinkpath",
    "oleobject",
)
# Elements that go with all they hold.
_GONE = frozenset({"del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference"})
_GONE |= {"moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "rsids"}
_GONE |= {"rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange"}
_GONE |= {"tblGridChange", "tblPrExChange", "numberingChange", "cellDel", "delText", "delInstrText"}
_GONE |= {"attachedTemplate", "mailMerge", "docVars", "trackRevisions", "absPath", "fileSharing"}
_GONE |= {
    "externalReferences",
    "legacyDrawing",
    "OLEObject",
    "oleObjects",
    "dataBinding",
    "cmAuthorLst",
}
_GONE |= {"customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "cellIns"}
_GONE |= {"customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"}
_GONE |= {
    "customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd",
    "docId",
    "revisionPtr",
    "custDataLst",
}
_UNWRAPPED = frozenset({"ins", "moveTo"})
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def clean(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of the public copy, by name.

    :raises Unreadable: when a part that is kept can't be parsed
    """
    kept = {name: content for name, content in parts.items() if not _is_left_out(name)}
    gone = _follow_relations(kept)
    for name, content in kept.items():
        if name == "[Content_Types].xml":
            kept[name] = _types(content, kept)
        elif name.lower().endswith((".xml", ".vml")):
            kept[name] = _part(content, gone.get(name, frozenset()))
    return kept


def _is_left_out(name: str) -> bool:
    name = name.lower().removesuffix(".rels")
    return any(part in name for part in _LEFT_OUT)


def _follow_relations(kept: dict[str, bytes]) -> dict[str, frozenset[str]]:
    """Take out relations to parts that are gone; their ids, by the part that has them."""
    gone: dict[str, frozenset[str]] = {}
    for name in [name for name in kept if name.lower().endswith(".rels")]:
        folder, _slash, base = name.rpartition("/")
        owner = posixpath.join(posixpath.dirname(folder), base[: -len(".rels")])
        if owner and base != ".rels" and owner not in kept:
            del kept[name]
            continue
        root = parse(kept[name])
        ids = set()
        for relation in list(root.iter(f"{_PACKAGE}Relationship")):
            if _leads_nowhere(relation, owner, kept):
                ids.add(relation.get("Id", ""))
                root.remove(relation)
        kept[name] = _xml(root)
        gone[owner] = frozenset(ids)
    return gone


def _leads_nowhere(relation: etree._Element, owner: str, kept: dict[str, bytes]) -> bool:
    kind = relation.get("Type", "").rpartition("/")[2].lower()
    if kind in _LEFT_RELATIONS:
        return True
    if relation.get("TargetMode") == "External":
        return not relation.get("Target", "").startswith(("http://", "https://", "mailto:", "#"))
    target = relation.get("Target", "").partition("#")[0]
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), target)).lstrip("/")
    return path not in kept


def _types(content: bytes, kept: dict[str, bytes]) -> bytes:
    root = parse(content)
    for element in list(root):
        part = element.get("PartName")
        if part is not None and part.lstrip("/") not in kept:
            root.remove(element)
    return _xml(root)


def _part(content: bytes, gone: frozenset[str]) -> bytes:
    root = parse(content)
    for node in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        if node.getparent() is not None:
            _remove(node)
    _deleted_rows(root)
    for element in list(root.iter(etree.Element)):
        name = local(element)
        if element is root or element.getparent() is None:
            continue
        if name in _GONE or (gone and _points_to(element, gone)) or _is_hidden_run(element):
            _remove(element)
        elif name in _UNWRAPPED and etree.QName(element).namespace in (_WORD, _STRICT_WORD):
            _unwrap(element)
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if _is_trace(name)]:
            del element.attrib[name]
    return _xml(root)


def _is_trace(name: str) -> bool:
    base = name.rpartition("}")[2]
    return base.startswith("rsid") or base in ("author", "userId", "lastEdited", "documentId")


def _points_to(element: etree._Element, gone: frozenset[str]) -> bool:
    return any(
        name.startswith(_RELATION) and value in gone for name, value in element.attrib.items()
    )


def _is_hidden_run(element: etree._Element) -> bool:
    """A run of Word that is never shown."""
    if local(element) != "r" or etree.QName(element).namespace not in (_WORD, _STRICT_WORD):
        return False
    space = etree.QName(element).namespace
    hidden = element.find(f"{{{space}}}rPr/{{{space}}}vanish")
    return hidden is not None and hidden.get(f"{{{space}}}val") not in ("0", "false", "off")


def _deleted_rows(root: etree._Element) -> None:
    for row in list(root.iter(f"{{{_WORD}}}tr", f"{{{_STRICT_WORD}}}tr")):
        space = etree.QName(row).namespace
        if row.find(f"{{{space}}}trPr/{{{space}}}del") is not None:
            row.getparent().remove(row)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    parent.remove(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def _xml(root: etree._Element) -> bytes:
    if root is None:
        raise Unreadable("corrupt")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
