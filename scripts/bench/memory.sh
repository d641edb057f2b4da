#!/usr/bin/env bash
# Where the memory of a running program is, in MB: what it holds itself (anonymous) and which mapped files it has touched.
#   scripts/bench/memory.sh PID
# Three figures a part: `rss` as the system counts it, `distinct` (pages that several connections map count once, those
# shared with other processes by their share), `anonymous`. Mapped pages belong to the system's cache and leave without being
# written when memory is short; anonymous ones are the program's own.
set -euo pipefail
pid=${1:?the number of a process}
awk '
  function part(name) {
    if (name == "" || name == "[heap]" || name ~ /^\[anon/) return "own: heap, columns, caches"
    if (name ~ /^\[stack/) return "own: stack"
    if (name ~ /^\[/) return "system"
    if (name ~ /-shm$/) return "database: index of the log"
    if (name ~ /\.db(-wal)?$/) return "database"
    if (name ~ /\/search(-[0-9]+)?\/g[0-9]+\//) { sub(/.*\./, "", name); return "index: ." name }
    if (name ~ /\.so(\.|$)/) return "program: libraries"
    return "program"
  }
  /^[0-9a-f]+-[0-9a-f]+ / {
    name = ""
    for (i = 6; i <= NF; i++) name = name (i > 6 ? " " : "") $i
    sub(/ \(deleted\)$/, "", name)
    at = part(name)
    next
  }
  /^Rss:/ { rss[at] += $2 }
  /^Pss:/ { pss[at] += $2 }
  /^Anonymous:/ { own[at] += $2 }
  END {
    printf "%-30s %9s %9s %9s\n", "part", "rss", "distinct", "anonymous"
    for (at in rss) {
      if (rss[at] >= 512) printf "%-30s %9.1f %9.1f %9.1f\n", at, rss[at] / 1024, pss[at] / 1024, own[at] / 1024 | "sort -k1"
      all += rss[at]; distinct += pss[at]; held += own[at]
    }
    close("sort -k1")
    printf "%-30s %9.1f %9.1f %9.1f\n", "all", all / 1024, distinct / 1024, held / 1024
  }
' "/proc/$pid/smaps"
