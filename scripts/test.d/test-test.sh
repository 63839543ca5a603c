#!/usr/bin/env bash
# scripts/test itself: what it counts, and that it notices what is left behind.
# shellcheck disable=SC2016  # The bodies of stand-ins are expanded when they run.

# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/test.d/world.sh
source "$(dirname "${BASH_SOURCE[0]}")/world.sh"

# A real JDK, for the program that adds up the reports.
# shellcheck source=scripts/lib/jdk.sh
source "$SCRIPTS/lib/jdk.sh"
find_jdk || true
REAL_JDK=$JDK_HOME

# suite: a machine where nothing is missing, a checkout with one script test, and a Maven whose verify does as $CASE/verify says.
suite() {
  [[ -n $REAL_JDK ]] || skip_case "no JDK $JDK_OLDEST on this machine"
  machine DEBIAN-13
  everything
  quick_jdk
  local tool
  for tool in mpiexec.hydra gcc aarch64-linux-gnu-gcc cmake clang-format fi_pingpong ip ssh ssh-keygen python3 sbatch munged chromium chromedriver; do stand_in "$tool" :; done
  stand_in shellcheck '[ ! -e "$CASE/shellcheck-fails" ]'
  mkdir -p "$CASE/root/usr/"{sbin,include/rdma,include/infiniband,include/x/mpich,lib/x/openmpi/include,lib/python3.11/ensurepip,aarch64-linux-gnu/include}
  touch "$CASE/root/usr/"{sbin/slurmctld,sbin/slurmd,include/stdio.h,include/pmix.h,include/rdma/fabric.h,include/infiniband/efadv.h,include/x/mpich/mpi.h,lib/x/openmpi/include/mpi.h,lib/python3.11/ensurepip/__init__.py} \
    "$CASE/root/usr/aarch64-linux-gnu/include/stdio.h"
  mkdir "$CASE/shm" "$CASE/repo/.ci"
  cp "$SCRIPTS/../.ci/run" "$CASE/repo/.ci/run"
  WORLD_ENV+=(WEFT_TEST_SHM="$CASE/shm")
  rm "$CASE/repo/scripts/test.d/"*
  script_test 'echo "ok - one"; echo "1..1"'
  mkdir -p "$CASE/repo/native/efa-emulator/test"
  device_test 'echo "ok - the ring"; echo "1 passed, 0 failed, 0 skipped"'
  stand_in mvn '
    case "$*" in
      -v) echo "Apache Maven 3.8.7" ;;
      *package*)
        mkdir -p mpi-kernels/cli/target/app benchmarks/report/target/app parallelcluster-config/{batch/cli,results-pipeline}/target/app
        : >mpi-kernels/cli/target/app/weft-cli.jar
        : >benchmarks/report/target/app/weft-bench-report.jar
        : >parallelcluster-config/batch/cli/target/app/weft-batch.jar
        : >parallelcluster-config/results-pipeline/target/app/weft-results.jar
        ;;
      *) . "$CASE/verify" ;;
    esac'
  verify <<'END'
report good '<testcase classname="io.weft.A" name="one"/><testcase classname="io.weft.A" name="two"/>'
END
}

# quick_jdk: a java that adds up the reports with the class compiled once; real_jdk compiles it each time, as users' runs do.
quick_jdk() {
  local java=$CASE/root/usr/lib/jvm/java-25-openjdk-amd64/bin/java
  [[ -d $WORK/classes ]] || "$REAL_JDK/bin/javac" -J-XX:TieredStopAtLevel=1 -d "$WORK/classes" "$SCRIPTS/lib/TestReports.java"
  printf '#!%s\nexec "%s" -Xshare:auto -XX:TieredStopAtLevel=1 -cp "%s" TestReports "${@: -2}"\n' "$BASH" "$REAL_JDK/bin/java" \
    "$WORK/classes" >"$java"
}

real_jdk() {
  rm -r "$CASE/root/usr/lib/jvm/"*
  ln -s "$REAL_JDK" "$CASE/root/usr/lib/jvm/jdk"
}

script_test() {
  printf '#!/usr/bin/env bash\n%s\n' "$1" >"$CASE/repo/scripts/test.d/a-test.sh"
}

device_test() {
  printf '#!/usr/bin/env bash\n%s\n' "$1" >"$CASE/repo/native/efa-emulator/test/run"
  chmod +x "$CASE/repo/native/efa-emulator/test/run"
}

# verify: what mvn verify does, from standard input; report NAME CASES is at hand there.
verify() {
  {
    cat <<'END'
report() {
  mkdir -p native/ffi/target/surefire-reports
  printf '<?xml version="1.0"?>\n<testsuite name="%s">%s</testsuite>\n' "$1" "$2" >"native/ffi/target/surefire-reports/TEST-$1.xml"
}
END
    cat
  } >"$CASE/verify"
}

