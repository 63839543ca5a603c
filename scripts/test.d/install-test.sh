#!/usr/bin/env bash
# What gets installed, on which distribution, with which right.

# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/test.d/world.sh
source "$(dirname "${BASH_SOURCE[0]}")/world.sh"

debian_12_stops_with_instructions() {
  machine DEBIAN-12
  in_world scripts/weft run cg
  equal "$CODE" 3
  contains "$TEXT" 'Debian GNU/Linux 12 (bookworm) has no package of JDK 25'
  contains "$TEXT" 'Eclipse Temurin 25'
  contains "$TEXT" 'JAVA_HOME'
  equal "$(count_calls '^apt-get .*install')" 0
  equal "$(count_calls '^apt-get update')" 1
}

debian_12_with_a_jdk_installs_the_rest() {
  machine DEBIAN-12
  have_jdk some-jdk-25 25.0.3
  in_world scripts/setup run
  equal "$CODE" 0
  contains "$(cat "$CASE/calls")" '--no-install-recommends openmpi-bin libfabric1 maven'
  lacks "$(cat "$CASE/calls")" openjdk
}

apt_installs_the_package() {
  machine "$1"
  in_world scripts/weft run cg --ranks 2
  equal "$CODE" 0
  contains "$TEXT" 'installing openjdk-25-jdk-headless: JDK 25 or newer (compiles Weft and runs it)'
  contains "$TEXT" 'installing openmpi-bin'
  contains "$TEXT" 'installing libfabric1'
  contains "$TEXT" 'installing maven'
  contains "$TEXT" 'io.weft.cli/io.weft.cli.Weft run cg --ranks 2'
  equal "$(count_calls '^apt-get .*install -y --no-install-recommends openjdk-25-jdk-headless openmpi-bin libfabric1 maven$')" 1
  # Every package had a candidate: no lists were fetched.
  equal "$(count_calls '^apt-get update')" 0
}

empty_lists_are_fetched_once() {
  machine DEBIAN-13
  mv "$CASE/archive" "$CASE/archive.later"
  : >"$CASE/archive"
  in_world scripts/setup run
  equal "$CODE" 0
  equal "$(count_calls '^apt-get update')" 1
  equal "$(count_calls '^apt-get .*install')" 1
}

amazon_linux_uses_dnf() {
  machine AMAZON-2023
  in_world scripts/weft run cg
  equal "$CODE" 0
  equal "$(count_calls '^dnf -y install java-25-amazon-corretto-devel openmpi libfabric maven$')" 1
  contains "$TEXT" 'installing java-25-amazon-corretto-devel'
}

ec2_image_doubles_nothing() {
  machine AMAZON-2023
  have_mpirun "root/opt/amazon/$1/bin"
  mkdir -p "$CASE/root/opt/amazon/efa/$2"
  : >"$CASE/root/opt/amazon/efa/$2/libfabric.so.1"
  in_world scripts/setup run
  equal "$CODE" 0
  equal "$(count_calls '^dnf -y install java-25-amazon-corretto-devel maven$')" 1
  equal "$(count_calls '^dnf -y')" 1
}

second_time_installs_nothing() {
  machine "$1"
  in_world scripts/weft run cg
  equal "$CODE" 0
  : >"$CASE/calls"
  in_world scripts/weft run cg
  equal "$CODE" 0
  in_world scripts/setup run
  equal "$CODE" 0
  equal "$(count_calls '^(apt|dnf|sudo|rpm|id)')" 0
}

sudo_that_asks_nothing_is_used() {
  machine UBUNTU-24
  echo 1000 >"$CASE/uid"
  # shellcheck disable=SC2016
  stand_in sudo '[ "$1" = -n ] || exit 1; shift; WORLD_UID=0 "$@"'
  in_world scripts/setup run
  equal "$CODE" 0
  equal "$(count_calls '^sudo -n env DEBIAN_FRONTEND=noninteractive apt-get .*install')" 1
}

# no_right DISTRIBUTION COMMAND
no_right() {
  machine "$1"
  echo 1000 >"$CASE/uid"
  in_world scripts/weft run cg
  equal "$CODE" 3
  contains "$TEXT" 'administrator'
  contains "$TEXT" "$2"
  equal "$(count_calls '^(apt-get|dnf -y)')" 0
  absent "$CASE/repo/build/weft.stamp"
}

sudo_with_a_password_counts_as_none() {
  machine AMAZON-2023
  echo 1000 >"$CASE/uid"
  stand_in sudo 'echo "sudo: a password is required" >&2; exit 1'
  in_world scripts/setup run
  equal "$CODE" 3
  contains "$TEXT" 'sudo dnf -y install java-25-amazon-corretto-devel openmpi libfabric maven'
  equal "$(count_calls '^dnf -y')" 0
}

