#!/usr/bin/env bash
# wasm-bindgen of exactly the version in Cargo.lock: any other refuses the wasm file.
. "$(dirname "$0")/../lib.sh"

version=$(locked_version wasm-bindgen)
root=$MARKET_TOOLS/wasm-bindgen-$version

case ${1:-} in
  check) [ "$(wasm-bindgen --version)" = "wasm-bindgen $version" ] ;;
  install)
    # No --locked: its lock file names a crate version that the registry no longer serves.
    # It runs for a second per build, so it is compiled quickly rather than well.
    env CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
      CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
      CARGO_TARGET_DIR="$MARKET_TOOLS/build-bindgen" \
      cargo install wasm-bindgen-cli --version "=$version" --root "$root" --bin wasm-bindgen --quiet
    rm -rf "$MARKET_TOOLS/build-bindgen"
    ;;
  byhand)
    echo "   cargo install wasm-bindgen-cli --version =$version --root $root"
    ;;
esac
