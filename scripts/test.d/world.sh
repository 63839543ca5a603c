# shellcheck shell=bash
# shellcheck disable=SC2016  # The bodies of stand-ins are expanded when they run.
# A machine of the test's own: a fake root, a PATH with stand-ins for the package managers, and a small checkout of Weft.
#
#   $CASE/root     what WEFT_SYSROOT points at          $CASE/repo     the checkout, with these scripts copied into it
#   $CASE/bin      the whole PATH                       $CASE/calls    one line for each call of a stand-in
#   $CASE/archive  the packages that can be installed, one a line (an empty file until lists are fetched: $CASE/archive.later)
#
# A stand-in answers in the words of the real tool and does what the scripts rely on: it insists on root, and an install
# makes the files appear that the package would bring.

# world DEBIAN-12|DEBIAN-13|UBUNTU-24|AMAZON-2023|ALPINE
world() {
  local tool
  mkdir -p "$CASE"/{bin,root/etc,root/usr/lib/jvm,repo/mpi-kernels/cli/src/main,repo/native/ffi/src/main/java}
  cp -r "$SCRIPTS" "$CASE/repo/scripts"
  echo '<project/>' >"$CASE/repo/pom.xml"
  echo '<project/>' >"$CASE/repo/native/ffi/pom.xml"
  echo 'class A {}' >"$CASE/repo/native/ffi/src/main/java/A.java"
  : >"$CASE/calls"
  : >"$CASE/libraries"
  echo 0 >"$CASE/uid"
  for tool in bash cat chmod comm cp cut date dirname env find flock grep head ls mkdir mktemp mv readlink rm sed sleep sort tail \
    touch tr; do
    ln -s "$(type -P "$tool")" "$CASE/bin/$tool"
  done
  stand_in id 'cat "$CASE/uid"'
  stand_in ldconfig 'cat "$CASE/libraries"'
  case $1 in
    DEBIAN-12)
      os_release debian 12 'Debian GNU/Linux 12 (bookworm)'
      apt_world openmpi-bin libfabric1 maven findutils util-linux
      ;;
    DEBIAN-13)
      os_release debian 13 'Debian GNU/Linux 13 (trixie)'
      apt_world openjdk-25-jdk-headless openmpi-bin libfabric1 maven
      ;;
    UBUNTU-24)
      os_release ubuntu 24.04 'Ubuntu 24.04.3 LTS' debian
      apt_world openjdk-25-jdk-headless openmpi-bin libfabric1 maven
      ;;
    AMAZON-2023)
      os_release amzn 2023 'Amazon Linux 2023.9.20251117' fedora
      dnf_world java-25-amazon-corretto-devel openmpi libfabric maven
      ;;
    ALPINE) os_release alpine 3.22.0 'Alpine Linux v3.22' ;;
  esac
}

os_release() {
  printf 'PRETTY_NAME="%s"\nID=%s\nVERSION_ID="%s"\nID_LIKE="%s"\n' "$3" "$1" "$2" "${4:-}" >"$CASE/root/etc/os-release"
}

# stand_in NAME BODY: every call is written down before the body runs.
stand_in() {
  rm -f "$CASE/bin/$1"
  printf '#!%s\n%s\n%s\n' "$BASH" 'echo "${0##*/} $*" >>"$CASE/calls"' "$2" >"$CASE/bin/$1"
  chmod +x "$CASE/bin/$1"
}

apt_world() {
  printf '%s\n' "$@" >"$CASE/archive"
  stand_in apt-cache '
    shift
    for p in "$@"; do
      grep -qx "$p" "$CASE/archive" || continue
      printf "%s:\n  Installed: (none)\n  Candidate: 1.0-1\n  Version table:\n     1.0-1 500\n" "$p"
    done'
  stand_in apt-get '
    if [ "${WORLD_UID:-$(cat "$CASE/uid")}" != 0 ]; then
      echo "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)" >&2
      echo "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?" >&2
      exit 100
    fi
    if [ "$1" = update ]; then
      [ ! -e "$CASE/archive.later" ] || mv "$CASE/archive.later" "$CASE/archive"
      exit 0
    fi
    [ "$DEBIAN_FRONTEND" = noninteractive ] || { echo "debconf: asks a question" >&2; exit 100; }
    if [ -e "$CASE/install-fails" ]; then
      cat "$CASE/install-fails" >&2
      exit 100
    fi
    : >"$CASE/installing"
    while [ -e "$CASE/install-hangs" ]; do sleep 0.02; done
    . "$CASE/packages"'
  packages_appear
}

