#!/usr/bin/env bash
# What two thousand people who only look on cost, and how soon the two readers of a thread are told while two hundred
# messages a second are written. Sessions and threads are put into the database before the server starts: signing two
# thousand people in is another subject.
. "$(dirname "$0")/lib.sh"

STREAMS=${BENCH_STREAMS:-2000}
PER_SECOND=${BENCH_MESSAGES:-200}
server=${BENCH_SERVER:-$TARGET_DIR/release/server}
BENCH_WORK=$(mktemp -d /tmp/market-bench.XXXXXX)
trap bench_stop EXIT INT TERM
mkdir -p "$BENCH_OUT" "$BENCH_WORK/var"
port=$(free_port)
export DATABASE_URL=sqlite://$BENCH_WORK/market.db MARKET_VAR=$BENCH_WORK/var MARKET_LOG=error
export MARKET_SITE_ROOT=${MARKET_SITE_ROOT:-$ROOT/target/site} MARKET_ADDR=127.0.0.1:$port MARKET_PUBLIC_URL=http://127.0.0.1:$port
# the limits of one sender are not what is measured
printf '[business]\nmessages_per_minute = 1000000\n' >"$BENCH_WORK/market.toml"
export MARKET_CONFIG=$BENCH_WORK/market.toml
"$server" migrate >"$BENCH_WORK/prepare.log" 2>&1 || die "migrate: $(tail -n 3 "$BENCH_WORK/prepare.log")"
python3 "$ROOT/scripts/bench/live_people.py" "$BENCH_WORK" "$STREAMS"
"$server" serve --no-worker >"$BENCH_WORK/server.log" 2>&1 </dev/null &
BENCH_PID=$!
BENCH_PIDS+=("$BENCH_PID")
wait_for_http "$MARKET_PUBLIC_URL/readyz" 60 "$BENCH_PID" || die "not ready: $(tail -n 5 "$BENCH_WORK/server.log")"

rss() { awk '/^VmRSS/ { print $2 }' "/proc/$BENCH_PID/status"; }
load() { node "$ROOT/scripts/bench/live_load.mjs" "$@"; }

curl -fsS -o /dev/null "$MARKET_PUBLIC_URL/" # the process has done its first work
before=$(rss)
coproc IDLE { load idle "$MARKET_PUBLIC_URL" "$BENCH_WORK/sessions.txt" "$STREAMS"; }
read -r -t 120 ready <&"${IDLE[0]}" || die 'the streams did not open'
[ "$ready" = ready ] || die "streams: $ready"
sleep 2
bench_note live_streams "$STREAMS"
bench_note live_kb_per_stream "$((($(rss) - before) / STREAMS))" 60 most
read -r rate p50 p99 lost <<<"$(load fanout "$MARKET_PUBLIC_URL" "$BENCH_WORK/threads.tsv" "$PER_SECOND" "${BENCH_SECONDS:-8}")"
bench_note live_messages_per_s "$rate" "$((PER_SECOND * 9 / 10))" least
bench_note live_fanout_p50_ms "$p50"
bench_note live_fanout_p99_ms "$p99" 300 most
bench_note live_events_lost "$lost" 0 most
# shellcheck disable=SC1083 # closes the descriptor that the array names
exec {IDLE[1]}>&-
