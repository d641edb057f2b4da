#!/usr/bin/env bash
# A checking tool from crates.io, compiled once at low optimisation into $MARKET_TOOLS.
#   scripts/setup/cargo-tool.sh check|install|byhand NAME VERSION
. "$(dirname "$0")/../lib.sh"

name=${2:?name}
version=${3:?version}
root=$MARKET_TOOLS/cargo

case ${1:-} in
  check) grep -q "\"$name $version " "$root/.crates.toml" && [ -x "$root/bin/$name" ] ;;
  install)
    env CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
      CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
      CARGO_TARGET_DIR="$MARKET_TOOLS/build-$name" \
      cargo install "$name" --version "=$version" --locked --root "$root" --quiet
    rm -rf "$MARKET_TOOLS/build-$name"
    ;;
  byhand) echo "   cargo install $name --version =$version --locked --root $root" ;;
esac
