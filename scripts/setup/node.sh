#!/usr/bin/env bash
# Node for sass, wasm-opt and the browser tests. Debian 12's own (18) is too old for them:
# there it serves to fetch a newer one from the npm registry, into $MARKET_TOOLS.
. "$(dirname "$0")/../lib.sh"

version=22.23.3
npm_version=10.9.4
root=$MARKET_TOOLS/node

new_enough() { command -v npm >/dev/null && at_least "$(node --version | tr -d v)" "$NODE_OLDEST"; }

fetch_node() {
  local arch
  case $(uname -m) in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) die "no prebuilt node for $(uname -m)" ;;
  esac
  rm -rf "$root"
  mkdir -p "$root"
  npm install --prefix "$root" --no-audit --no-fund --no-save --ignore-scripts --loglevel=error \
    "node-linux-$arch@$version" "npm@$npm_version"
  mkdir "$root/bin"
  ln -s "../node_modules/node-linux-$arch/bin/node" "$root/bin/node"
  ln -s ../node_modules/npm/bin/npm-cli.js "$root/bin/npm"
  ln -s ../node_modules/npm/bin/npx-cli.js "$root/bin/npx"
}

case ${1:-} in
  check) new_enough ;;
  install)
    if ! command -v npm >/dev/null; then
      is_debian_12 || die "node and npm are missing"
      as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update
      as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends nodejs npm
    fi
    if ! new_enough; then fetch_node; fi
    ;;
  byhand) echo "   install Node $NODE_OLDEST or newer with npm, so that \`node --version\` shows it" ;;
esac
