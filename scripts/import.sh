#!/usr/bin/env bash
# Import an iA.Délib answer: through the running site when there is one, else into its database.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/environment.sh
[ -n "${FILE:-}" ] || stop "Name the file: make import FILE=path/to/items.json"
for file in "$FILE" ${MEETING:+"$MEETING"}; do
  [ -f "$file" ] && [ -r "$file" ] || stop "There is no file $file that this account can read."
done
[ -e var/sites-made-for ] || stop "There are no sites yet: run make start first."
scripts/install.sh run
if is_running; then
  DESK_URL=${DESK_URL:-http://localhost:$(running_port)/desk}
  export DESK_URL
fi
arguments=("$FILE")
[ -z "${MEETING:-}" ] || arguments+=(--meeting "$MEETING")
[ -z "${INSTITUTION:-}" ] || arguments+=(--institution "$INSTITUTION")
DELIBERATION_DELIVERER=off DELIBERATION_DETECTOR=off DELIBERATION_READER=off exec .venv/bin/python scripts/import_meeting.py "${arguments[@]}"
