#!/usr/bin/env bash
# No source file over 400 lines: what is longer has more than one subject.
. "$(dirname "$0")/../lib.sh"

limit=400
git ls-files -z '*.rs' '*.scss' '*.mjs' '*.sh' '*.sql' '.ci/*' |
  xargs -0 wc -l | awk -v limit="$limit" '
    $2 != "total" && $1 > limit { printf "   %s: %d lines, limit %d\n", $2, $1, limit; over = 1 }
    END { exit over }'
