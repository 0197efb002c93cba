#!/usr/bin/env bash
# Run each benchmark; each prints its figures beside a baseline of the same run. One that exceeds its limit
# doesn't keep the others from running; they are named at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
exceeded=()
for script in benchmarks/*.py; do
  options=()
  [ "$script" = benchmarks/large_annex.py ] && options=(20 80) # 500 MB take three minutes and 5 GB of disk
  [ "$script" = benchmarks/portal.py ] && options=(--sizes 200,2000 --rounds 10) # the full sizes take an hour
  echo "== $script ${options[*]-}"
  .venv/bin/python -W ignore "$script" "${options[@]}" || exceeded+=("$script")
done
if [ ${#exceeded[@]} -gt 0 ]; then
  echo "✗ Over a limit of their own: ${exceeded[*]}" >&2
  exit 1
fi
