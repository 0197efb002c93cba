#!/usr/bin/env bash
# Run each benchmark; each prints its figures beside a baseline of the same run. One that exceeds its limit
# doesn't keep the others from running; they are named at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
exceeded=()
for script in benchmarks/*.py; do
  echo "== $script"
  .venv/bin/python -W ignore "$script" || exceeded+=("$script")
done
if [ ${#exceeded[@]} -gt 0 ]; then
  echo "✗ Over a limit of their own: ${exceeded[*]}" >&2
  exit 1
fi
