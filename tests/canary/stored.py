"""What a site keeps on disk, read from its files without its server: records of the database, catalog."""

import gzip
import zlib
from collections.abc import Mapping
from pathlib import Path
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage
from ZODB.FileStorage.FileStorage import FileIterator


def records_of(file: Path, sizes: Mapping[Path, int] | None = None) -> list[bytes]:
    """The records of a database, former ones too, unpacked where they are packed; those after ``sizes`` only."""
    start = (sizes or {}).get(file, 4)
    found = []
    for transaction in FileIterator(str(file)):
        if transaction._tpos < start:
            continue
        found += [transaction.description, transaction.user]
        found += [_unpacked(record.data) for record in transaction if record.data]
    return found


def catalog_of(file: Path, site_id: str) -> tuple[dict[str, str], str]:
    """Words and values of each index of a site's catalog, by its name; and the metadata of all objects."""
    storage = FileStorage(str(file), read_only=True)
    database = DB(storage)
    connection = database.open()
    try:
        catalog = connection.root()["Application"]._getOb(site_id).portal_catalog._catalog
        found = {name: _content(catalog.indexes[name]) for name in catalog.indexes}
        words = [
            each for each in connection.root()["Application"][site_id].portal_catalog.objectValues()
        ]
        for each in words:
            if hasattr(each, "words"):
                found[each.getId()] = "\n".join(map(str, each.words()))
        metadata = "\n".join(str(row) for row in catalog.data.values())
        return found, "\n".join((metadata, *map(str, catalog.uids)))
    finally:
        connection.close()
        database.close()


def _content(index) -> str:
    values = []
    for name in ("_index", "_unindex", "_docwords"):
        tree = getattr(index, name, None)
        if hasattr(tree, "items"):
            for key, value in tree.items():
                values += [str(key), str(value)]
    return "\n".join(values)


def _unpacked(data: bytes) -> bytes:
    """A record as it is, or unpacked where its storage packs records."""
    for unpack in (zlib.decompress, gzip.decompress):
        head = data[2:] if data[:2] == b".z" else data
        try:
            return unpack(head)
        except (zlib.error, OSError, EOFError):
            continue
    return data