no_right_and_empty_lists() {
  machine DEBIAN-13
  echo 1000 >"$CASE/uid"
  : >"$CASE/archive"
  in_world scripts/setup run
  equal "$CODE" 3
  contains "$TEXT" 'apt-get update && apt-get install -y --no-install-recommends openjdk-25-jdk-headless openmpi-bin'
}

no_install_names_what_is_missing() {
  machine DEBIAN-13
  have_mpirun bin
  WORLD_ENV+=(WEFT_NO_INSTALL=1)
  in_world scripts/weft run cg
  equal "$CODE" 3
  contains "$TEXT" 'WEFT_NO_INSTALL=1'
  contains "$TEXT" 'JDK 25 or newer: compiles Weft and runs it'
  contains "$TEXT" 'libfabric.so.1'
  contains "$TEXT" 'Maven'
  lacks "$TEXT" 'mpirun (Open MPI)'
  equal "$(count_calls '^(apt-get|sudo)')" 0
}

failing_install_is_shown() {
  machine "$1"
  echo 'E: You do not have enough free space in /var/cache/apt/archives/.' >"$CASE/install-fails"
  in_world scripts/weft run cg
  equal "$CODE" 4
  contains "$TEXT" 'enough free space'
  contains "$TEXT" 'failed; the end of'
  contains "$TEXT" 'start again'
  equal "$(count_calls '^mvn .*package')" 0
}

old_list_is_refreshed_once() {
  machine DEBIAN-13
  echo 'E: Failed to fetch openmpi-bin_1.0-1_amd64.deb  404  Not Found' >"$CASE/install-fails"
  in_world scripts/setup run
  equal "$CODE" 4
  equal "$(count_calls '^apt-get update')" 1
  equal "$(count_calls '^apt-get .*install')" 2
}

unsupported_distribution() {
  machine ALPINE
  in_world scripts/weft run cg
  equal "$CODE" 3
  contains "$TEXT" 'Alpine Linux v3.22'
  contains "$TEXT" 'JDK 25 or newer'
  contains "$TEXT" 'start again'
}

ctrl_c_waits_for_the_package_manager() {
  local pid
  machine DEBIAN-13
  touch "$CASE/install-hangs"
  cd "$CASE/repo"
  setsid env --default-signal=INT -i "${WORLD_ENV[@]}" scripts/weft run >"$CASE/said" 2>&1 &
  pid=$!
  until_true 5 test -e "$CASE/installing"
  kill -INT -- "-$pid"
  until_true 5 grep -q 'stopping when it has finished' "$CASE/said"
  rm "$CASE/install-hangs"
  ended "$pid"
  equal "$CODE" 130
  # The packages went in whole, and nothing came after them.
  exists "$CASE/root/usr/lib/jvm/java-25-openjdk-amd64/release"
  equal "$(grep -c libfabric.so.1 "$CASE/libraries")" 1
  equal "$(count_calls '^mvn .*package')" 0
}

package_without_effect() {
  machine DEBIAN-13
  have_jdk jdk-25 25
  : >"$CASE/packages"
  in_world scripts/setup run
  equal "$CODE" 4
  contains "$TEXT" 'still not found'
  contains "$TEXT" 'libfabric.so.1'
}

old_maven_is_not_enough() {
  machine DEBIAN-13
  everything
  have_maven 3.6.3
  in_world scripts/setup run --check
  equal "$CODE" 1
  contains "$TEXT" 'missing   Maven 3.8 or newer'
}

check_tells_and_installs_nothing() {
  machine DEBIAN-13
  in_world scripts/setup run --check
  equal "$CODE" 1
  contains "$TEXT" 'missing   JDK 25 or newer'
  contains "$TEXT" '(package openjdk-25-jdk-headless)'
  everything
  in_world scripts/setup run --check
  equal "$CODE" 0
  lacks "$TEXT" missing
  in_world scripts/setup run --check --json
  equal "$CODE" 0
  contains "$TEXT" '"complete": true'
  contains "$TEXT" '{"name": "mpi", "what": "mpirun (Open MPI)"'
  equal "$(count_calls '^(apt-get|sudo)')" 0
  absent "$CASE/repo/build"
}

tests_want_more() {
  machine DEBIAN-13
  everything
  printf '%s\n' mpich gcc libc6-dev libopenmpi-dev libmpich-dev libpmix-dev libfabric-dev gcc-aarch64-linux-gnu libc6-dev-arm64-cross \
    cmake libibverbs-dev clang-format libfabric-bin iproute2 openssh-client python3-venv slurm-wlm munge shellcheck chromium chromium-driver >>"$CASE/archive"
  in_world scripts/setup test
  # The stand-in brings no files for these, so the scripts must say that they are still not there.
  equal "$CODE" 4
  contains "$(cat "$CASE/calls")" 'install -y --no-install-recommends mpich gcc libc6-dev libopenmpi-dev libmpich-dev libpmix-dev libfabric-dev'
  contains "$(cat "$CASE/calls")" 'shellcheck chromium chromium-driver'
}

