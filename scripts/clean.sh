#!/usr/bin/env bash
# Removes what was built. Data (var/) and the tools outside the clone stay; their places are named.
. "$(dirname "$0")/lib.sh"

rm -rf "$TARGET_DIR" "$ROOT/target" node_modules end2end/node_modules
note "removed target/ and node_modules/"
[ ! -d var ] || note "kept: var/ (database, mail, media) – rm -r var to start over"
[ ! -d "$MARKET_TOOLS" ] || note "kept: $MARKET_TOOLS (tools)"
