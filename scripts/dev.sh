#!/usr/bin/env bash
# The market from a quick build; when a source changes it is built again and, if that worked,
# restarted. A broken build, and a migration that fails, leave the running one alone. Polls twice a second: no watcher to
# install, and it works on every kind of mounted folder.
. "$(dirname "$0")/lib.sh"

export DATABASE_URL=${DATABASE_URL:-sqlite://var/market.db}
export MARKET_ADDR=${MARKET_ADDR:-127.0.0.1:3000}
export MARKET_VAR=${MARKET_VAR:-var}
export MARKET_SITE_ROOT=target/site-debug
export MARKET_PUBLIC_URL=${MARKET_PUBLIC_URL:-http://$MARKET_ADDR}
server=$TARGET_DIR/debug/server
running=$TARGET_DIR/debug/server-running
watched=(.cargo Cargo.toml Cargo.lock Leptos.toml market imaging app server style public)

scripts/setup.sh build
use_rust && use_tools

pid=
stop() {
  [ -n "$pid" ] || return 0
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  pid=
}
trap 'stop; rm -f "$running" "$running.new"' EXIT
trap 'exit 0' INT TERM

# A folder's own time tells of removed and renamed files.
changed_since() { [ -n "$(find "${watched[@]}" -newer "$1" -print -quit 2>/dev/null)" ]; }

build() { cargo build -p server --bin server && scripts/build-site.sh debug; }

# The old server goes on until the database is ready for the new one. (No `set -e` in here: it is part of a condition.)
restart() {
  local stamp
  stamp=$(seed_stamp)
  # Run a copy: the compiler must be free to replace the original meanwhile.
  cp "$server" "$running.new" && "$running.new" migrate || return 1
  if [ ! -e "$stamp" ]; then
    "$running.new" seed --demo && touch "$stamp" || return 1
  fi
  stop
  mv "$running.new" "$running"
  "$running" serve &
  pid=$!
  note "http://$MARKET_ADDR/   (watching; Ctrl-C ends)"
}

mkdir -p "$MARKET_VAR" target
stamp=target/.dev-stamp
while true; do
  touch "$stamp"
  if build && restart; then :; else complain 'not taken; what runs is the last good one. Waiting for a change.'; fi
  until changed_since "$stamp"; do sleep 0.5; done
  say 'changed'
done
