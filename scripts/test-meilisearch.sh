#!/usr/bin/env bash
# The whole search suite against a live Meilisearch: MEILI_URL=http://127.0.0.1:7700 [MEILI_KEY=…] scripts/test-meilisearch.sh
# Uses an index of its own (market_suite_…), which it removes. Fails when the server does not answer: nothing is skipped.
. "$(dirname "$0")/lib.sh"

: "${MEILI_URL:?address of a Meilisearch server, as http://127.0.0.1:7700}"
curl --fail --silent --show-error --max-time 5 "${MEILI_URL%/}/health" >/dev/null
export MEILI_URL=${MEILI_URL%/} MEILI_KEY=${MEILI_KEY:-}
use_rust
cargo test -p server --lib -- --ignored --exact \
  adapters::meilisearch::tests::a_live_server_is_served_by_the_whole_suite
