# shellcheck shell=bash
# Selects the compiler and puts our tools on PATH. Sourced by lib.sh; for a shell of your
# own: `. scripts/lib.sh`. Nothing here installs anything.

PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin

# Whether rustup has the pinned toolchain with everything the build asks for.
rustup_is_complete() {
  command -v rustup >/dev/null || return 1
  local root
  root=$(rustup run "$RUST_VERSION" rustc --print sysroot 2>/dev/null) || return 1
  [ -d "$root/lib/rustlib/wasm32-unknown-unknown/lib" ] &&
    [ -x "$root/bin/clippy-driver" ] && [ -x "$root/bin/rustfmt" ]
}

# The same compiler from Debian's packages: a folder of links placed before rustup's proxies.
debian_rust_is_complete() {
  [ -e "$MARKET_TOOLS/debian-rust-$RUST_VERSION/ready" ]
}

use_rust() {
  if [ "${MARKET_RUST:-}" != debian ] && rustup_is_complete; then
    export RUSTUP_TOOLCHAIN=$RUST_VERSION
  elif debian_rust_is_complete; then
    PATH=$MARKET_TOOLS/debian-rust-$RUST_VERSION/bin:$PATH
    # Debian's compiler carries neither rust-lld nor its wasm name: both come from lld-22.
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22
    export CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS='-Clink-arg=-fuse-ld=lld -Clink-arg=-B/usr/lib/llvm-22/bin'
  fi
}

use_tools() {
  local bindgen
  [ -d "$MARKET_TOOLS/node/bin" ] && PATH=$MARKET_TOOLS/node/bin:$PATH
  bindgen=$(locked_version wasm-bindgen)
  # shellcheck disable=SC2153
  PATH=$ROOT/node_modules/.bin:$MARKET_TOOLS/wasm-bindgen-$bindgen/bin:$MARKET_TOOLS/cargo/bin:$PATH
  export PATH
}

use_rust
use_tools
