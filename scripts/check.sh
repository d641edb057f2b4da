#!/usr/bin/env bash
# Everything that can be said about the code without running it, quick things first. All of
# it runs even when one fails, so that one go shows everything.
. "$(dirname "$0")/lib.sh"

steps_begin
trap steps_report EXIT
scripts/setup.sh check
use_rust && use_tools

failed=()
try() { step "$@" || failed+=("$1"); }

# lints of the code that browsers run need their own pass: other features, other target
wasm=(--target wasm32-unknown-unknown)
mapfile -t shell_files < <(git ls-files '*.sh' .ci/run)

try 'formatting' cargo fmt --all --check
try 'shell scripts' shellcheck "${shell_files[@]}"
try 'guard: length of files' scripts/guards/file-length.sh
try 'guard: expectations have reasons' scripts/guards/expect-reasons.sh
try 'guard: unused snapshots' scripts/guards/snapshots.sh
try 'guard: client without server crates' scripts/guards/client-tree.sh
try 'dependencies: bans, licences, sources' cargo deny --log-level error check bans licenses sources
try 'dependencies: unused' cargo machete
try 'guard: market without backend, for wasm' cargo check --quiet -p market "${wasm[@]}"
try 'guard: app with hydrate, for wasm' cargo check --quiet -p app --features hydrate "${wasm[@]}"
try 'lints, native' cargo clippy --quiet --workspace --exclude client --features market/testing \
  --all-targets -- -D warnings
try 'lints, wasm' cargo clippy --quiet -p client -p app --features app/hydrate "${wasm[@]}" -- -D warnings
try 'documentation' env RUSTDOCFLAGS='-D warnings' cargo doc --quiet --no-deps --workspace \
  --exclude client --features market/testing --document-private-items
try 'site (release)' scripts/build-site.sh release
try 'guard: size of the wasm' scripts/guards/wasm-size.sh

[ ${#failed[@]} -eq 0 ] || die "failed: $(printf '%s; ' "${failed[@]}")"
say 'all checks passed'
