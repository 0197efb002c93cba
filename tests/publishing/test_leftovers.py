"""What a killed process left half-written in the blob folder goes; what is at work or committed stays."""

import os
import transaction
from collective.deliberation.publishing import leftovers
from pathlib import Path
from time import time
from ZODB.blob import Blob
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage
from zope.processlifetime import DatabaseOpenedWithRoot


def test_only_old_and_uncommitted_files_are_removed_at_a_start(tmp_path):
    db = DB(FileStorage(str(tmp_path / "Data.fs"), blob_dir=str(tmp_path / "blobs")))
    connection = db.open()
    kept = connection.root()["kept"] = Blob()
    with kept.open("w") as stream:
        stream.write(b"committed")
    transaction.commit()
    half, fresh = Blob(), Blob()
    connection.root()["half"], connection.root()["fresh"] = half, fresh
    connection.add(half)
    connection.add(fresh)
    paths = []
    for blob in (half, fresh):
        with blob.open("w") as stream:
            stream.write(b"half a file")
            paths.append(Path(stream.name))
    yesterday = time() - leftovers.AGE - 60
    os.utime(paths[0], (yesterday, yesterday))
    os.utime(kept.committed(), (yesterday, yesterday))
    assert all(path.exists() for path in paths)

    leftovers.remove_at_start(DatabaseOpenedWithRoot(db))

    assert [path.exists() for path in paths] == [False, True]
    with kept.open("r") as stream:
        assert stream.read() == b"committed"
    transaction.abort()
    connection.close()
    db.close()
