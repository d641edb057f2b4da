#!/usr/bin/env bash
# System packages, only the missing ones. A piece counts as present when the file that
# we use is there, whoever installed it.
#   scripts/setup/apt.sh check|install|byhand GOAL
. "$(dirname "$0")/../lib.sh"

goal=${2:?goal}

# package:file or command that proves it
wanted=(build-essential:cc build-essential:make pkg-config:pkg-config curl:curl
  ca-certificates:/etc/ssl/certs/ca-certificates.crt git:git)
[[ $goal != @(test|all) ]] || wanted+=(postgresql-15:/usr/lib/postgresql/15/bin/initdb
  chromium:/usr/bin/chromium fonts-noto-cjk:/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc)
[[ $goal != @(check|all) ]] || wanted+=(shellcheck:shellcheck)
[[ $goal != @(bench|all) ]] || wanted+=(wrk:wrk nghttp2-client:h2load nginx-light:/usr/sbin/nginx python3:python3)

present() {
  case $1 in
    /*) [ -e "$1" ] ;;
    *) command -v "$1" >/dev/null ;;
  esac
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
    echo "   Elsewhere: install what these Debian packages hold (PostgreSQL 15, Chromium …);"
    echo "   these files or commands were looked for:"
    for entry in "${wanted[@]}"; do
      present "${entry#*:}" || echo "     ${entry#*:}   (package ${entry%%:*})"
    done
    ;;
esac
