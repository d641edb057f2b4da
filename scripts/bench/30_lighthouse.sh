#!/usr/bin/env bash
# Lighthouse on the three pages, as a phone.
. "$(dirname "$0")/lib.sh"

bench_start
listing=$(bench_listing)
while read -r name value limit; do
  bench_note "$name" "$value" "$limit" least
done < <(BASE_URL=$BENCH_URL node "$ROOT/scripts/bench/lighthouse/run.mjs" /=home "$BENCH_RESULTS=results" "$listing=listing")
