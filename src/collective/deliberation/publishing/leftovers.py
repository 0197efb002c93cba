"""Files that a killed process left half-written in the blob folder: removed at the next start, once a day old.

ZODB writes a blob into a temporary file and moves it when its transaction commits. A process that dies in between
leaves the file for ever; one of 500 MB is noticed some day. Younger ones may be another process's at work.
"""

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from ZODB.DB import DB


logger = logging.getLogger(__name__)

PREFIX = "BUC"  # of an uncommitted blob, see ZODB.blob
AGE = 24 * 3600  # seconds


def remove_at_start(event) -> None:
    for db in event.database.databases.values():
        removed = sum(1 for _path in remove(db, time.time()))
        if removed:
            logger.info("%s half-written files of killed processes were removed.", removed)


def remove(db: DB, now: float) -> Iterator[Path]:
    """Remove what is left over in the blob folder of a database; what was removed."""
    folder = getattr(db.storage, "temporaryDirectory", lambda: None)()
    if not folder or not os.path.isdir(folder):
        return
    for path in Path(folder).glob(f"{PREFIX}*"):
        try:
            if path.is_file() and path.stat().st_mtime < now - AGE:
                path.unlink()
                yield path
        except FileNotFoundError:
            continue  # another process starts, too
