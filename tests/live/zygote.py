"""A program that loads Zope once and forks servers from it: a killed one is back in a second, not in ten.

It reads one JSON object a line, ``{"role", "log", "storage", …}``, and answers with the process id. Each child opens
its own database, in the ``storage`` of a zope.conf, and is a whole Zope: ``serve`` on a ``port``, ``deliver``, or a ``script``.
"""

import json
import os
import random
import shutil
import signal
import sys
import traceback
from pathlib import Path


SITE_ZCML = Path(__file__).with_name("site.zcml")
ZOPE_CONF = """\
%define HOME {home}
instancehome $HOME
clienthome $HOME/var
default-zpublisher-encoding utf-8
<zodb_db main>
  mount-point /
  <mappingstorage>
  </mappingstorage>
</zodb_db>
"""


def load(home: Path) -> None:
    for folder in ("etc", "var"):
        (home / folder).mkdir(parents=True)
    (home / "etc/zope.conf").write_text(ZOPE_CONF.format(home=home))
    shutil.copy(SITE_ZCML, home / "etc/site.zcml")
    (home / "inituser").write_text("admin:deliberation")
    from Zope2.Startup.run import configure_wsgi

    configure_wsgi(str(home / "etc/zope.conf"))
    import Zope2

    Zope2.startup_wsgi()


def open_database(storage: str) -> None:
    """What ``Zope2.App.startup`` does once products and ZCML are loaded."""
    import App.ZApplication
    import OFS.Application
    import ZODB.config
    import Zope2
    from AccessControl.SecurityManagement import newSecurityManager
    from AccessControl.SecurityManagement import noSecurityManager
    from AccessControl.users import system
    from zope.event import notify
    from zope.processlifetime import DatabaseOpenedWithRoot
    from Zope2.App.ClassFactory import ClassFactory

    cache = os.environ.get("ZODB_CACHE", "cache-size 10000")  # of each connection
    text = f"%import relstorage\n<zodb main>\n  {cache}\n  pool-size 30\n{storage}\n</zodb>\n"
    db = ZODB.config.databaseFromString(text)
    db.classFactory = ClassFactory
    Zope2.DB = db
    newSecurityManager(None, system)
    Zope2.bobo_application = App.ZApplication.ZApplicationWrapper(
        db, "Application", OFS.Application.Application
    )
    application = Zope2.bobo_application()
    OFS.Application.initialize(application)
    application._p_jar.close()
    noSecurityManager()
    notify(DatabaseOpenedWithRoot(db))


def serve(port: int) -> None:
    import waitress
    from ZPublisher.httpexceptions import HTTPExceptionHandler
    from ZPublisher.WSGIPublisher import publish_module

    waitress.serve(
        HTTPExceptionHandler(publish_module),
        listen=f"127.0.0.1:{port}",
        threads=4,
        max_request_body_size=1 << 30,
    )


def become(task: dict) -> None:
    log = os.open(task["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, log), (2, log)):
        os.dup2(source, target)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    random.seed()  # children must not draw alike
    os.environ.update(task.get("environment", {}))
    open_database(task["storage"])
    import Zope2

    if task["role"] == "serve":
        serve(task["port"])
    elif task["role"] == "deliver":
        from collective.deliberation.publishing.commands import main

        main(Zope2.app())
    else:
        from Testing.makerequest import makerequest

        exec(compile(task["code"], "script", "exec"), {"app": makerequest(Zope2.app())})


def run(home: Path) -> None:
    os.environ.update(DELIBERATION_DELIVERER="off", zope_i18n_compile_mo_files="true")
    orders, answers = sys.stdin, os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    load(home)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead don't stay
    print("ready", file=answers, flush=True)
    for line in iter(orders.readline, ""):
        task = json.loads(line)
        child = os.fork()
        if child:
            print(child, file=answers, flush=True)
            continue
        status = 1
        try:
            become(task)
            status = 0
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
        except BaseException:
            traceback.print_exc()
        finally:
            Path(task["log"]).with_suffix(f".{os.getpid()}").write_text(str(status))
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
