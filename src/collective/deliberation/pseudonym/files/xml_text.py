"""XML of a file in hand, parsed so that nothing outside is fetched and nothing inside grows."""

from collections.abc import Iterator
from collective.deliberation.pseudonym.files.passages import Unreadable
from lxml import etree


def parse(data: bytes) -> etree._Element:
    """The root element.

    :raises Unreadable: when it is no XML, or declares entities: no office format needs one, and they grow
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("corrupt") from None
    # Old OpenOffice names a document type; it is never fetched, and may declare nothing.
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _entity in declared.iterentities()):
        raise Unreadable("corrupt")
    return root


def strings_of(data: bytes) -> list[str]:
    """All texts, attributes and comments of a piece of XML; none when it can't be parsed."""
    try:
        root = parse(data.strip(b"\0 \r\n\t"))
    except Unreadable:
        return []
    return [" ".join("".join(root.itertext()).split()), *attributes(root), *remarks(root)]


def attributes(root: etree._Element) -> Iterator[str]:
    """Each different value of an attribute once."""
    yield from dict.fromkeys(
        value
        for element in root.iter(etree.Element)
        for value in element.attrib.values()
        if len(value) > 1
    )


def remarks(root: etree._Element) -> Iterator[str]:
    """What XML comments and processing instructions say."""
    for node in root.getroottree().iter(etree.Comment, etree.ProcessingInstruction):
        yield node.text or ""


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
