#!/usr/bin/env bash
# System packages, only the missing ones. A piece counts as present when the file that
# we use is there, whoever installed it; POSTGRES_BIN and CHROMIUM say where else it is.
#   scripts/setup/apt.sh check|install|byhand GOAL
. "$(dirname "$0")/../lib.sh"

goal=${2:?goal}

# package:proof; a proof is a file, a command, or a font by its name, or several of which one is enough
cert=/etc/ssl/certs/ca-certificates.crt
wanted=(build-essential:cc build-essential:make pkg-config:pkg-config curl:curl git:git
  "ca-certificates:$cert|/etc/ssl/certs/ca-bundle.crt|/etc/pki/tls/certs/ca-bundle.crt|/etc/ssl/cert.pem")
[[ $goal != @(test|all) ]] || wanted+=(
  "postgresql-15:${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}/initdb"
  "chromium:${CHROMIUM:-/usr/bin/chromium}"
  'fonts-noto-cjk:/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc|font Noto Sans CJK KR')
[[ $goal != @(check|all) ]] || wanted+=(shellcheck:shellcheck)
[[ $goal != @(bench|all) ]] || wanted+=(wrk:wrk nghttp2-client:h2load nginx-light:/usr/sbin/nginx python3:python3)

present() {
  local proofs proof
  IFS='|' read -ra proofs <<<"$1"
  for proof in "${proofs[@]}"; do
    case $proof in
      /*) [ -e "$proof" ] ;;
      'font '*) [ -n "$(fc-list "${proof#font }" 2>/dev/null)" ] ;;
      *) command -v "$proof" >/dev/null ;;
    esac && return
  done
  return 1
}

missing=()
for entry in "${wanted[@]}"; do
  package=${entry%%:*}
  present "${entry#*:}" || [[ " ${missing[*]} " == *" $package "* ]] || missing+=("$package")
done

case ${1:-} in
  check) [ ${#missing[@]} -eq 0 ] ;;
  install)
    if ! is_debian_12; then
      complain "this is not Debian 12; missing here: ${missing[*]}"
      exit 1
    fi
    note "installing: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
      install --no-install-recommends "${missing[@]}"
    ;;
  byhand)
    echo "   On Debian 12:  apt-get update && apt-get install ${missing[*]}"
    echo "   Elsewhere: install what these Debian packages hold (PostgreSQL 15, Chromium …), and say where"
    echo "   it is: POSTGRES_BIN=/folder/of/initdb CHROMIUM=/path/of/the/browser;"
    echo "   these files or commands were looked for:"
    for entry in "${wanted[@]}"; do
      present "${entry#*:}" || echo "     ${entry#*:}   (package ${entry%%:*})"
    done
    ;;
esac
