#!/usr/bin/env bash
# When Weft is built, and when not.

# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/test.d/world.sh
source "$(dirname "${BASH_SOURCE[0]}")/world.sh"

# builds NUMBER: how often Maven has built.
builds() {
  equal "$(count_calls '^mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true package$')" "$1"
}

first_start_builds_second_does_not() {
  machine DEBIAN-13
  everything
  in_world scripts/weft run cg
  equal "$CODE" 0
  contains "$TEXT" 'building'
  builds 1
  exists "$CASE/repo/build/weft.stamp"
  in_world scripts/weft run cg
  equal "$CODE" 0
  lacks "$TEXT" 'building'
  builds 1
}

up_to_date_start_runs_no_tool() {
  built
  in_world scripts/weft run cg
  equal "$CODE" 0
  # ldconfig's cache is all that is asked; above all neither Maven nor a package manager.
  equal "$(grep -cv '^\(java\|ldconfig\) ' "$CASE/calls" || true)" 0
}

# stale_after COMMAND...: the command makes the build stale.
stale_after() {
  built
  sleep 0.02
  (cd "$CASE/repo" && "$@")
  in_world scripts/weft run cg
  equal "$CODE" 0
  builds 1
}

# fresh_after COMMAND...: the command does not.
fresh_after() {
  built
  sleep 0.02
  (cd "$CASE/repo" && "$@")
  in_world scripts/weft run cg
  equal "$CODE" 0
  builds 0
}

write_package_target() {
  mkdir -p "$CASE/T/target"
  touch "$CASE/T/target/T.java"
  # Moved in with a folder time of long ago: only the file itself is new.
  cp -r "$CASE/T/target" native/ffi/src/main/java/
  touch -d '2001-01-01' native/ffi/src/main/java native/ffi/src/main/java/target
}

write_other_files() {
  mkdir -p target native/ffi/target/src docs weft-out
  touch native/ffi/target/src/B.java docs/page.md README.md weft-out/result.json hs_err_pid1.log native/ffi/target/pom.xml
}

a_root_below_a_src_folder() {
  machine DEBIAN-13
  everything
  mkdir "$CASE/src"
  mv "$CASE/repo" "$CASE/src/repo"
  ln -s src/repo "$CASE/repo"
  in_world scripts/weft run
  in_world scripts/weft run
  builds 1
}

a_build_without_a_plug_in() {
  machine DEBIAN-13
  everything
  touch "$CASE/build-lacks-plug-in"
  in_world scripts/weft run
  equal "$CODE" 5
  contains "$TEXT" 'left no jars in'
  contains "$TEXT" 'benchmarks/report/target/app'
  absent "$CASE/repo/build/weft.stamp"
  rm "$CASE/build-lacks-plug-in"
  in_world scripts/weft run
  equal "$CODE" 0
}

source_changed_during_the_build() {
  machine DEBIAN-13
  everything
  touch "$CASE/build-hangs"
  in_world scripts/weft run &
  until_true 5 test -e "$CASE/building"
  sleep 0.02
  touch "$CASE/repo/native/ffi/src/main/java/A.java"
  rm "$CASE/build-hangs"
  wait $!
  in_world scripts/weft run
  builds 2
}

failing_build_is_shown() {
  machine DEBIAN-13
  everything
  echo '[ERROR] A.java:[1,1] class, interface, enum, or record expected' >"$CASE/build-fails"
  in_world scripts/weft run cg
  equal "$CODE" 5
  contains "$TEXT" 'record expected'
  contains "$TEXT" 'build/build.log'
  absent "$CASE/repo/build/weft.stamp"
  rm "$CASE/build-fails"
  in_world scripts/weft run cg
  equal "$CODE" 0
  builds 2
}

two_starts_build_once() {
  machine DEBIAN-13
  touch "$CASE/build-hangs"
  (in_world scripts/weft run one && echo "$CODE $TEXT" >"$CASE/one") &
  (in_world scripts/weft run two && echo "$CODE $TEXT" >"$CASE/two") &
  until_true 5 test -e "$CASE/building"
  # Long enough for the other start to come to the lock, were it not there already.
  sleep 0.3
  rm "$CASE/build-hangs"
  wait
  builds 1
  equal "$(count_calls '^apt-get .*install')" 1
  contains "$(cat "$CASE/one")" 'Weft run one'
  contains "$(cat "$CASE/two")" 'Weft run two'
  contains "$(cat "$CASE/one" "$CASE/two")" 'waiting for it'
}

# interrupted SIGNAL CODE WHOM: in a session of its own, as on a terminal. Background commands ignore Ctrl-C: env undoes that.
interrupted() {
  local pid maven
  built
  touch "$CASE/build-hangs" "$CASE/repo/native/ffi/src/main/java/A.java"
  rm "$CASE/building"
  cd "$CASE/repo"
  setsid env --default-signal=INT,TERM -i "${WORLD_ENV[@]}" scripts/weft run >"$CASE/said" 2>&1 &
  pid=$!
  until_true 5 test -s "$CASE/building"
  maven=$(cat "$CASE/building")
  kill "-$1" -- "$3$pid"
  ended "$pid"
  equal "$CODE" "$2"
  contains "$(cat "$CASE/said")" 'the next start builds again'
  absent build/weft.stamp
  absent build/weft.stamp.begun
  # Maven is gone; a half-made jar is there, and does not count as a build.
  absent "/proc/$maven"
  exists mpi-kernels/cli/target/app/half.jar
  rm "$CASE/build-hangs"
  in_world scripts/weft run
  equal "$CODE" 0
  builds 2
}

inside_the_tests_it_does_not_wait_for_ever() {
  machine DEBIAN-13
  everything
  WORLD_ENV+=(WEFT_LOCK_HELD="$CASE/repo/build/weft.lock")
  in_world scripts/weft run
  equal "$CODE" 5
  contains "$TEXT" 'scripts/test is building'
}

read_only_checkout() {
  machine DEBIAN-13
  everything
  # A file in the folder's place: to root nothing is read-only.
  touch "$CASE/repo/build"
  in_world scripts/weft run
  equal "$CODE" 5
  contains "$TEXT" 'cannot write to'
}

t 'the first start builds, the second does not' first_start_builds_second_does_not
t 'an up-to-date start runs neither Maven nor a package manager' up_to_date_start_runs_no_tool
t 'a changed source is built' stale_after touch native/ffi/src/main/java/A.java
t 'a source in a package named target is built' stale_after write_package_target
t 'a removed source is built' stale_after rm native/ffi/src/main/java/A.java
t 'a changed pom is built' stale_after touch native/ffi/pom.xml
t 'missing jars are built' stale_after rm -r mpi-kernels/cli/target/app
t "a plug-in's missing jars are built" stale_after rm -r benchmarks/report/target/app
t 'a build that leaves out a plug-in is told' a_build_without_a_plug_in
t 'other new files build nothing' fresh_after write_other_files
t 'a root below a folder named src' a_root_below_a_src_folder
t 'a source changed during the build is built next time' source_changed_during_the_build
t 'a failing build is shown' failing_build_is_shown
t 'two starts at once install and build once' two_starts_build_once
t 'Ctrl-C during the build leaves no stamp' interrupted INT 130 -
t 'SIGTERM to the script alone stops the build and leaves no stamp' interrupted TERM 143 ''
t 'a start from inside scripts/test does not wait for ever' inside_the_tests_it_does_not_wait_for_ever
t 'a checkout that cannot be written to' read_only_checkout
finish
