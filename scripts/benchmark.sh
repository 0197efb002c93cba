#!/usr/bin/env bash
# Run each benchmark; each prints its figures beside a baseline of the same run.
set -euo pipefail
cd "$(dirname "$0")/.."
for script in benchmarks/*.py; do
  echo "== $script"
  .venv/bin/python -W ignore "$script"
done
