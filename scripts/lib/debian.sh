# shellcheck shell=bash
# The Debian packages that RetryLab is built and tested with. Nothing is asked of apt when all are there.

build_packages=(
  g++ cmake ninja-build pkg-config ca-certificates curl
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
  libsqlite3-dev libssl-dev zlib1g-dev libzstd-dev libgoogle-perftools-dev libspdlog-dev libfmt-dev libcli11-dev libtomlplusplus-dev
  libyaml-cpp-dev prometheus-cpp-dev
  libgtest-dev libgmock-dev librapidcheck-dev
)
test_packages=(libbenchmark-dev chromium sqlite3 jq zstd openssl strace clang-tidy-19 clang-format-19 python3 python3-jsonschema python3-pytest procps)
bench_packages=(libbenchmark-dev python3)
optional_packages=(mold) # a faster linker; never the reason for a call of apt

missing_packages() {
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    sudo "$@"
  fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@"
}

install_debian_packages() {
  local name known=()
  apt update || return
  for name in "${optional_packages[@]}"; do
    if apt-cache show "$name" >/dev/null 2>&1; then known+=("$name"); fi
  done
  apt install --no-install-recommends "$@" "${known[@]}"
}

ensure_packages() {
  local missing
  command -v dpkg-query >/dev/null || die "this is not Debian: please install what scripts/lib/debian.sh lists, by hand"
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0

  if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    die "some packages are missing, and only root may install them: apt-get install ${missing[*]}"
  fi
  if [[ " ${missing[*]} " == *' libboost1.81-dev '* && -z $(missing_packages libboost1.74-dev) ]]; then
    say "  Boost 1.81 replaces the Boost 1.74 headers: apt removes the libboost*1.74-dev packages"
  fi
  say "  missing from Debian: ${missing[*]}"
  step "install ${#missing[@]} Debian packages" install_debian_packages "${missing[@]}" || exit 1
}

setup_build() { ensure_packages "${build_packages[@]}"; }
setup_test() { ensure_packages "${build_packages[@]}" "${bench_packages[@]}" "${test_packages[@]}"; }
setup_bench() { ensure_packages "${build_packages[@]}" "${bench_packages[@]}"; }
