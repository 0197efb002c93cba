#!/usr/bin/env bash
# Stop what start.sh serves, and wait until it is gone.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/environment.sh

if ! is_running; then
  rm -f "$PID_FILE"
  say "Nothing is running."
  exit 0
fi
pid=$(cut -d' ' -f1 "$PID_FILE")
kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid"
for _ in $(seq 60); do
  kill -0 "$pid" 2>/dev/null || { rm -f "$PID_FILE"; say "Stopped."; exit 0; }
  sleep 0.5
done
stop "Process $pid doesn't stop. End it with: kill -9 $pid"