dnf_world() {
  printf '%s\n' "$@" >"$CASE/archive"
  stand_in dnf '
    case "$1 $2" in
      "-q list")
        grep -qx "$3" "$CASE/archive" || { echo "Error: No matching Packages to list" >&2; exit 1; }
        exit 0 ;;
    esac
    if [ "${WORLD_UID:-$(cat "$CASE/uid")}" != 0 ]; then
      echo "Error: This command has to be run with superuser privileges (under the root user on most systems)." >&2
      exit 1
    fi
    if [ -e "$CASE/install-fails" ]; then
      cat "$CASE/install-fails" >&2
      exit 1
    fi
    . "$CASE/packages"'
  stand_in rpm 'exit 1'
  packages_appear
}

# What the packages bring, for the stand-ins of apt-get and dnf to source.
packages_appear() {
  {
    declare -f stand_in have_jdk have_mpirun have_libfabric have_maven
    cat <<'END'
for package in "$@"; do
  case $package in
    openjdk-25-jdk-headless) have_jdk java-25-openjdk-amd64 25.0.1 ;;
    java-25-amazon-corretto-devel) have_jdk java-25-amazon-corretto.x86_64 25.0.1 ;;
    openmpi-bin) have_mpirun bin ;;
    openmpi) have_mpirun root/usr/lib64/openmpi/bin ;;
    libfabric1 | libfabric) have_libfabric ;;
    maven) have_maven 3.8.7 ;;
  esac
done
END
  } >"$CASE/packages"
}

# have_jdk FOLDER VERSION [WHERE]
have_jdk() {
  local home=${3:-$CASE/root/usr/lib/jvm}/$1
  mkdir -p "$home/bin"
  printf 'IMPLEMENTOR="N/A"\nJAVA_VERSION="%s"\n' "$2" >"$home/release"
  stand_in java.new '
    case "$*" in *TestReports.java*) exit 1 ;; esac
    echo "java from $JAVA_HOME with UCX_ERROR_SIGNALS=${UCX_ERROR_SIGNALS-unset}" \
      "IPATH_NO_BACKTRACE=${IPATH_NO_BACKTRACE-unset} HFI_NO_BACKTRACE=${HFI_NO_BACKTRACE-unset}: $*"'
  mv "$CASE/bin/java.new" "$home/bin/java"
  cp "$home/bin/java" "$home/bin/javac"
}

have_mpirun() {
  mkdir -p "$CASE/$1"
  printf '#!/bin/sh\n' >"$CASE/$1/mpirun"
  chmod +x "$CASE/$1/mpirun"
}

have_libfabric() {
  printf '1 libs found in cache\n\tlibfabric.so.1 (libc6,x86-64) => /usr/lib/libfabric.so.1\n' >"$CASE/libraries"
}

# A Maven that builds; $CASE/build-fails makes it fail, $CASE/build-hangs makes it go on until that file is gone, and
# $CASE/build-lacks-plug-in makes it leave out the plug-in's jars.
have_maven() {
  stand_in mvn "
    if [ \"\$1\" = -v ]; then echo 'Apache Maven $1 (fake)'; exit 0; fi"'
    echo $$ >"$CASE/building"
    app=$PWD/mpi-kernels/cli/target/app
    plug_in=$PWD/benchmarks/report/target/app
    heavy=$PWD/parallelcluster-config/batch/cli/target/app
    results=$PWD/parallelcluster-config/results-pipeline/target/app
    mkdir -p "$app" "$plug_in" "$heavy" "$results" native/ffi/target
    : >"$app/half.jar"
    if [ -e "$CASE/build-fails" ]; then cat "$CASE/build-fails"; exit 1; fi
    while [ -e "$CASE/build-hangs" ]; do sleep 0.02; done
    : >"$app/weft-cli.jar"
    : >"$heavy/weft-batch.jar"
    : >"$results/weft-results.jar"
    [ -e "$CASE/build-lacks-plug-in" ] || : >"$plug_in/weft-bench-report.jar"'
}

# everything: a machine on which nothing is missing.
everything() {
  have_jdk java-25-openjdk-amd64 25.0.1
  have_mpirun bin
  have_libfabric
  have_maven 3.8.7
}

# in_world COMMAND...: runs it on this machine and nothing else; sets CODE and TEXT (both outputs).
# shellcheck disable=SC2034  # Read by the tests.
in_world() {
  CODE=0
  TEXT=$(cd "$CASE/repo" && env -i "${WORLD_ENV[@]}" "$@" 2>&1) || CODE=$?
}

# WORLD_ENV: the whole environment there; a test adds to it.
fresh_env() {
  WORLD_ENV=(PATH="$CASE/bin" HOME="$CASE" CASE="$CASE" WEFT_SYSROOT="$CASE/root" WEFT_TEST_RUN="${WEFT_TEST_RUN:-}")
}

# count_calls PATTERN: how many calls of stand-ins match.
count_calls() {
  grep -cE -- "$1" "$CASE/calls" || true
}

# machine NAME: world and fresh environment.
machine() {
  world "$1"
  fresh_env
}

# built: a machine with a finished build, and an empty record.
built() {
  machine DEBIAN-13
  everything
  in_world scripts/weft run
  equal "$CODE" 0
  : >"$CASE/calls"
}
