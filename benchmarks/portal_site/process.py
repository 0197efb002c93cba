"""Zope in this process, with an empty database, asked through the whole WSGI publisher."""

import shutil
import time
from pathlib import Path
from wsgiref.util import setup_testing_defaults


SITE_ZCML = Path(__file__).parents[2] / "tests/live/site.zcml"
CONFIGURATION = """
%define HOME {home}
instancehome $HOME
clienthome $HOME
<zodb_db main>
    cache-size 60000
    <blobstorage>
      blob-dir $HOME/blobs
      <filestorage>
        path $HOME/Data.fs
      </filestorage>
    </blobstorage>
    mount-point /
</zodb_db>
"""


def start(home: Path):
    """A WSGI application with the database in ``home``, empty at first, and its root object."""
    from Zope2.Startup.run import make_wsgi_app

    (home / "etc").mkdir(exist_ok=True)
    (home / "blobs").mkdir(exist_ok=True)
    shutil.copy(SITE_ZCML, home / "etc" / "site.zcml")
    configuration = home / "etc" / "zope.conf"
    configuration.write_text(CONFIGURATION.format(home=home), encoding="utf-8")
    application = make_wsgi_app({}, str(configuration))
    import Zope2
    from Testing.makerequest import makerequest

    return application, makerequest(Zope2.app())


def ask(application, address: str) -> tuple[float, bytes]:
    """Seconds and body of one page, as anybody gets it without a validator."""
    path, _, question = address.partition("?")
    environ = {
        "PATH_INFO": path,
        "QUERY_STRING": question,
        "HTTP_ACCEPT": "text/html",
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    setup_testing_defaults(environ)
    status = []
    start = time.perf_counter()
    body = b"".join(application(environ, lambda line, headers, error=None: status.append(line)))
    seconds = time.perf_counter() - start
    if not status[0].startswith("200"):
        raise SystemExit(f"{address} answers {status[0]}")
    return seconds, body
