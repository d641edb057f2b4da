# shellcheck shell=bash
# Shared by every script here: where things are, how steps are announced, timed and
# reported. Sourced, never run.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

# Tools live outside the clone, so that a second clone or `make clean` keeps them.
export MARKET_TOOLS=${MARKET_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/yunghap-market}
# The one compiler for server and browser: island names are hashes that both must agree on.
export RUST_VERSION=1.96.0
# Oldest Node that sass and playwright-core accept.
export NODE_OLDEST=20.19
export CARGO_NET_RETRY=${CARGO_NET_RETRY:-5}
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-auto}
# A missing toolchain is installed by name by scripts/setup/toolchain.sh, not by surprise.
export RUSTUP_AUTO_INSTALL=0
export TARGET_DIR=${CARGO_TARGET_DIR:-$ROOT/target}

say() { printf '\n\033[1m── %s\033[0m\n' "$*"; }
note() { printf '   %s\n' "$*"; }
complain() { printf '\033[31m!! %s\033[0m\n' "$*" >&2; }
die() {
  complain "$@"
  exit 1
}

# The file that collects "seconds<TAB>step"; the outermost script owns it and prints it.
steps_begin() {
  if [ -z "${MARKET_STEPS:-}" ]; then
    MARKET_STEPS=$(mktemp -t market-steps.XXXXXX)
    export MARKET_STEPS
    STEPS_OWNER=1
  fi
}

steps_report() {
  [ -n "${STEPS_OWNER:-}" ] && [ -s "$MARKET_STEPS" ] || return 0
  printf '\n%-46s %8s\n' 'step' 'minutes'
  awk -F'\t' '{ printf "%-46s %8.2f%s\n", $2, $1 / 60, $3; total += $1 }
              END { printf "%-46s %8.2f\n", "total", total / 60 }' "$MARKET_STEPS"
  rm -f "$MARKET_STEPS"
}

steps_record() { printf '%s\t%s\t%s\n' "$1" "$2" "${3:-}" >>"${MARKET_STEPS:-/dev/null}"; }

# step NAME COMMAND…: announce, run, time, record. Returns the command's status.
# The command must be a program or a script: a function would lose `set -e` here.
step() {
  local name=$1 began=$SECONDS status=0
  shift
  say "$name"
  "$@" || status=$?
  local took=$((SECONDS - began))
  if [ "$status" -eq 0 ]; then
    note "done in ${took} s"
    steps_record "$took" "$name"
  else
    complain "$name failed (exit $status) after ${took} s"
    steps_record "$took" "$name" '  FAILED'
  fi
  return "$status"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -- "$@"
  else
    die "this needs root: run by hand as root: $*"
  fi
}

is_debian_12() {
  [ -r /etc/os-release ] || return 1
  # shellcheck disable=SC1091
  (. /etc/os-release && [ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ])
}

# at_least HAVE WANT: dotted versions
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

# The version of a crate in Cargo.lock.
locked_version() {
  awk -v want="$1" '$1 == "name" { name = $3 } $1 == "version" && name == "\"" want "\"" {
    gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

free_port() {
  node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}

# wait_for_http URL SECONDS PID: until it answers 2xx, or the process is gone
wait_for_http() {
  local url=$1 limit=$2 pid=$3 began=$SECONDS
  until curl -fsS -o /dev/null --max-time 2 "$url" 2>/dev/null; do
    kill -0 "$pid" 2>/dev/null || return 1
    [ $((SECONDS - began)) -lt "$limit" ] || return 1
    sleep 0.1
  done
}

# The stamp that says that a database has its demo data: one per database, and none for a file that was thrown away. (The
# server itself refuses to seed a database that holds real accounts.) Asked before the server makes the file anew.
seed_stamp() {
  local stamp file
  stamp=$MARKET_VAR/.seeded-$(printf '%s' "$DATABASE_URL" | sha256sum | cut -c1-12)
  case $DATABASE_URL in
    sqlite:*)
      file=${DATABASE_URL#sqlite:}
      file=${file#//}
      [ -e "${file%%\?*}" ] || rm -f "$stamp"
      ;;
  esac
  printf '%s\n' "$stamp"
}

# shellcheck source=scripts/env.sh
. "$ROOT/scripts/env.sh"
