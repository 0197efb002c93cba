#!/usr/bin/env bash
# Install what is missing and build bin/instance. "install.sh run" for serving, "install.sh test" adds
# what the tests need, "install.sh production" what "make production-demo" does. Says each step; does
# nothing twice; one clear line when it can't go on.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
export PATH=$PATH:/usr/sbin DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1 UV_NO_PROGRESS=1

say() { echo "· $*"; }
stop() { echo "✗ $*" >&2; exit 1; }

# What comes from the distribution: a command (or file) that shows it is there, and its package.
needs=("cc gcc" "java default-jre-headless" "chromium chromium" "soffice libreoffice-writer" "/usr/lib/python3/dist-packages/uno.py python3-uno")
wanted=("cc gcc" "soffice libreoffice-writer" "/usr/lib/python3/dist-packages/uno.py python3-uno")
production=("pg_ctlcluster postgresql" "varnishd varnish" "nginx nginx-light" "haproxy haproxy")
case $purpose in
  test) wanted=("${needs[@]}" "${production[@]}") ;;
  production) wanted+=("${production[@]}") purpose=run ;;
esac

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3.10 python3; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
}

is_there() { case $1 in /*) [ -e "$1" ] ;; *) command -v "$1" >/dev/null ;; esac; }

python=$(find_python)
missing=()
for need in "${wanted[@]}"; do
  is_there "${need% *}" || missing+=("${need#* }")
done
header() { "$1" -c 'import os, sysconfig; print(os.path.join(sysconfig.get_paths()["include"], "Python.h"))'; }
if [ -z "$python" ]; then
  missing+=(python3 python3-venv python3-dev)
else
  "$python" -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
  [ -e "$(header "$python")" ] || missing+=(python3-dev)
fi

if [ ${#missing[@]} -gt 0 ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  if command -v apt-get >/dev/null && ${sudo:-true} true 2>/dev/null && [ -z "${NO_APT:-}" ]; then
    say "Installing from the distribution: ${missing[*]}"
    log=$(mktemp)
    { $sudo apt-get update -q && $sudo apt-get install -qy --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 ||
      stop "apt-get could not install ${missing[*]}: $(grep -m1 -E '^(E|Err)' "$log" || tail -n1 "$log")"
    rm -f "$log"
  else
    say "Not installed, and this account may not: ${missing[*]}. Ask for: apt-get install ${missing[*]}"
    case " ${missing[*]} " in *libreoffice*) say "Without LibreOffice: everything works but documents as PDF." ;; esac
  fi
  python=$(find_python)
fi
[ -n "$python" ] || stop "No Python 3.10 to 3.13 here. Install one (apt-get install python3 python3-venv python3-dev) or name it: PYTHON=/path make start"
is_there cc || stop "No C compiler here, and some packages need one. Install it: apt-get install gcc python3-dev"
"$python" -c 'import ensurepip' 2>/dev/null || stop "$python can't make virtual environments. Install: apt-get install python3-venv"

key=$(cat requirements-uv.txt requirements.txt requirements-test.txt setup.py buildout.cfg "$0" | sha256sum | cut -c1-16)
stamp=.venv/.installed-for
installed=$(cat $stamp 2>/dev/null || true)
if [ "$installed" = "test $key" ] || [ "$installed" = "$purpose $key" ]; then
  [ -x bin/instance ] && exit 0
fi
case $installed in test*) purpose=test ;; esac # what the tests need stays
locks=(requirements.txt)
[ "$purpose" = test ] && locks+=(requirements-test.txt)

if ! [ -x .venv/bin/python ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
  say "Making the virtual environment .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv || stop "$python can't make a virtual environment in .venv"
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! [ -x .venv/bin/uv ]; then
  say "Installing the installer (uv)"
  .venv/bin/python -m pip install --quiet --require-hashes -r requirements-uv.txt >"$log" 2>&1 ||
    stop "The package registry can't be reached (no network?): $(grep -m1 -iE 'error|could not' "$log" || tail -n1 "$log")"
fi
say "Installing the locked packages (${locks[*]})"
.venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes "${locks[@]}" requirements-uv.txt >"$log" 2>&1 ||
  stop "The locked packages could not be installed: $(grep -m1 -iE 'error|failed|caused' "$log" || tail -n1 "$log")"
say "Building bin/instance"
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable . >"$log" 2>&1 ||
  stop "The add-on could not be installed: $(tail -n1 "$log")"
.venv/bin/buildout -q >"$log" 2>&1 || stop "buildout failed: $(tail -n1 "$log")"
echo "$purpose $key" > $stamp
