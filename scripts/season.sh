#!/usr/bin/env bash
# Ninety days, 500 vendors and 5,000 inquiries on a clock turned by hand (docs/THREADS.md, "A season"); prints what became of
# them. Takes minutes, so `make test` lives through a small season only.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh build
use_rust
cargo test --quiet -p market --features backend,testing --lib -- --ignored --exact --nocapture \
  inquiries::tests::simulation::a_season_of_five_thousand_inquiries
