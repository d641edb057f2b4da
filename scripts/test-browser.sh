#!/usr/bin/env bash
# The browser tests of end2end/ against a server of its own: fresh SQLite database, demo data,
# free port. Debug build by default; the release build shows hydration faults differently.
#   scripts/test-browser.sh debug|release [part of a journey's name…]
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/test-build.sh
. scripts/test-build.sh

kind=${1:?debug or release}
shift
steps_begin
if [ "$kind" = release ]; then
  scripts/setup.sh test
  use_rust && use_tools
  site=target/site
  step 'server (release)' cargo build --release -p server --bin server
else
  site=target/site-debug
  step 'server (test build)' cargo build "${TEST_BUILD[@]}" --tests --bins
fi
server=$TARGET_DIR/$kind/server
step "site ($kind)" scripts/build-site.sh "$kind"

work=$(mktemp -d /tmp/market-browser.XXXXXX)
pid=
finish() {
  local status=$?
  trap - EXIT INT TERM
  if [ -n "$pid" ]; then
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  fi
  if [ "$status" -ne 0 ]; then
    mkdir -p target/end2end
    cp "$work/server.log" target/end2end/server.log 2>/dev/null || true
    complain "server log: target/end2end/server.log, last lines:"
    tail -n 15 "$work/server.log" >&2 || true
  fi
  rm -rf "$work"
  steps_report
  exit "$status"
}
trap finish EXIT INT TERM

port=$(free_port)
export DATABASE_URL=sqlite://$work/market.db MARKET_VAR=$work/var MARKET_SITE_ROOT=$site
export MARKET_ADDR=127.0.0.1:$port MARKET_PUBLIC_URL=http://127.0.0.1:$port
MARKET_METRICS_ADDR=127.0.0.1:$(free_port)
export MARKET_METRICS_ADDR
mkdir -p "$MARKET_VAR"
# only a server built for tests looks for this file (end2end/lib/clock.mjs)
if [ "$kind" = debug ]; then export CLOCK_AHEAD=$MARKET_VAR/clock-ahead; fi
step 'browser tests: database' "$server" migrate
step 'browser tests: demo data' "$server" seed --demo

# a limit on the size of files is to fail a write, not to end the program: a journey fills the disk that way
(trap '' XFSZ && exec "$server" serve) >"$work/server.log" 2>&1 </dev/null &
pid=$!
wait_for_http "$MARKET_PUBLIC_URL/readyz" 60 "$pid" || die "the server did not become ready"

BASE_URL=$MARKET_PUBLIC_URL SERVER_BIN=$server SERVER_PID=$pid SERVER_LOG=$work/server.log \
  step "browser tests ($kind)" node end2end/run.mjs "$@"
