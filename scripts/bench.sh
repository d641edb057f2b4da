#!/usr/bin/env bash
# Measures pages against nginx serving the same bytes on this machine, in one run. Each file
# scripts/bench/NN_name.sh is one subject; results go to target/bench.
#   scripts/bench.sh [part of a subject's name…]
. "$(dirname "$0")/lib.sh"

steps_begin
trap steps_report EXIT
scripts/setup.sh bench
use_rust && use_tools
step 'server (release)' cargo build --release -p server --bin server
step 'site (release)' scripts/build-site.sh release

rm -rf target/bench
mkdir -p target/bench
found=
for script in scripts/bench/[0-9][0-9]_*.sh; do
  [ -e "$script" ] || continue
  for part in "${@:-}"; do
    [[ $script == *"$part"* ]] || continue
    found=1
    step "bench: $(basename "$script" .sh)" "$script"
  done
done
[ -n "$found" ] || die "no subject in scripts/bench matches: $*"
node scripts/bench/table.mjs target/bench
