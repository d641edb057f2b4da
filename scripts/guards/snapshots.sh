#!/usr/bin/env bash
# Snapshot files that no test mentions, and proposals that nobody accepted. insta names a file
# <crate>__<module path>__<test or given name>.snap and notes its source inside.
. "$(dirname "$0")/../lib.sh"

bad=0
while IFS= read -r -d '' file; do
  case $file in
    *.snap.new | *.pending-snap)
      note "$file: a proposed snapshot; accept or delete it"
      bad=1
      continue
      ;;
  esac
  source=$(sed -n 's/^source: "\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$file" | head -n1)
  name=$(basename "$file" .snap)
  name=${name##*__}
  name=${name%-[0-9]*}
  if [ ! -f "$source" ]; then
    note "$file: its test file ${source:-(not named)} is gone"
    bad=1
  elif ! grep -qF -- "$name" "$source"; then
    note "$file: nothing in $source is called $name"
    bad=1
  fi
done < <(git ls-files -z --cached --others --exclude-standard '*.snap' '*.snap.new' '*.pending-snap')
exit "$bad"
