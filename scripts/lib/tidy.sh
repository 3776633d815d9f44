#!/usr/bin/env bash
# clang-tidy over src/, or over the files and folders given. Needs a build of the preset dev or check.
set -euo pipefail
cd "$(dirname "$0")/../.."

build=build/check
[[ -f $build/compile_commands.json ]] || build=build/dev
[[ -f $build/compile_commands.json ]] || { echo "error: build the preset dev or check first" >&2; exit 1; }
export build

# The compile commands are g++'s: -Wno-error keeps clang's own warnings about them, and about g++'s precompiled headers,
# out of the way. Silent about a file without findings.
# shellcheck disable=SC2016  # $1 belongs to the inner shell
find "${@:-src}" -name '*.cpp' -print0 | sort -z |
  xargs -0 -r -n 1 -P "$(nproc)" bash -c '
    out=$(clang-tidy-19 -p "$build" --quiet --extra-arg=-Wno-error "$1" 2>&1) && exit
    printf "%s\n" "$out" | grep -v "warnings generated"
    exit 1' tidy
