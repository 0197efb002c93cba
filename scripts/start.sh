#!/usr/bin/env bash
# Serve desk and portal on http://localhost:$PORT, with sample data made once. In the foreground until
# Ctrl-C, or with BACKGROUND=1 until "make stop". Safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/environment.sh

addresses() {
  cat <<TEXT

  Portal, for citizens:         $BASE/portal
  Desk, for agents and clerks:  $BASE/desk
  Sample accounts of the desk:  agent, clerk, admin (password: deliberation)
  Only this machine can reach them. The sample accounts are public: never use them elsewhere.

TEXT
}

if is_running; then
  [ "$(running_port)" = "$PORT" ] || stop "Already running on port $(running_port). Stop it first: make stop"
  say "Already running."
  addresses
  exit 0
fi
if ! .venv/bin/python - "$PORT" <<'PY'
import socket, sys
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(("127.0.0.1", int(sys.argv[1])))
    except (OSError, OverflowError, ValueError):
        sys.exit(1)
PY
then
  stop "Port $PORT is taken by another program (or is no port). Choose another: make start PORT=8081"
fi

if ! grep -q "127.0.0.1:$PORT\$" parts/instance/etc/wsgi.ini; then
  say "Building bin/instance for port $PORT"
  .venv/bin/buildout -q "settings:port=$PORT"
fi

made=$(cat var/sites-made-for 2>/dev/null || true)
if [ "$made" != "$PORTAL_URL" ]; then
  say "Making the sites /desk and /portal with sample data (once, about a minute)"
  DELIBERATION_DELIVERER=off DELIBERATION_DETECTOR=off DELIBERATION_READER=off bin/instance run scripts/create_sites.py >var/log/create-sites.log 2>&1 ||
    stop "The sites could not be made. The reason is at the end of var/log/create-sites.log"
  echo "$PORTAL_URL" > var/sites-made-for
fi

say "Starting on $BASE"
setsid bin/instance console >var/log/console.log 2>&1 </dev/null &
pid=$!
echo "$pid $PORT" > "$PID_FILE"
finish() {
  kill -TERM -- "-$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  rm -f "$PID_FILE"
}
trap 'echo; say "Stopping"; finish; exit 0' HUP INT TERM

deadline=$((SECONDS + 120))
until answers "$BASE/portal"; do
  kill -0 "$pid" 2>/dev/null || { rm -f "$PID_FILE"; stop "The server stopped at once. The reason is at the end of var/log/console.log"; }
  if [ $SECONDS -ge $deadline ]; then finish; stop "The server doesn't answer after two minutes: see var/log/console.log"; fi
  sleep 0.5
done
addresses
if [ -n "${BACKGROUND:-}" ]; then
  say "In the background. Stop it with: make stop"
  trap - HUP INT TERM
  exit 0
fi
say "Ctrl-C stops it."
wait "$pid" || true
rm -f "$PID_FILE"
