# shellcheck shell=bash
# Configure, build and test a preset of CMakePresets.json; its build folder is build/PRESET.

if command -v ccache >/dev/null; then
  export CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi

# ThreadSanitizer of g++ 12 does not start under the wide address randomisation of newer kernels. Containers may forbid
# switching it off; then the command runs as it is.
steady_addresses() {
  if setarch -R true 2>/dev/null; then
    setarch -R "$@"
  else
    "$@"
  fi
}

# Ninja configures again by itself when a CMake file changes, but does not look at the presets.
build_cpp() {
  local preset=$1
  if [[ ! build/$preset/build.ninja -nt CMakePresets.json ]]; then
    step "configure $preset" cmake --preset "$preset" || return
  fi
  step "build $preset" steady_addresses cmake --build --preset "$preset"
}

# shellcheck disable=SC2154  # logs: say.sh
# test_cpp PRESET [CTEST OPTION...]: prints failures and ctest's closing lines; everything is in the log.
test_cpp() {
  local preset=$1 log=$logs/ctest-$1.log
  shift
  mkdir -p "$logs"
  steady_addresses ctest --preset "$preset" --no-tests=error --output-on-failure --parallel "$(nproc)" "$@" 2>&1 </dev/null |
    tee "$log" | grep --line-buffered -vE '^ *Start +[0-9]+:|^ *[0-9]+/[0-9]+ Test +#[0-9]+: .* Passed +[0-9.]+ sec$'
}
