#!/usr/bin/env bash
# Removes what was built. Data (var/) and the tools outside the clone stay; their places are named.
. "$(dirname "$0")/lib.sh"

rm -rf "$TARGET_DIR" "$ROOT/target"
# every folder that npm filled has a lock file of ours
git ls-files -z 'package-lock.json' '*/package-lock.json' |
  while IFS= read -r -d '' lock; do rm -rf "${lock%package-lock.json}node_modules"; done
note "removed target/ and every node_modules/"
[ ! -d var ] || note "kept: var/ (database, mail, media) – rm -r var to start over"
[ ! -d "$MARKET_TOOLS" ] || note "kept: $MARKET_TOOLS (tools)"
