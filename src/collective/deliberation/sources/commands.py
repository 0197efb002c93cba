"""``bin/instance import_meeting FILE [--meeting FILE] [--institution SLUG] [--site desk] [--user admin]``.

For a stopped site (its database file has one user at a time); a running one is asked over HTTP by
``scripts/import_meeting.py``, which ``make import`` calls.
"""

import argparse
import json
import os
import sys
import transaction
from AccessControl.SecurityManagement import newSecurityManager
from collective.deliberation.sources import iadelib
from collective.deliberation.sources import importer
from collective.deliberation.sources import siblings
from collective.deliberation.sources import walk
from collective.deliberation.sources.target import institution_for
from collective.deliberation.sources.values import SourceError
from pathlib import Path
from zope.component.hooks import setSite
from zope.i18n import translate


_ARGUMENTS = "DELIBERATION_IMPORT_ARGUMENTS"  # through the environment: no quoting by a shell


def import_meeting(control, arg):
    """The command of ``bin/instance``: start a Zope that runs ``main``."""
    os.environ[_ARGUMENTS] = json.dumps(list(control.options.args[1:]) or arg.split())
    code = (
        "from collective.deliberation.sources import commands; "
        "commands.main(app, commands.arguments())"
    )
    control._exitstatus = os.system(control.get_startup_cmd(control.options.python, code))


def arguments() -> list[str]:
    return json.loads(os.environ[_ARGUMENTS])


def main(app, args: list[str]) -> None:
    """Import and print the report; exit with status 1 and one line when it can't be done."""
    options = _parser().parse_args(args)
    if options.site not in app.objectIds():
        sys.exit(f"Il n'y a pas de site /{options.site}.")
    site = app[options.site]
    setSite(site)
    user = _user(options.user, site.acl_users, app.acl_users)
    if user is None:
        sys.exit(f"Il n'y a pas d'utilisateur {options.user}.")
    newSecurityManager(None, user)
    try:
        documents = siblings.documents(options.file, options.meeting)
        source = iadelib.read(*documents)
        report = importer.run(institution_for(site, source, options.institution), source)
    except SourceError as error:
        transaction.abort()
        sys.exit(f"{error.field} : {_words(error.message)}")
    except walk.Refused as error:
        transaction.abort()
        sys.exit(_words(error.args[0]))
    transaction.get().note("import_meeting")
    transaction.commit()
    print(line(report.created, report.updated, report.unchanged))
    for note in report.notes:
        print("-", _words(note))


def _user(id: str, *folders):
    for folder in folders:
        user = folder.getUserById(id)
        if user is not None:
            return user.__of__(folder)
    return None


def line(created: int, updated: int, unchanged: int) -> str:
    """What was done, in one line."""
    return f"Importé : {created} créés, {updated} mis à jour, {unchanged} inchangés."


def _words(message) -> str:
    return translate(message, target_language="fr")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/instance import_meeting")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--meeting", type=Path)
    parser.add_argument("--institution", default="")
    parser.add_argument("--site", default="desk")
    parser.add_argument("--user", default="admin")
    return parser
