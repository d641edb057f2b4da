#!/usr/bin/env bash
# Snapshot files that no test mentions, and proposals that nobody accepted. insta names a file
# <crate>__<module path>__<test or given name>.snap and notes its source inside.
. "$(dirname "$0")/../lib.sh"

bad=0
kept=0
while IFS= read -r -d '' file; do
  case $file in
    *.snap.new | *.pending-snap)
      note "$file: a proposed snapshot; accept or delete it"
      bad=1
      continue
      ;;
  esac
  kept=$((kept + 1))
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
# with nothing to look at this guard would say "fine" for ever
if [ "$kept" -eq 0 ]; then
  note 'no snapshot is left: take this guard and insta out together'
  bad=1
fi
exit "$bad"
