# shellcheck shell=bash
# Progress goes to standard error, so that standard output stays free for the server's ready line.

logs=build/logs

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# Tenths of a second since START (a value of $EPOCHREALTIME).
seconds_since() {
  local us=$((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}))
  printf '%d.%d' $((us / 1000000)) $((us / 100000 % 10))
}

# step LABEL COMMAND...: runs the command with its output in a log, and shows the log's end if it fails.
step() {
  local label=$1 log started=$EPOCHREALTIME
  shift
  log=$logs/${label//[^a-zA-Z0-9]/-}.log
  mkdir -p "$logs"
  printf '  %-48s' "$label" >&2
  if "$@" >"$log" 2>&1 </dev/null; then
    printf '%7s s\n' "$(seconds_since "$started")" >&2
  else
    say "failed after $(seconds_since "$started") s"
    grep -E -m 20 'error:|FAILED:|^E: ' "$log" >&2 || true
    say "--- the end of $log:"
    tail -n 60 "$log" >&2
    return 1
  fi
}
