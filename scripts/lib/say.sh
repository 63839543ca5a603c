# shellcheck shell=bash
# What the scripts say, and how they stop. Everything goes to standard error: standard output belongs to the program.

# shellcheck disable=SC2034  # The codes are used by the files that source this one.
readonly EXIT_USAGE=2 EXIT_MISSING=3 EXIT_INSTALL=4 EXIT_BUILD=5 EXIT_RANK=6

say() {
  printf 'weft: %s\n' "$*" >&2
}

# die CODE LINE...: the first line says what and where, the others what to do.
die() {
  local code=$1 line
  shift
  printf 'weft: error: %s\n' "$1" >&2
  shift
  for line in "$@"; do
    printf '  %s\n' "$line" >&2
  done
  exit "$code"
}

# show_tail FILE LINES: the end of a log, indented, so that it is not taken for our own words.
show_tail() {
  local line
  while IFS= read -r line; do
    printf '  | %s\n' "$line" >&2
  done < <(tail -n "$2" -- "$1" 2>/dev/null)
}
