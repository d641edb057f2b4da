#!/usr/bin/env bash
# No source file and no document over 400 lines: what is longer has more than one subject. Tables of data in
# source form are named here one by one.
. "$(dirname "$0")/../lib.sh"

limit=400
data=(':!style/fonts.scss') # one @font-face per slice of the Korean font
git ls-files -z '*.rs' '*.scss' '*.mjs' '*.js' '*.py' '*.sh' '*.sql' '*.md' '.ci/*' "${data[@]}" |
  xargs -0 wc -l | awk -v limit="$limit" '
    $2 != "total" && $1 > limit { printf "   %s: %d lines, limit %d\n", $2, $1, limit; over = 1 }
    END { exit over }'
