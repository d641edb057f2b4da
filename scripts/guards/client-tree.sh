#!/usr/bin/env bash
# What reaches the browser holds nothing of the server: such a crate would bring megabytes,
# and show that a page's code leaked into an island.
. "$(dirname "$0")/../lib.sh"

never='sqlx|tokio|axum|reqwest|hyper|tantivy|argon2|lettre|image|ring'
tree=$(cargo tree --quiet -p client --target wasm32-unknown-unknown --edges normal --prefix none --format '{p}')
if found=$(grep -E "^($never)(-[a-z-]+)? v" <<<"$tree" | sort -u); then
  note "crates of the server in the client:"
  while IFS= read -r crate; do note "  $crate   (cargo tree -p client --target wasm32-unknown-unknown -i ${crate%% *})"; done <<<"$found"
  exit 1
fi
