#!/usr/bin/env bash
# npm packages of one folder, exactly as its lock file says.
#   scripts/setup/npm.sh check|install|byhand FOLDER
. "$(dirname "$0")/../lib.sh"

folder=${2:?folder}
stamp=$folder/node_modules/.lock-hash
hash=$(sha256sum <"$folder/package-lock.json")

case ${1:-} in
  check) [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$hash" ] ;;
  install)
    # No install scripts: nothing we use needs one.
    (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null)
    printf '%s\n' "$hash" >"$stamp"
    ;;
  byhand) echo "   cd $folder && npm ci --ignore-scripts   (is the npm registry reachable?)" ;;
esac
