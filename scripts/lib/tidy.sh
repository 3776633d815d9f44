#!/usr/bin/env bash
# clang-tidy over src/, or over the files and folders given. Needs build/dev/compile_commands.json.
set -euo pipefail
cd "$(dirname "$0")/../.."

[[ -f build/dev/compile_commands.json ]] || { echo "error: build the dev preset first" >&2; exit 1; }

# The compile commands are g++'s: -Wno-error keeps clang's own warnings about them, and about g++'s precompiled headers,
# out of the way. Silent about a file without findings.
# shellcheck disable=SC2016  # $1 belongs to the inner shell
find "${@:-src}" -name '*.cpp' -print0 | sort -z |
  xargs -0 -r -n 1 -P "$(nproc)" bash -c '
    out=$(clang-tidy-19 -p build/dev --quiet --extra-arg=-Wno-error "$1" 2>&1) && exit
    printf "%s\n" "$out" | grep -v "warnings generated"
    exit 1' tidy
