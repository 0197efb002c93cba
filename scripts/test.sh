#!/usr/bin/env bash
# Run all tests, on all cores. PYTEST_ARGS chooses some of them: make test PYTEST_ARGS="tests/pseudonym -x".
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE # the tests start several servers
export PYTHONWARNINGS=ignore zope_i18n_compile_mo_files=1
.venv/bin/python -W ignore scripts/compile_translations.py
# shellcheck disable=SC2086 (several arguments are meant)
exec .venv/bin/python -m pytest -q --durations=10 ${PYTEST_ARGS:---numprocesses auto --maxprocesses 4 --dist loadgroup}
