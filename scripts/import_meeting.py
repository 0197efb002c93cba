"""Import answers of iA.Délib: over HTTP when the desk answers, else with bin/instance.

    .venv/bin/python scripts/import_meeting.py FILE [--meeting FILE] [--institution SLUG]

Environment: DESK_URL (http://localhost:$PORT/desk), DESK_USER (clerk), DESK_PASSWORD (deliberation).
``make import FILE=… [MEETING=…] [INSTITUTION=…]`` calls this.
"""

import argparse
import os
import requests
import subprocess
import sys
from collective.deliberation.sources import siblings
from collective.deliberation.sources.values import SourceError
from pathlib import Path
from zope.i18n import interpolate


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--meeting", type=Path)
    parser.add_argument("--institution", default="")
    options = parser.parse_args()
    desk = os.environ.get(
        "DESK_URL", f"http://localhost:{os.environ.get('PORT') or 8080}/desk"
    ).rstrip("/")
    try:
        documents = siblings.documents(options.file, options.meeting)
    except SourceError as error:
        sys.exit(f"{error.field} {interpolate(error.message.default, error.message.mapping)}")
    if answers(desk):
        post(desk, documents, options.institution)
    else:
        command(desk)


def answers(desk):
    """Whether a desk is there: without credentials it answers 200, or 401 when asked for login."""
    try:
        response = requests.get(desk, headers={"Accept": "application/json"}, timeout=30)
    except requests.RequestException:
        return False
    return response.status_code in (200, 401, 403)


def post(desk, documents, institution):
    user = os.environ.get("DESK_USER", "clerk"), os.environ.get("DESK_PASSWORD", "deliberation")
    response = requests.post(
        f"{desk}/@import-meeting",
        params={"institution": institution} if institution else None,
        json=documents[0]
        if len(documents) == 1
        else {"items": documents[0], "meeting": documents[1]},
        auth=user,
        headers={"Accept": "application/json", "Accept-Language": "fr"},
        timeout=600,
    )
    try:
        answer = response.json()
    except requests.JSONDecodeError:
        answer = {}
    if response.status_code in (401, 403):
        sys.exit(f"{desk}: {user[0]} may not import (set DESK_USER and DESK_PASSWORD).")
    if not response.ok:
        words = (answer.get("field", ""), answer.get("message", f"HTTP {response.status_code}"))
        sys.exit(" ".join(word for word in words if word))
    print(
        "Importé : {created} créés, {updated} mis à jour, {unchanged} inchangés.".format(**answer)
    )
    print(answer["@id"])
    for note in answer["notes"]:
        print("-", note)


def command(desk):
    """The site is stopped, so that its database is free; if not, it answers elsewhere."""
    instance = Path(__file__).parent.parent / "bin" / "instance"
    if not instance.exists():
        sys.exit(f"{desk} doesn't answer and bin/instance is missing: run make start first.")
    done = subprocess.run(
        [instance, "import_meeting", *sys.argv[1:]], stderr=subprocess.PIPE, text=True
    )
    if "LockError" in done.stderr:
        sys.exit(f"{desk} doesn't answer, but the database is in use: set PORT or DESK_URL.")
    if done.returncode:
        sys.exit((done.stderr.strip().splitlines() or ["The import failed."])[-1])


if __name__ == "__main__":
    main()
