#!/usr/bin/env bash
# The embedded search engine with invented listings: questions with all facets, keystrokes, building, memory. The table
# and target/bench/search.json; figures with a goal also stand in the table of all benches. A million listings take
# minutes and 4 GB below TMPDIR, so they are measured when asked for:
#   SIZES=3000,100000,1000000 SERVER=program scripts/bench/40_search.sh
. "$(dirname "$0")/lib.sh"

SIZES=${SIZES:-3000,100000}
if [ -z "${SERVER:-}" ]; then
  SERVER=$TARGET_DIR/release/server
  if [ ! -x "$SERVER" ]; then
    scripts/setup.sh build
    use_rust
    step 'server (release)' cargo build --release -p server --bin server
  fi
fi
mkdir -p "$BENCH_OUT"
"$SERVER" bench-search --sizes "$SIZES" --out "$BENCH_OUT/search.json"
# goals are for a million listings on two cores; smaller sizes are shown without
# shellcheck disable=SC2016 # the dollar signs are JavaScript's
node -e '
const all = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
const goals = { search_p99_ms: 25, autocomplete_p99_ms: 8, build_s: 360, rss_anonymous_mb: 350, start_ms: 1000, visible_after_commit_ms: 2000 };
for (const [size, figures] of Object.entries(all)) {
  if (!/^\d+$/.test(size)) continue;
  for (const [name, goal] of Object.entries(goals))
    console.log(`search_${size}_${name}`, figures[name], size === "1000000" ? `${goal} most` : "");
}' "$BENCH_OUT/search.json" | while read -r name value limit kind; do
  bench_note "$name" "$value" "${limit:-}" "${kind:-}"
done
