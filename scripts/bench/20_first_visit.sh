#!/usr/bin/env bash
# What a phone loads on its first visit, and whether the page moves while it loads.
. "$(dirname "$0")/lib.sh"

bench_start
listing=$(bench_listing)
while read -r name value limit; do
  if [ "$limit" = - ]; then bench_note "$name" "$value"; else bench_note "$name" "$value" "$limit" most; fi
done < <(BASE_URL=$BENCH_URL node "$ROOT/end2end/first_visit.mjs" /=home "$BENCH_RESULTS=results" "$listing=listing")
