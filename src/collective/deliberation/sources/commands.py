"""``bin/instance import_meeting``: import a file while the site is stopped."""


def import_meeting(app, args):
    raise SystemExit("import_meeting: not there yet")
