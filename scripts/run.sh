#!/usr/bin/env bash
# The market on this machine: sets up, builds release, migrates, seeds once, serves.
. "$(dirname "$0")/lib.sh"

export DATABASE_URL=${DATABASE_URL:-sqlite://var/market.db}
export MARKET_ADDR=${MARKET_ADDR:-127.0.0.1:3000}
export MARKET_VAR=${MARKET_VAR:-var}
export MARKET_SITE_ROOT=${MARKET_SITE_ROOT:-target/site}
export MARKET_PUBLIC_URL=${MARKET_PUBLIC_URL:-http://$MARKET_ADDR}
server=$TARGET_DIR/release/server

steps_begin
trap steps_report EXIT

scripts/setup.sh build
use_rust && use_tools

step 'server (release)' cargo build --release -p server --bin server ||
  die "the compiler's message is above; out of memory? CARGO_BUILD_JOBS=1 make run"
step 'site (release)' scripts/build-site.sh release ||
  die "the message is above; after a change of tools: rm -r target/site-work-release"

mkdir -p "$MARKET_VAR"
stamp=$(seed_stamp)

step 'database: migrate' "$server" migrate ||
  die "is DATABASE_URL right, and may this user write there?  $server doctor"
if [ ! -e "$stamp" ]; then
  step 'database: demo data' "$server" seed --demo ||
    die "start over with an empty database: rm -r $MARKET_VAR, or serve without demo data: $server serve"
  touch "$stamp"
else
  note "demo data: already there"
fi
steps_report
trap - EXIT

cat <<TEXT

   Market:   http://$MARKET_ADDR/      English: http://$MARKET_ADDR/en
   Desk:     http://$MARKET_ADDR/desk  Mail:    $MARKET_VAR/mail/*.eml
   Sign in as  buyer@ buyer2@ vendor@ manager@ staff@ vendor2@ officer@ curator@ finance@ admin@demo.test
   password    demo-passphrase-2026
   Stop with Ctrl-C.

TEXT
exec "$server" serve
