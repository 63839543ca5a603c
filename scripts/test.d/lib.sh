# shellcheck shell=bash
# A small assert library. A test file sources this, calls `t NAME FUNCTION` for each case and ends with `finish`.
# A case runs in a subshell of its own, in a folder of its own ($CASE), and fails at the first command that fails.

set -euo pipefail

SCRIPTS=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
export SCRIPTS
CASES=0 CASES_FAILED=0
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# t NAME FUNCTION [ARGS...]
t() {
  local name=$1 code
  shift
  CASES=$((CASES + 1))
  CASE=$WORK/$CASES
  mkdir "$CASE"
  # Not under `if` or `||`: there bash would not stop the case at a command that fails.
  set +e
  (
    trap - EXIT
    set -e
    "$@"
  ) >"$CASE.out" 2>&1
  code=$?
  set -e
  if ((code == 0)); then
    printf 'ok - %s\n' "$name"
  elif ((code == 77)); then
    printf 'skip - %s: %s\n' "$name" "$(tail -n 1 "$CASE.out")"
  else
    CASES_FAILED=$((CASES_FAILED + 1))
    printf 'not ok - %s\n' "$name"
    sed 's/^/# /' "$CASE.out"
  fi
}

finish() {
  printf '1..%d\n' "$CASES"
  ((CASES_FAILED == 0))
}

skip_case() {
  echo "$*"
  exit 77
}

broken() {
  echo "assertion failed at line ${BASH_LINENO[1]}: $*"
  exit 1
}

equal() {
  [[ $1 == "$2" ]] || broken "expected '$2', got '$1'"
}

# contains TEXT PART
contains() {
  [[ $1 == *"$2"* ]] || broken "expected to find '$2' in:"$'\n'"$1"
}

lacks() {
  [[ $1 != *"$2"* ]] || broken "expected not to find '$2' in:"$'\n'"$1"
}

exists() {
  [[ -e $1 ]] || broken "expected a file $1"
}

absent() {
  [[ ! -e $1 ]] || broken "expected no file $1"
}

# ended PID: waits for a background command, not for ever; sets CODE.
# shellcheck disable=SC2034  # Read by the tests.
ended() {
  until_true 10 gone_or_zombie "$1"
  CODE=0
  wait "$1" || CODE=$?
}

gone_or_zombie() {
  [[ ! -e /proc/$1/stat || $(cat "/proc/$1/stat" 2>/dev/null) == *') Z '* ]]
}

# until_true SECONDS COMMAND...: polls, so that no test sleeps longer than it must.
until_true() {
  local i tries=$(($1 * 50))
  shift
  for ((i = 0; i < tries; i++)); do
    if "$@"; then return 0; fi
    sleep 0.02
  done
  broken "did not come true in time: $*"
}
