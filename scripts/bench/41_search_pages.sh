#!/usr/bin/env bash
# The results page over HTTP with invented listings: a database of so many, an index built over it, a server on both, and
# the 200 questions of 40_search.sh asked of its pages; what other pages cost at that size; how soon a change is found;
# memory after all of it. A million listings take some minutes and 6 GB of disk, so they are measured when asked for:
#   SIZES=3000,100000,1000000 scripts/bench/41_search_pages.sh
# BENCH_KEEP=folder keeps databases and indexes there and uses them again.
. "$(dirname "$0")/lib.sh"

SIZES=${SIZES:-3000,100000}
server=${SERVER:-$TARGET_DIR/release/server}
mkdir -p "$BENCH_OUT"
# not below /tmp, which may lie in memory
BENCH_WORK=$(mktemp -d "$BENCH_OUT/search-pages.XXXXXX")
trap bench_stop EXIT INT TERM
export MARKET_SITE_ROOT=${MARKET_SITE_ROOT:-$ROOT/target/site} MARKET_LOG=${MARKET_LOG:-error}

# figures SIZE: the table's line of each "name value" on standard input; goals are for a million listings on two cores
figures() {
  local name value limit
  while read -r name value; do
    limit=
    if [ "$1" = 1000000 ]; then
      case $name in
        results_p99_ms) limit=60 ;;
        rss_mb) limit=350 ;;
        ready_ms) limit=1000 ;;
        visible_ms) limit=2000 ;;
      esac
    fi
    bench_note "pages_$1_$name" "$value" "$limit" "${limit:+most}"
  done
}

measure() {
  local size=$1 folder began port pid
  folder=${BENCH_KEEP:-$BENCH_WORK}/$size
  export DATABASE_URL=sqlite://$folder/market.db MARKET_VAR=$folder/var
  if [ ! -e "$folder/ready" ]; then
    rm -rf "$folder"
    mkdir -p "$folder/var"
    began=$SECONDS
    "$server" bench-catalogue fill --size "$size" --questions "$folder/questions" >"$folder/fill.log" 2>&1 || die "fill: $(tail -n 3 "$folder/fill.log")"
    echo "fill_s $((SECONDS - began))" >"$folder/made"
    began=$SECONDS
    "$server" reindex >>"$folder/fill.log" 2>&1 || die "reindex: $(tail -n 3 "$folder/fill.log")"
    echo "reindex_s $((SECONDS - began))" >>"$folder/made"
    touch "$folder/ready"
  fi
  port=$(free_port)
  export MARKET_ADDR=127.0.0.1:$port MARKET_PUBLIC_URL=http://127.0.0.1:$port
  began=$(date +%s%N)
  "$server" serve >"$folder/server.log" 2>&1 </dev/null &
  pid=$!
  BENCH_PIDS+=("$pid")
  wait_for_http "$MARKET_PUBLIC_URL/readyz" 60 "$pid" || die "not ready: $(tail -n 5 "$folder/server.log")"
  {
    cat "$folder/made"
    echo "database_mb $(du -m "$folder/market.db" | cut -f1)"
    echo "ready_ms $((($(date +%s%N) - began) / 1000000))"
    node "$ROOT/scripts/bench/search_pages.mjs" "$MARKET_PUBLIC_URL" "$folder/questions" "$pid" "$server" "$size"
  } | figures "$size"
  kill "$pid"
  wait "$pid" || true
  [ -n "${BENCH_KEEP:-}" ] || rm -rf "$folder"
}

for size in ${SIZES//,/ }; do measure "$size"; done
