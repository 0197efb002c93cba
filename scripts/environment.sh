# What the scripts share; sourced from the project's folder. PORT, and the secret of the sample portal.
PORT=${PORT:-8080}
BASE=http://localhost:$PORT
PID_FILE=var/start.pid

say() { echo "· $*"; }
stop() { echo "✗ $*" >&2; exit 1; }

# With Python, as a fresh Debian has no curl. A redirect is an answer too.
answers() {
  .venv/bin/python - "$1" 2>/dev/null <<'PY'
import sys, urllib.request
urllib.request.urlopen(sys.argv[1], timeout=20).read()
PY
}
# A number alone could be another program's by now.
is_running() { [ -s "$PID_FILE" ] && grep -qs instance "/proc/$(cut -d' ' -f1 "$PID_FILE")/cmdline"; }
running_port() { cut -d' ' -f2 "$PID_FILE"; }

unset PYTHONDONTWRITEBYTECODE # compiled modules make later starts twice as fast
mkdir -p var/log var/filestorage var/cache var/instance
chmod 700 var # originals and the secret are in it
if ! [ -s var/portal-password ]; then
  (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '/+=' > var/portal-password)
fi
if ! [ -s var/signing-key ]; then
  (umask 077 && head -c 48 /dev/urandom | base64 -w0 | tr -d '/+=' > var/signing-key)
fi
export DELIBERATION_DELIVERER=${DELIVERER:-on}
export DELIBERATION_DETECTOR=${DETECTOR:-on}
export DELIBERATION_READER=on
# Mail alerts are offered once the portal's mail settings name a server and a sender.
if ! [ -s var/alerts-key ]; then
  (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '/+=' > var/alerts-key)
fi
DELIBERATION_ALERTS_KEY=$(cat var/alerts-key)
export DELIBERATION_ALERTS_KEY DELIBERATION_ALERTS=${ALERTS:-on}
export DELIBERATION_ALERTS_URL=$BASE/portal
export DELIBERATION_PORTAL_USER=publisher
DELIBERATION_PORTAL_PASSWORD=$(cat var/portal-password)
export DELIBERATION_PORTAL_PASSWORD
DELIBERATION_SIGNING_KEYS="start:$(cat var/signing-key)"
export DELIBERATION_SIGNING_KEYS
export PORTAL_URL=$BASE/portal