everything_passes() {
  suite
  real_jdk
  in_world scripts/test
  equal "$CODE" 0
  [[ $TEXT =~ $'\n'[0-9]+' passed, 0 failed, 0 skipped'$'\n' ]] || broken "no summary line in: $TEXT"
  contains "$TEXT" 'ok - shellcheck .ci/run'
  contains "$TEXT" 'ok - shellcheck scripts/weft'
  contains "$TEXT" 'ok - one'
  contains "$TEXT" "reports  $CASE/repo/native/ffi/target/surefire-reports"
  equal "$(count_calls '^mvn -B --fail-at-end verify$')" 1
  # The build it leaves is one that scripts/weft accepts.
  exists "$CASE/repo/build/weft.stamp"
}

numbers_add_up() {
  suite
  script_test 'echo "ok - one"; echo "skip - two: not today"; echo "not ok - three"; echo "1..3"; exit 1'
  device_test 'echo "ok - a (1 s)"; echo "not ok - b"; echo "skipped - c: no root"; echo "1 passed, 1 failed, 1 skipped"; exit 1'
  verify <<'END'
report mixed '<testcase classname="A" name="1"/><testcase classname="A" name="2"><failure message="expected 1&#10;but was 2"/></testcase>
  <testcase classname="A" name="3"><error type="java.io.IOException"/></testcase>
  <testcase classname="A" name="4"><skipped message="no device &lt;efa&gt;"/></testcase>
  <testcase classname="B" name="1"><skipped type="x.Aborted"><![CDATA[x.Aborted: too few cores
    at x.Y(Z.java:1)]]></skipped></testcase>
  <testcase classname="B" name="2"><skipped type="x.Aborted"><![CDATA[x.Aborted: too few cores
    at x.Y(Z.java:2)]]></skipped></testcase>
  <testcase classname="B" name="3"><skipped type="x.Aborted"/></testcase>
  <testcase classname="A" name="5"><system-out><![CDATA[<testcase name="x"><failure/></testcase>]]></system-out></testcase>'
exit 1
END
  local scripts
  scripts=$(find "$CASE/repo/scripts" "$CASE/repo/.ci" -type f ! -name '*.java' ! -name '*.md' | wc -l)
  in_world scripts/test
  equal "$CODE" 1
  contains "$TEXT" $'\n'"$((scripts + 1 + 2 + 2)) passed, 4 failed, 6 skipped"$'\n'
  contains "$TEXT" 'failed   a-test.sh: three'
  contains "$TEXT" 'failed   EFA device: b'
  contains "$TEXT" 'skipped  EFA device: c: no root'
  contains "$TEXT" 'failed   A.2: expected 1 but was 2'
  contains "$TEXT" 'failed   A.3: java.io.IOException'
  contains "$TEXT" 'skipped  A.4: no device <efa>'
  contains "$TEXT" 'skipped  B (2 cases): too few cores'
  contains "$TEXT" 'skipped  B.3: x.Aborted'
  contains "$TEXT" 'skipped  a-test.sh: two: not today'
  lacks "$TEXT" 'no report of a failed test'
}

device_tests_that_end_early() {
  suite
  device_test 'echo "ok - a"; kill -9 $$'
  fails_with 'failed   EFA device: native/efa-emulator/test/run ended early (exit 137, 1 cases of an unknown number)'
}

device_tests_that_lose_a_case() {
  suite
  device_test 'echo "ok - a"; echo "2 passed, 0 failed, 0 skipped"'
  fails_with 'failed   EFA device: native/efa-emulator/test/run ended early (exit 0, 1 cases of 2)'
}

device_tests_that_fail_unsaid() {
  suite
  device_test 'echo "ok - a"; echo "1 passed, 0 failed, 0 skipped"; exit 3'
  fails_with 'failed   EFA device: native/efa-emulator/test/run ended with 3 though no case failed'
}

# fails_with TEXT: the run fails, by exactly one case.
fails_with() {
  in_world scripts/test
  equal "$CODE" 1
  contains "$TEXT" ' passed, 1 failed, '
  contains "$TEXT" "$1"
}

failed_test() {
  suite
  verify <<<'report bad "<testcase classname=\"A\" name=\"b\"><failure message=\"wrong\"/></testcase>"; exit 1'
  fails_with 'failed   A.b: wrong'
}

failed_test_that_maven_ignores() {
  suite
  verify <<<'report bad "<testcase classname=\"A\" name=\"b\"><failure message=\"wrong\"/></testcase>"'
  fails_with 'failed   A.b: wrong'
}

maven_fails_without_a_failed_test() {
  suite
  verify <<<'report good "<testcase classname=\"A\" name=\"b\"/>"; exit 1'
  fails_with 'mvn verify ended with 1 and no report of a failed test'
}

half_written_report() {
  suite
  verify <<<'report x ""; printf "<testsuite><testcase name=\"a\"/><testc" >native/ffi/target/surefire-reports/TEST-x.xml'
  fails_with 'the report cannot be read'
}

