#!/usr/bin/env bash
# The tests, set up and started from nothing.
#   scripts/test.sh [rust] [browser] [ARGS…]     ARGS go to cargo test or the browser runner
. "$(dirname "$0")/lib.sh"

halves=()
while [ $# -gt 0 ]; do
  case $1 in
    rust | browser) halves+=("$1") && shift ;;
    *) break ;;
  esac
done
[ ${#halves[@]} -gt 0 ] || halves=(rust browser)

steps_begin
trap steps_report EXIT
scripts/setup.sh test
use_rust && use_tools

failed=()
for half in "${halves[@]}"; do
  case $half in
    rust) scripts/test-rust.sh "$@" ;;
    browser) scripts/test-browser.sh debug "$@" ;;
  esac || failed+=("$half")
done
[ ${#failed[@]} -eq 0 ] || die "failed: ${failed[*]}"
