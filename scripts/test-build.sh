# shellcheck shell=bash
# How everything that tests run is compiled: one profile, one set of features, so that no
# crate is built twice. `--tests --bins` in one build keeps dev-dependencies' features in the
# server binary that the browser tests start.
# shellcheck disable=SC2034
TEST_BUILD=(--workspace --exclude client --features market/testing)
