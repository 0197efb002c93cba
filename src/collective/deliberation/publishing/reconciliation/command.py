"""``bin/instance reconcile [--json] [--repair] [--verify] [--institution ID] [--site ID]``.

Compares desks with their portals. Ends with 0 when they agree, 1 when something differs, 2 when an
institution could not be compared.
"""

import argparse
import json
import os
import sys
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.reconciliation.reconcile import reconcile as compare
from collective.deliberation.publishing.reconciliation.report import to_json
from collective.deliberation.publishing.reconciliation.report import to_text
from collective.deliberation.publishing.transactions import opened
from plone.base.interfaces import IPloneSiteRoot


SITES = ("Plone Site", "ZODB Mount Point")
_ARGUMENTS = "DELIBERATION_RECONCILE_ARGUMENTS"  # through the environment: no quoting by a shell


def reconcile(control, arg):
    """Compare what the portals have with what was sent, and repair on request."""
    os.environ[_ARGUMENTS] = json.dumps(list(control.options.args[1:]) or arg.split())
    os.environ["DELIBERATION_DELIVERER"] = "off"
    code = (
        "from collective.deliberation.publishing.reconciliation import command; "
        "command.main(app, command.arguments())"
    )
    status = os.system(control.get_startup_cmd(control.options.python, code))
    control._exitstatus = os.waitstatus_to_exitcode(status)


def arguments() -> list[str]:
    return json.loads(os.environ[_ARGUMENTS])


def main(app, args: list[str]) -> None:
    options = _parser().parse_args(args)
    db = app._p_jar.db()
    app._p_jar.close()
    with opened(db) as (app, manager):
        desks = _desks(app, options.site)
        if not desks:
            print("There is no desk of this name." if options.site else "There is no desk.")
            sys.exit(2)
        reports = {
            desk: compare(
                app,
                manager,
                desk,
                options.institution,
                repair=options.repair,
                verify=options.verify,
            )
            for desk in desks
        }
    if options.json:
        print(json.dumps({desk: to_json(each) for desk, each in reports.items()}, indent=1))
    else:
        print("\n".join(to_text(each) for each in reports.values()))
    problems = any(each.problems for each in reports.values())
    sys.exit(2 if problems else int(any(each.differences for each in reports.values())))


def _desks(app, wanted: str) -> list[str]:
    return [
        site_id
        for site_id, site in app.objectItems(SITES)
        if IPloneSiteRoot.providedBy(site) and peek(site) is not None and wanted in ("", site_id)
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/instance reconcile")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--repair", action="store_true", help="queue what mends the differences")
    parser.add_argument(
        "--verify", action="store_true", help="read each object on the portal again"
    )
    parser.add_argument("--institution", default="", help="id on the desk; else all")
    parser.add_argument("--site", default="", help="id of the desk; else all")
    return parser
