#!/usr/bin/env bash
# The pinned compiler with clippy, rustfmt and wasm32: through rustup, or, where rustup
# fails or hangs, from Debian's packages (the same version, std for wasm built here).
# MARKET_RUST=debian skips the first way.
. "$(dirname "$0")/../lib.sh"

packages=(rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-22)

by_rustup() {
  command -v rustup >/dev/null || return 1
  # It has been seen to hang instead of failing, hence the limit.
  timeout 120 rustup toolchain install "$RUST_VERSION" --profile minimal --no-self-update \
    -c clippy -c rustfmt -t wasm32-unknown-unknown </dev/null && rustup_is_complete
}

link_debian_rust() {
  local bin=$1 tool
  rm -rf "$bin"
  mkdir -p "$bin"
  for tool in cargo rustc rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do
    ln -s "/usr/bin/$tool" "$bin/$tool"
  done
}

# Debian ships no std for wasm32: build it once and put it where rustc looks for it.
build_wasm_std() {
  local work into=/usr/lib/rustlib/wasm32-unknown-unknown/lib
  work=$(mktemp -d)
  mkdir "$work/src"
  printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2024"\n' >"$work/Cargo.toml"
  : >"$work/src/lib.rs"
  (cd "$work" && env -u CARGO_TARGET_DIR RUSTC_BOOTSTRAP=1 cargo build --quiet --release \
    -Zbuild-std=std,panic_abort,panic_unwind,test --target wasm32-unknown-unknown)
  as_root mkdir -p "$into"
  as_root cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib "$into/"
  as_root rm -f "$into"/libstd_for_wasm-*.rlib
  rm -rf "$work"
}

by_debian() {
  local folder=$MARKET_TOOLS/debian-rust-$RUST_VERSION found
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
    install --no-install-recommends "${packages[@]}"
  found=$(/usr/bin/rustc --version | cut -d' ' -f2)
  [ "$found" = "$RUST_VERSION" ] || die "Debian's rustc-web is $found, this project needs $RUST_VERSION"
  link_debian_rust "$folder/bin"
  PATH=$folder/bin:$PATH
  [ -n "$(find /usr/lib/rustlib/wasm32-unknown-unknown/lib -name 'libstd-*.rlib' 2>/dev/null)" ] ||
    build_wasm_std
  touch "$folder/ready"
}

case ${1:-} in
  check)
    if [ "${MARKET_RUST:-}" = debian ]; then
      debian_rust_is_complete
    else
      rustup_is_complete || debian_rust_is_complete
    fi
    ;;
  install)
    if [ "${MARKET_RUST:-}" != debian ]; then
      if by_rustup; then exit 0; fi
      note "rustup did not deliver $RUST_VERSION, taking Debian's packages"
    fi
    is_debian_12 || die "rustup could not install $RUST_VERSION and this is not Debian 12"
    by_debian
    ;;
  byhand)
    echo "   rustup toolchain install $RUST_VERSION --profile minimal -c clippy -c rustfmt -t wasm32-unknown-unknown"
    echo "   or, on Debian 12:  apt-get install ${packages[*]}   and run again with MARKET_RUST=debian"
    ;;
esac
