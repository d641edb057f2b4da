#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL 15: own data folder, own port, own user, no
# fsync; gone when the command ends. Exports TEST_POSTGRES_URL. Whatever cluster the machine
# already has, running or stopped, is not touched.
#   scripts/with-postgres.sh COMMAND…
. "$(dirname "$0")/lib.sh"

bin=${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}
[ -x "$bin/initdb" ] || die "no PostgreSQL 15 in $bin: apt-get install postgresql-15, or set POSTGRES_BIN"
[ $# -gt 0 ] || die "usage: with-postgres.sh COMMAND…"

work=$(mktemp -d /tmp/market-pg.XXXXXX)
owner=$(id -un)
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
  # The server refuses to run as root; Debian's package makes this user.
  owner=postgres
  as_owner=(runuser -u postgres --)
  chown postgres: "$work"
fi

stop() {
  local status=$?
  trap - EXIT INT TERM HUP
  "${as_owner[@]}" "$bin/pg_ctl" -D "$work/data" -m immediate -s stop >/dev/null 2>&1 || true
  if [ "$status" -ne 0 ] && [ -s "$work/log" ] && grep -qE 'PANIC|FATAL' "$work/log"; then
    complain "last fatal lines of the throw-away PostgreSQL:"
    grep -E 'PANIC|FATAL' "$work/log" | tail -n 5 >&2
  fi
  rm -rf "$work"
  exit "$status"
}
trap stop EXIT INT TERM HUP

start() {
  port=$(free_port)
  "${as_owner[@]}" "$bin/pg_ctl" -D "$work/data" -l "$work/log" -s -w -t 30 start -o "\
    -p $port -k $work -c listen_addresses=127.0.0.1 -c max_connections=300 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal \
    -c max_wal_senders=0 -c shared_buffers=128MB -c jit=off -c autovacuum=off -c timezone=UTC"
}

cd /tmp
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$work/password"
chown "$owner": "$work/password"
# C collation: order must not depend on the machine. `password`: loopback only, and cheaper
# per connection than SCRAM for tests that open thousands.
"${as_owner[@]}" "$bin/initdb" -D "$work/data" -U postgres --pwfile="$work/password" \
  --auth-local=trust --auth-host=password --encoding=UTF8 --locale=C --no-sync >"$work/initdb.log" ||
  die "initdb failed: $(tail -n 3 "$work/initdb.log")"
# The port may be taken between asking and using: ask again, twice.
start || start || start || die "PostgreSQL did not start: $(tail -n 3 "$work/log")"
export TEST_POSTGRES_URL=postgres://postgres:$password@127.0.0.1:$port/postgres
note "throw-away PostgreSQL 15 on port $port, data in $work"

cd "$ROOT"
"$@"