old_reports_do_not_count() {
  suite
  mkdir -p "$CASE/repo/native/ffi/target/surefire-reports"
  echo '<testsuite><testcase name="a"><failure/></testcase></testsuite>' >"$CASE/repo/native/ffi/target/surefire-reports/TEST-old.xml"
  sleep 0.02
  in_world scripts/test
  equal "$CODE" 0
}

file_in_shared_memory() {
  suite
  : >"$CASE/shm/was-there-before"
  verify <<<': >"$CASE/shm/weft-left-17"'
  fails_with "leftover: file left in shared memory: $CASE/shm/weft-left-17"
  lacks "$TEXT" was-there-before
}

file_in_shared_memory_of_another() {
  suite
  verify <<<'echo now >"$CASE/shm/of-another"; while [ ! -e "$CASE/held" ]; do sleep 0.02; done'
  # A process outside the run that has the file open.
  (
    unset WEFT_TEST_RUN
    until_true 20 test -s "$CASE/shm/of-another"
    exec env -i sleep 20 3<"$CASE/shm/of-another"
  ) &
  local other=$!
  (
    until_true 20 test -e "/proc/$other/fd/3"
    : >"$CASE/held"
  ) &
  in_world scripts/test
  kill "$other"
  equal "$CODE" 0
}

process_left_running() {
  suite
  verify <<<'sleep 61.25 >/dev/null 2>&1 & echo $! >"$CASE/left"'
  fails_with 'still runs: sleep 61.25'
  until_true 5 test ! -e "/proc/$(cat "$CASE/left")"
}

script_test_that_ends_early() {
  suite
  script_test 'echo "ok - one"; exit 0; echo "1..1"'
  fails_with 'a-test.sh: ended early'
}

script_test_that_loses_a_case() {
  suite
  script_test 'echo "ok - one"; echo "1..2"'
  fails_with 'a-test.sh: ended early'
}

shellcheck_fails() {
  suite
  touch "$CASE/shellcheck-fails"
  in_world scripts/test
  equal "$CODE" 1
  contains "$TEXT" 'failed   shellcheck scripts/weft'
}

arguments_arrive() {
  suite
  device_test 'echo "ok - $*"; echo "1 passed, 0 failed, 0 skipped"'
  printf '#!/usr/bin/env bash\necho made >>"$CASE/calls"\n[ ! -e "$CASE/no-libfabric2" ]\n' \
    >"$CASE/repo/native/efa-emulator/test/build-libfabric2"
  chmod +x "$CASE/repo/native/efa-emulator/test/build-libfabric2"
  in_world scripts/test --long
  equal "$CODE" 3 # apt-get's stand-in knows none of what libfabric 2.1 is built with.
  contains "$TEXT" 'ninja'
  local tool
  for tool in autoconf automake libtoolize ninja pkg-config; do stand_in "$tool" :; done
  mkdir -p "$CASE/root/usr/include/libnl3/netlink/route"
  touch "$CASE/root/usr/include/libnl3/netlink/route/link.h"
  in_world scripts/test --long -pl native/ffi
  equal "$CODE" 0
  contains "$TEXT" 'ok - --long'
  equal "$(count_calls '^made$')" 1
  touch "$CASE/no-libfabric2"
  in_world scripts/test --long -pl native/ffi
  equal "$CODE" 1
  contains "$TEXT" 'failed   EFA device: libfabric 2.1 could not be built'
  rm "$CASE/calls"
  in_world scripts/test
  equal "$(count_calls '^made$')" 0
  in_world scripts/test --long -pl native/ffi
  equal "$(count_calls '^mvn -B --fail-at-end verify -Dweft.long=true -pl native/ffi$')" 1
}

ci_runs_the_tests() {
  suite
  in_world .ci/run
  equal "$CODE" 0
  contains "$TEXT" ' passed, 0 failed, 0 skipped'
  verify <<<'exit 1'
  in_world .ci/run
  equal "$CODE" 1
}

t 'a run in which everything passes' everything_passes
t 'the numbers add up, with reasons' numbers_add_up
t 'a failed test fails the run' failed_test
t 'a failed test that Maven ignores fails the run' failed_test_that_maven_ignores
t 'Maven failing without a failed test fails the run' maven_fails_without_a_failed_test
t 'a half-written report fails the run' half_written_report
t 'reports of earlier runs do not count' old_reports_do_not_count
t 'a file left in shared memory fails the run' file_in_shared_memory
t "another program's file in shared memory does not" file_in_shared_memory_of_another
t 'a process left running fails the run and is ended' process_left_running
t 'a script test that ends early fails the run' script_test_that_ends_early
t 'a script test that loses a case fails the run' script_test_that_loses_a_case
t 'tests of the EFA device that end early fail the run' device_tests_that_end_early
t 'tests of the EFA device that lose a case fail the run' device_tests_that_lose_a_case
t 'tests of the EFA device that fail unsaid fail the run' device_tests_that_fail_unsaid
t 'a complaint of shellcheck fails the run' shellcheck_fails
t '--long reaches all tests, further arguments Maven' arguments_arrive
t '.ci/run runs the tests' ci_runs_the_tests
finish
