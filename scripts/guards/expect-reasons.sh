#!/usr/bin/env bash
# Lints are silenced by #[expect(…, reason = "…")] alone: never by #[allow], never without why.
. "$(dirname "$0")/../lib.sh"

# shellcheck disable=SC2016
git ls-files -z '*.rs' | xargs -0 awk '
  function judge(text) {
    if (text !~ /reason *=/) { printf "   %s:%d: expect without a reason\n", FILENAME, began; bad = 1 }
  }
  FNR == 1 { open = 0 }
  { line = $0; sub(/^[ \t]*\/\/.*/, "", line) }
  line ~ /#!?\[(cfg_attr\(.*)?allow\(/ { printf "   %s:%d: allow instead of expect\n", FILENAME, FNR; bad = 1 }
  !open && line ~ /#!?\[(cfg_attr\(.*)?expect\(/ { open = 1; began = FNR; text = "" }
  open { text = text line; if (line ~ /\]/) { judge(text); open = 0 } }
  END { exit bad }'