ubuntu_may_lack_a_browser() {
  machine UBUNTU-24
  everything
  in_world scripts/setup test --check
  contains "$TEXT" 'optional  Chromium'
  contains "$TEXT" 'optional  chromedriver'
  contains "$TEXT" 'missing   shellcheck'
}

debian_wants_a_browser() {
  machine DEBIAN-13
  everything
  in_world scripts/setup test --check
  contains "$TEXT" 'missing   Chromium'
  contains "$TEXT" '(package chromium-driver)'
}

amazon_may_lack_arm64_and_shellcheck() {
  machine AMAZON-2023
  everything
  in_world scripts/setup test --check
  equal "$CODE" 1
  contains "$TEXT" 'optional  shellcheck'
  contains "$TEXT" 'missing   MPICH'
  have_mpirun root/usr/lib64/mpich/bin
  mkdir -p "$CASE/root/usr/include/"{infiniband,rdma,openmpi-x86_64,mpich-x86_64} "$CASE/root/usr/lib64/python3.9/ensurepip"
  touch "$CASE/root/usr/lib64/python3.9/ensurepip/__init__.py"
  touch "$CASE/root/usr/include/"{stdio.h,pmix.h,infiniband/efadv.h,rdma/fabric.h,openmpi-x86_64/mpi.h,mpich-x86_64/mpi.h}
  local tool
  for tool in gcc cmake fi_pingpong ip ssh ssh-keygen python3; do stand_in "$tool" :; done
  in_world scripts/setup test
  equal "$CODE" 0
  contains "$TEXT" 'has no package of shellcheck: the tests that want it are skipped'
  equal "$(count_calls '^dnf -y')" 0
}

wrong_usage() {
  machine DEBIAN-13
  in_world scripts/setup frobnicate
  equal "$CODE" 2
  contains "$TEXT" frobnicate
  in_world scripts/setup
  equal "$CODE" 2
}

t 'Debian 12 without a JDK stops with instructions' debian_12_stops_with_instructions
t 'Debian 12 with a JDK installs the rest' debian_12_with_a_jdk_installs_the_rest
t 'Debian 13 installs the packages' apt_installs_the_package DEBIAN-13
t 'Ubuntu 24.04 installs the packages' apt_installs_the_package UBUNTU-24
t 'empty package lists are fetched once' empty_lists_are_fetched_once
t 'Amazon Linux 2023 installs by dnf' amazon_linux_uses_dnf
t 'EC2 image with /opt/amazon/openmpi: nothing doubled' ec2_image_doubles_nothing openmpi lib64
t 'EC2 image with /opt/amazon/openmpi5: nothing doubled' ec2_image_doubles_nothing openmpi5 lib
t 'second time installs nothing (apt)' second_time_installs_nothing DEBIAN-13
t 'second time installs nothing (dnf)' second_time_installs_nothing AMAZON-2023
t 'sudo that asks nothing is used' sudo_that_asks_nothing_is_used
t 'no sudo: the command for an administrator (apt)' no_right DEBIAN-13 \
  "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends openjdk-25-jdk-headless openmpi-bin libfabric1 maven'"
t 'no sudo: the command for an administrator (dnf)' no_right AMAZON-2023 \
  'sudo dnf -y install java-25-amazon-corretto-devel openmpi libfabric maven'
t 'sudo that wants a password counts as none' sudo_with_a_password_counts_as_none
t 'no sudo and empty lists: the package is known by the version' no_right_and_empty_lists
t 'WEFT_NO_INSTALL=1 names what is missing' no_install_names_what_is_missing
t 'failing install is shown (apt)' failing_install_is_shown DEBIAN-13
t 'failing install is shown (dnf)' failing_install_is_shown AMAZON-2023
t 'failing install refreshes an old list once' old_list_is_refreshed_once
t 'Ctrl-C waits for the package manager' ctrl_c_waits_for_the_package_manager
t 'unsupported distribution' unsupported_distribution
t 'a package that does not help is told' package_without_effect
t 'Maven 3.6 is not enough' old_maven_is_not_enough
t 'setup --check' check_tells_and_installs_nothing
t 'setup test wants compilers, headers and MPICH' tests_want_more
t 'Ubuntu may lack a browser' ubuntu_may_lack_a_browser
t 'Debian is to have a browser' debian_wants_a_browser
t 'Amazon Linux may lack the arm64 compiler and shellcheck' amazon_may_lack_arm64_and_shellcheck
t 'wrong usage' wrong_usage
finish
