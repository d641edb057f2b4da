#!/usr/bin/env bash
# How well search answers. Without variables: the judged questions of server/tests/search, and those of the
# folder SEARCH_JUDGED (corpus_dev.jsonl, queries_dev.jsonl, score.py, gate.json) with its own scorer and gate.
#   CORPUS=listings.jsonl QUERIES=questions.jsonl OUT=run.jsonl [ENGINE=tantivy|meilisearch] scripts/search-quality.sh
# loads any other catalogue into a scratch index and writes one answer a line. SERVER=program skips the build.
# ENGINE=meilisearch asks the server of MEILI_URL (and MEILI_KEY) through the code path of the site.
. "$(dirname "$0")/lib.sh"

SEARCH_JUDGED=${SEARCH_JUDGED:-$ROOT/../shared/data/search/judged}
if [ -z "${SERVER:-}" ]; then
  scripts/setup.sh build
  use_rust
  step 'server (release)' cargo build --release -p server --bin server
  SERVER=$TARGET_DIR/release/server
fi

if [ "${ENGINE:-tantivy}" = meilisearch ]; then
  : "${MEILI_URL:?address of a Meilisearch server, as http://127.0.0.1:7700}"
fi

answer() { "$SERVER" quality --engine "${ENGINE:-tantivy}" --corpus "$1" --queries "$2" --out "$3"; }

if [ -n "${CORPUS:-}${QUERIES:-}${OUT:-}" ]; then
  : "${CORPUS:?a file of listings}" "${QUERIES:?a file of questions}" "${OUT:?a file for the answers}"
  answer "$CORPUS" "$QUERIES" "$OUT"
  note "answers: $OUT"
  exit
fi

mkdir -p target/search
say 'tariff goods and an invented price list of other trades (server/tests/search)'
answer server/tests/search/listings.jsonl server/tests/search/questions.jsonl target/search/run.jsonl
if [ ! -e "$SEARCH_JUDGED/corpus_dev.jsonl" ]; then
  note "no judged set in $SEARCH_JUDGED: SEARCH_JUDGED=folder make search-quality runs one (corpus_dev.jsonl, queries_dev.jsonl, score.py, gate.json)"
  exit
fi
say "judged set of $SEARCH_JUDGED"
answer "$SEARCH_JUDGED/corpus_dev.jsonl" "$SEARCH_JUDGED/queries_dev.jsonl" target/search/run_judged.jsonl >/dev/null
python3 "$SEARCH_JUDGED/score.py" "$SEARCH_JUDGED/queries_dev.jsonl" target/search/run_judged.jsonl --gate "$SEARCH_JUDGED/gate.json"
note 'every class is above its gate'
