#!/usr/bin/env bash
# Brings a machine to where GOAL works: build · test · check · bench. Every piece is a script
# in scripts/setup/ that knows three words: `check` (is it there?), `install`, `byhand`.
# Pieces that are there are skipped; running this again costs a second.
#   scripts/setup.sh GOAL
. "$(dirname "$0")/lib.sh"

goal=${1:?goal: build, test, check, bench or all}
steps_begin
trap steps_report EXIT

piece() {
  local name=$1 script=scripts/setup/$2
  shift 2
  if "$script" check "$@" >/dev/null 2>&1; then
    note "$name: already there"
    return
  fi
  if ! step "$name" "$script" install "$@" || ! "$script" check "$@"; then
    complain "What to do by hand, then run the same command again:"
    "$script" byhand "$@" >&2
    exit 1
  fi
}

say "setting up for: $goal"
piece 'system packages' apt.sh "$goal"
piece "rust $RUST_VERSION with wasm32" toolchain.sh
piece "wasm-bindgen $(locked_version wasm-bindgen)" wasm-bindgen.sh
piece "node $NODE_OLDEST or newer" node.sh
piece 'npm packages of the build' npm.sh .
[ "$goal" = build ] || piece 'npm packages of the browser tests' npm.sh end2end
if [ "$goal" = bench ] || [ "$goal" = all ]; then
  piece 'npm packages of the bench' npm.sh scripts/bench/lighthouse
fi
if [ "$goal" = check ] || [ "$goal" = all ]; then
  piece 'cargo-deny' cargo-tool.sh cargo-deny 0.20.2
  piece 'cargo-machete' cargo-tool.sh cargo-machete 0.9.2
fi
