#!/usr/bin/env bash
# The wasm may shrink freely but grows only on purpose: over 3 % more than the number in
# scripts/wasm-size.txt (brotli bytes, release) fails, and so does 150 kB.
#   scripts/guards/wasm-size.sh [accept]     `accept` writes today's number
. "$(dirname "$0")/../lib.sh"

recorded_in=scripts/wasm-size.txt
ceiling=150000
site=${MARKET_SITE_ROOT:-target/site}
file=$site$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).wasm' "$site/manifest.json").br
now=$(stat -c %s "$file")

if [ "${1:-}" = accept ]; then
  echo "$now" >"$recorded_in"
  note "recorded: $now bytes"
  exit 0
fi

recorded=$(cat "$recorded_in")
note "wasm: $now bytes br, recorded $recorded"
[ "$now" -le "$ceiling" ] || die "over the budget of $ceiling bytes"
[ "$((now * 100))" -le "$((recorded * 103))" ] ||
  die "more than 3 % over $recorded: find out why (twiggy top), or record it: scripts/guards/wasm-size.sh accept"
[ "$((now * 100))" -ge "$((recorded * 90))" ] ||
  note "much smaller than recorded: scripts/guards/wasm-size.sh accept"
