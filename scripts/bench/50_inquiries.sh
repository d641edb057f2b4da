#!/usr/bin/env bash
# From pressing the button of an inquiry to the answer that it is kept, beside what inserting and committing one row costs
# on the same disk; the inbox of a company with ten thousand threads; a hundred thousand reminders that are due at once.
# The limits of senders and listings hold as everywhere: as many people ask as it takes.
. "$(dirname "$0")/lib.sh"

PER_SECOND=${BENCH_INQUIRIES:-50}
SECONDS_OF_LOAD=${BENCH_INQUIRY_SECONDS:-20}
THREADS=${BENCH_THREADS_OF_INBOX:-10000}
REMINDERS=${BENCH_REMINDERS:-100000}
server=${BENCH_SERVER:-$TARGET_DIR/release/server}
# not below /tmp, which may lie in memory: what is measured is a disk
mkdir -p "$BENCH_OUT"
BENCH_WORK=$(mktemp -d "$BENCH_OUT/inquiries.XXXXXX")
trap bench_stop EXIT INT TERM
mkdir -p "$BENCH_WORK/var"
port=$(free_port)
export DATABASE_URL=sqlite://$BENCH_WORK/market.db MARKET_VAR=$BENCH_WORK/var MARKET_LOG=error
export MARKET_SITE_ROOT=${MARKET_SITE_ROOT:-$ROOT/target/site} MARKET_ADDR=127.0.0.1:$port MARKET_PUBLIC_URL=http://127.0.0.1:$port

bench() { "$server" bench-inquiries "$@"; }
bare() { bench bare --file "$BENCH_WORK/bare.db" --per-second "$PER_SECOND" --seconds "$((SECONDS_OF_LOAD / 2))"; }
# figures NAME=LIMIT:KIND… of the lines "name value" on standard input
figures() {
  local name value goal
  while read -r name value; do
    goal=
    for wanted in "$@"; do [ "${wanted%%=*}" != "$name" ] || goal=${wanted#*=}; done
    bench_note "$name" "$value" "${goal%%:*}" "${goal##*:}"
  done
}

bench people --out "$BENCH_WORK/people.tsv" --threads "$THREADS"
bare >"$BENCH_WORK/bare.before"
"$server" serve >"$BENCH_WORK/server.log" 2>&1 </dev/null &
BENCH_PID=$!
BENCH_PIDS+=("$BENCH_PID")
wait_for_http "$MARKET_PUBLIC_URL/readyz" 60 "$BENCH_PID" || die "not ready: $(tail -n 5 "$BENCH_WORK/server.log")"
python3 "$ROOT/scripts/bench/inquiry_load.py" "$MARKET_PUBLIC_URL" "$BENCH_WORK/people.tsv" "$PER_SECOND" "$SECONDS_OF_LOAD" >"$BENCH_WORK/submit"
kill "$BENCH_PID"
wait "$BENCH_PID" || true
bare >"$BENCH_WORK/bare.after"

read -r rate p50 p99 refused trip_p50 trip_p99 <"$BENCH_WORK/submit"
# the bare row before and after the load, in the mean: a disk is not equally fast all the time
bare_at() { awk -v name="bare_insert_$1_ms" '$1 == name { sum += $2; n++ } END { printf "%.2f", sum / n }' "$BENCH_WORK"/bare.{before,after}; }
bench_note inquiries_per_s "$rate" "$((PER_SECOND * 98 / 100))" least
bench_note inquiries_refused "$refused" 0 most
bench_note inquiry_p50_ms "$p50"
bench_note http_alone_p50_ms "$trip_p50"
bench_note http_alone_p99_ms "$trip_p99"
bench_note inquiry_p99_ms "$p99" 40 most
bench_note bare_insert_p50_ms "$(bare_at p50)"
bench_note bare_insert_p99_ms "$(bare_at p99)"
bench_note inquiry_of_bare_p50 "$(bench_ratio "$p50" "$(bare_at p50)")" 4 most
bench_note inquiry_of_bare_p99 "$(bench_ratio "$p99" "$(bare_at p99)")" 4 most

bench inbox | figures inbox_statements=12:most inbox_p99_ms=40:most inbox_last_page_p99_ms=40:most inbox_one_state_p99_ms=40:most
bench backlog --reminders "$REMINDERS" | figures reminders_per_s=500:least reminders_twice=0:most reminders_never=0:most mails_not_once=0:most
