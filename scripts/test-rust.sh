#!/usr/bin/env bash
# Unit, property, store (both databases) and HTTP tests. Assumes `setup.sh test`.
#   scripts/test-rust.sh [arguments of cargo test…]
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/test-build.sh
. scripts/test-build.sh

steps_begin
trap steps_report EXIT
step 'compile server and tests' cargo build "${TEST_BUILD[@]}" --tests --bins
# Without TEST_POSTGRES_URL the PostgreSQL half would be skipped; with it set, a database
# that cannot be reached is a failure.
step 'tests: unit, both databases, HTTP' \
  scripts/with-postgres.sh cargo test "${TEST_BUILD[@]}" --no-fail-fast "$@"
