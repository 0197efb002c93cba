"""Back up both databases and put them back: ``pg_dump`` and ``pg_restore``, blobs included.

A desk and its portal need not be saved at the same instant: publishing again what one of them doesn't know is
what ``bin/deliverer reconcile --repair`` does.
"""

from pathlib import Path
from postgresql import PostgreSQL


DATABASES = ("portal", "desk")


def back_up(server: PostgreSQL, folder: Path) -> list[Path]:
    """One file a database, consistent in itself, while the clients go on."""
    folder.mkdir(parents=True, exist_ok=True)
    server.give(folder)
    saved = []
    for name in DATABASES:
        file = folder / f"{name}.dump"
        server.run("pg_dump", *server.address, "-Fc", "-f", file, name)
        saved.append(file)
    return saved


def lose(server: PostgreSQL) -> None:
    """What the back-up is for. Its clients must be stopped."""
    for name in DATABASES:
        server.run("dropdb", *server.address, "--force", name)


def restore(server: PostgreSQL, folder: Path) -> None:
    """Into databases that are missing; their clients are started afterwards."""
    for name in DATABASES:
        server.database(name)
        server.run(
            "pg_restore", *server.address, "-d", name, "--exit-on-error", folder / f"{name}.dump"
        )
