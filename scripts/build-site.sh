#!/usr/bin/env bash
# Builds what the browser gets: wasm + js of the islands, CSS, public files; names that carry
# a hash of the content; compressed copies beside each; and manifest.json, which the server
# reads at start.
#   scripts/build-site.sh debug|release
#
# cargo-leptos does the same and works here too ([[workspace.metadata.leptos]]), but it is 730
# crates and 13 minutes to install on two cores, for what are four commands.
. "$(dirname "$0")/lib.sh"

kind=${1:?debug or release}
target=$ROOT/target
case $kind in
  release) out=${MARKET_SITE_ROOT:-$target/site} ;;
  debug) out=${MARKET_SITE_ROOT:-$target/site-debug} ;;
  *) die "debug or release, not $kind" ;;
esac
work=$target/site-work-$kind

# Everything that decides what comes out.
inputs() {
  find Cargo.toml Cargo.lock package-lock.json market/Cargo.toml market/src app style public \
    scripts/build-site.sh scripts/site -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum
  rustc --version
  wasm-bindgen --version
}

compile() {
  local args=(-p client --target wasm32-unknown-unknown --quiet)
  if [ "$kind" = release ]; then
    cargo build "${args[@]}" --profile wasm-release
    wasm=$TARGET_DIR/wasm32-unknown-unknown/wasm-release/client.wasm
  else
    # Debug assertions stay (Leptos then names a hydration mismatch); unoptimised wasm of
    # tens of megabytes would make every page of the browser tests slow.
    CARGO_PROFILE_DEV_OPT_LEVEL=s CARGO_PROFILE_DEV_DEBUG=false cargo build "${args[@]}"
    wasm=$TARGET_DIR/wasm32-unknown-unknown/debug/client.wasm
  fi
}

bind() {
  local flags=(--target web --no-typescript --out-name market --out-dir "$work/new")
  rm -rf "$work/new"
  [ "$kind" = debug ] || flags+=(--remove-name-section --remove-producers-section)
  wasm-bindgen "${flags[@]}" "$wasm"
  if [ "$kind" = release ]; then
    # Exactly what rustc turns on by itself, so that wasm-opt accepts it and adds nothing.
    wasm-opt -Oz --enable-bulk-memory --enable-nontrapping-float-to-int \
      --enable-reference-types --enable-sign-ext --enable-multivalue --enable-mutable-globals \
      "$work/new/market_bg.wasm" -o "$work/new/market_bg.opt.wasm"
    mv "$work/new/market_bg.opt.wasm" "$work/new/market_bg.wasm"
  fi
  rm -rf "$work/bound"
  mv "$work/new" "$work/bound"
}

began=$SECONDS
mkdir -p "$work"
wanted=$(inputs | sha256sum)
if [ -e "$out/manifest.json" ] && [ "$(cat "$out/.inputs" 2>/dev/null)" = "$wanted" ]; then
  note "site ($kind): nothing changed"
  exit 0
fi

compile
# The server-side crates share sources with the client: often only they have changed.
if [ "$(sha256sum <"$wasm")" != "$(cat "$work/bound.of" 2>/dev/null)" ] || [ ! -d "$work/bound" ]; then
  bind
  sha256sum <"$wasm" >"$work/bound.of"
fi
style=compressed
[ "$kind" = release ] || style=expanded
sass --no-source-map --style="$style" style/main.scss "$work/market.css"

node scripts/site/assemble.mjs --bound "$work/bound" --css "$work/market.css" --public public \
  --cache "$work/compressed" --out "$out.new" --quality "$kind"
printf '%s\n' "$wanted" >"$out.new/.inputs"
# Two renames: a server that starts meanwhile finds the old site or the new one, never half.
rm -rf "$out.old"
[ ! -e "$out" ] || mv "$out" "$out.old"
mv "$out.new" "$out"
rm -rf "$out.old"
note "site ($kind) in $out after $((SECONDS - began)) s"
