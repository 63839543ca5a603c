# shellcheck shell=bash
# Tests of files for AWS that are programs in Python, each in an environment from its lock file. Needs lib.sh, say.sh and WEFT_ROOT.

# shellcheck source=scripts/lib/python.sh
source "$SCRIPTS/lib/python.sh"
CHECK=$WEFT_ROOT/parallelcluster-config/check
# No compiled files beside the sources.
export PYTHONDONTWRITEBYTECODE=1

# cases COMMAND...: a program that prints its cases as a test of scripts does; they are counted as ours.
cases() {
  local line code=0 seen=0 planned=''
  "$@" >"$WORK/cases" 2>"$WORK/said" || code=$?
  while IFS= read -r line; do
    case $line in
      1..*) planned=${line#1..} ;;
      'ok - '* | 'not ok - '*)
        seen=$((seen + 1)) CASES=$((CASES + 1))
        [[ $line == ok* ]] || CASES_FAILED=$((CASES_FAILED + 1))
        printf '%s\n' "$line"
        ;;
      *) printf '%s\n' "$line" ;;
    esac
  done <"$WORK/cases"
  # One that stops early must not pass.
  if [[ $planned != "$seen" || $seen == 0 ]]; then
    CASES=$((CASES + 1)) CASES_FAILED=$((CASES_FAILED + 1))
    printf 'not ok - %s ended early (exit %d, %d cases of %s)\n' "${*: -1}" "$code" "$seen" "${planned:-an unknown number}"
    tail -n 20 "$WORK/said" | sed 's/^/# /'
  fi
}

# environment FOLDER: sets PYTHON; a case that fails where there is none.
environment() {
  PYTHON=
  if python_env "$CHECK/$1" 2>"$WORK/environment"; then
    # Read by the tests that source this.
    # shellcheck disable=SC2034
    PYTHON=$PYTHON_ENV/bin/python
  else
    CASES=$((CASES + 1)) CASES_FAILED=$((CASES_FAILED + 1))
    printf 'not ok - a Python environment from %s\n' "parallelcluster-config/check/$1/requirements.txt"
    sed 's/^/# /' "$WORK/environment"
  fi
}
