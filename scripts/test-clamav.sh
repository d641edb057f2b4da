#!/usr/bin/env bash
# The virus scanner's adapter against a real clamd: a throw-away one with a single signature, that of the harmless EICAR file, so
# that nothing has to be downloaded but the package. Fails where there is none: nothing is skipped.
#   scripts/test-clamav.sh        CLAMD=/path/to/clamd for one that is not installed
. "$(dirname "$0")/lib.sh"

clamd=${CLAMD:-$(command -v clamd || true)}
[ -x "${clamd:-/nonexistent}" ] || die "no clamd: apt-get install clamav-daemon, or set CLAMD"

work=$(mktemp -d /tmp/market-clamd.XXXXXX)
mkdir "$work/db"
stop() {
  local status=$?
  trap - EXIT INT TERM HUP
  [ -n "${pid:-}" ] && kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
  rm -rf "$work"
  exit "$status"
}
trap stop EXIT INT TERM HUP

# digest, length and name of the one file that it knows
printf '44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n' >"$work/db/eicar.hdb"
cat >"$work/clamd.conf" <<CONF
Foreground yes
LocalSocket $work/clamd.sock
DatabaseDirectory $work/db
TemporaryDirectory $work
StreamMaxLength 25M
CONF
"$clamd" --config-file="$work/clamd.conf" >"$work/log" 2>&1 &
pid=$!
for _ in $(seq 100); do
  [ -S "$work/clamd.sock" ] && break
  kill -0 "$pid" 2>/dev/null || die "clamd did not start: $(tail -n 3 "$work/log")"
  sleep 0.1
done
[ -S "$work/clamd.sock" ] || die "clamd does not listen: $(tail -n 3 "$work/log")"
note "$("$clamd" --config-file="$work/clamd.conf" --version)"

export MARKET_TEST_CLAMD=$work/clamd.sock
cd "$ROOT"
cargo test --quiet --workspace --exclude client --features market/testing --test media_files -- a_real_scanner
