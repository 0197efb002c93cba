#!/usr/bin/env bash
# Import an iA.Délib answer: through the running site when there is one, else into its database.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/environment.sh
[ -n "${FILE:-}" ] || stop "Name the file: make import FILE=path/to/items.json"
[ -r "$FILE" ] || stop "There is no file $FILE that this account can read."
arguments=("$FILE")
[ -z "${MEETING:-}" ] || arguments+=(--meeting "$MEETING")
[ -z "${INSTITUTION:-}" ] || arguments+=(--institution "$INSTITUTION")
scripts/install.sh run
if is_running; then
  exec .venv/bin/python scripts/import_over_http.py "http://localhost:$(running_port)/desk" "${arguments[@]}"
fi
[ -e var/sites-made-for ] || stop "There are no sites yet: run make start first."
DELIBERATION_DELIVERER=off exec bin/instance import_meeting "${arguments[@]}"
