#!/usr/bin/env bash
# Renew the three locks. Plain pip would pick an alpha of plone.app.layout; uv takes pre-releases only
# where nothing else is asked for.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() { # source target
  .venv/bin/uv pip compile --quiet --prerelease=if-necessary-or-explicit --generate-hashes --universal \
    --python-version 3.10 "$1" -o "$2"
  echo "$2: $(grep -c '==' "$2") packages"
}
compile requirements.in requirements.txt
compile requirements-test.in requirements-test.txt
compile requirements-detect.in requirements-detect.txt
compile requirements-uv.in requirements-uv.txt
