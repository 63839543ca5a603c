# shellcheck shell=bash
# Adding up passed, failed and skipped cases of every kind.

PASSED=0 FAILED=0 SKIPPED=0 FAILED_CASES=() SKIPPED_CASES=()

pass() {
  PASSED=$((PASSED + 1))
}

fail() {
  FAILED=$((FAILED + 1))
  FAILED_CASES+=("$1")
}

skip() {
  SKIPPED=$((SKIPPED + 1))
  SKIPPED_CASES+=("$1")
}

# attended COMMAND...: in the background, for a trap runs at once only while bash waits.
attended() {
  local code=0
  "$@" </dev/null &
  wait $! || code=$?
  return "$code"
}

# run_script_tests FILE: runs one file of script tests, shows its lines and counts them. The file ends with its own count of
# cases, so that a file that stops early cannot pass.
run_script_tests() {
  local line code=0 seen=0 planned='' before=$FAILED name=${1##*/}
  attended bash "$1" >"$TMP/script-test" 2>&1 || code=$?
  while IFS= read -r line; do
    printf '%s\n' "$line"
    case $line in
      'ok - '*) pass && seen=$((seen + 1)) ;;
      'not ok - '*) fail "$name: ${line#not ok - }" && seen=$((seen + 1)) ;;
      'skip - '*) skip "$name: ${line#skip - }" && seen=$((seen + 1)) ;;
      1..*) planned=${line#1..} ;;
    esac
  done <"$TMP/script-test"
  if [[ $planned != "$seen" || $seen == 0 ]]; then
    fail "$name: ended early (exit $code, $seen cases of ${planned:-an unknown number})"
  elif ((code != 0 && FAILED == before)); then
    fail "$name: ended with $code though no case failed"
  fi
}

# run_device_tests ARGS...: the tests of the software EFA device, which print as those of scripts do and end with their sum.
run_device_tests() {
  local line code=0 seen=0 planned='' before=$FAILED run=native/efa-emulator/test/run shown
  # They take minutes: each line is shown as it comes.
  : >"$TMP/device-test"
  tail -n +1 -f --pid=$$ "$TMP/device-test" &
  shown=$!
  attended "$run" "$@" >"$TMP/device-test" 2>&1 || code=$?
  sleep 1 # For tail to show the last of them.
  kill "$shown" 2>/dev/null || true
  wait "$shown" 2>/dev/null || true
  while IFS= read -r line; do
    case $line in
      'ok - '*) pass && seen=$((seen + 1)) ;;
      'not ok - '*) fail "EFA device: ${line#not ok - }" && seen=$((seen + 1)) ;;
      'skipped - '*) skip "EFA device: ${line#skipped - }" && seen=$((seen + 1)) ;;
    esac
    if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
      planned=$((BASH_REMATCH[1] + BASH_REMATCH[2] + BASH_REMATCH[3]))
    fi
  done <"$TMP/device-test"
  if [[ $planned != "$seen" || $seen == 0 ]]; then
    fail "EFA device: $run ended early (exit $code, $seen cases of ${planned:-an unknown number})"
  elif ((code != 0 && FAILED == before)); then
    fail "EFA device: $run ended with $code though no case failed"
  fi
}

# count_reports ROOT MARKER: adds surefire's reports; prints their folders.
count_reports() {
  local kind a b c
  FOLDERS=()
  if ! "$JDK_HOME/bin/java" -Xshare:auto -XX:TieredStopAtLevel=1 "$WEFT_ROOT/scripts/lib/TestReports.java" "$1" "$2" >"$TMP/reports"; then
    fail "the reports under $1 could not be added up"
    return 0
  fi
  while IFS=$'\t' read -r kind a b c; do
    case $kind in
      total) PASSED=$((PASSED + a)) FAILED=$((FAILED + b)) SKIPPED=$((SKIPPED + c)) ;;
      failed) FAILED_CASES+=("$a: $b") ;;
      skipped) SKIPPED_CASES+=("$a: $b") ;;
      folder) FOLDERS+=("$a") ;;
    esac
  done <"$TMP/reports"
}

# print_summary
print_summary() {
  local item
  printf '\n%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
  for item in ${FAILED_CASES[@]+"${FAILED_CASES[@]}"}; do
    printf 'failed   %s\n' "$item"
  done
  for item in ${SKIPPED_CASES[@]+"${SKIPPED_CASES[@]}"}; do
    printf 'skipped  %s\n' "$item"
  done
  for item in ${FOLDERS[@]+"${FOLDERS[@]}"}; do
    printf 'reports  %s\n' "$item"
  done
}
