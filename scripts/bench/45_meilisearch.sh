#!/usr/bin/env bash
# The embedded engine and a live Meilisearch side by side: same listings, same questions, same code path.
#   MEILI_URL=http://127.0.0.1:7700 [MEILI_KEY=…] [SEARCH_JUDGED=folder] scripts/bench/45_meilisearch.sh
# Without MEILI_URL there is nothing to compare with, and the script says so.
. "$(dirname "$0")/lib.sh"

if [ -z "${MEILI_URL:-}" ]; then
  note 'meilisearch: MEILI_URL names no server, nothing compared'
  exit
fi
curl --fail --silent --show-error --max-time 5 "${MEILI_URL%/}/health" >/dev/null
export MEILI_URL=${MEILI_URL%/}
server=$TARGET_DIR/release/server
work=$(mktemp -d /tmp/market-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir -p "$BENCH_OUT"

corpus=$ROOT/server/tests/search/listings.jsonl questions=$ROOT/server/tests/search/questions.jsonl
if [ -n "${SEARCH_JUDGED:-}" ]; then
  corpus=$SEARCH_JUDGED/corpus_dev.jsonl questions=$SEARCH_JUDGED/queries_dev.jsonl
fi
for engine in tantivy meilisearch; do
  "$server" quality --engine "$engine" --corpus "$corpus" --queries "$questions" --out "$work/$engine.jsonl" >"$work/$engine.txt"
done
# milliseconds of one question, one client: median, 99th percentile, and how often the first hit is the same
python3 - "$work" >"$BENCH_OUT/meilisearch.json" <<'PY'
import json, sys
work = sys.argv[1]
runs = {e: [json.loads(l) for l in open(f"{work}/{e}.jsonl")] for e in ("tantivy", "meilisearch")}
def at(run, share):
    ms = sorted(r["ms"] for r in run)
    return round(ms[min(len(ms) - 1, int(len(ms) * share))], 3)
same = sum(a["hits"][:1] == b["hits"][:1] for a, b in zip(*runs.values()))
print(json.dumps({
    **{e: {"p50_ms": at(r, .5), "p99_ms": at(r, .99)} for e, r in runs.items()},
    "same_first_hit": round(same / len(runs["tantivy"]), 4),
    "ratio_p50": round(at(runs["meilisearch"], .5) / max(at(runs["tantivy"], .5), 0.001), 1),
}, indent=1))
PY
cat "$BENCH_OUT/meilisearch.json"
