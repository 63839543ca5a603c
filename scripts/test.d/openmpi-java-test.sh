#!/usr/bin/env bash
# Tests of scripts/lib/openmpi-java.sh, on a machine of each case's own: its root, its package manager and its compiler.
# shellcheck disable=SC2016  # The bodies of stand-ins are expanded when they run.

# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# machine: a Debian whose Open MPI has the native half of the bindings.
machine() {
  local tool
  mkdir -p "$CASE"/{bin,root/etc/apt/sources.list.d,root/usr/lib/a-linux-gnu/openmpi/lib,jdk/bin}
  for tool in bash cat cp awk dirname env find grep mkdir mktemp mv readlink rm tail tar touch xz; do
    ln -s "$(type -P "$tool")" "$CASE/bin/$tool"
  done
  : >"$CASE/root/usr/lib/a-linux-gnu/openmpi/lib/libmpi_java.so"
  : >"$CASE/calls"
  printf '%s\n' ID=debian VERSION_CODENAME=bookworm >"$CASE/root/etc/os-release"
  printf '%s\n' 'Types: deb' '# a mirror' 'URIs: http://mirror.invalid/debian' 'Suites: bookworm bookworm-updates' 'Components: main' \
    'Signed-By: /a/key.gpg' '' 'Types: deb' 'URIs: http://other.invalid/x' 'Suites: nodistro' 'Components: main' \
    >"$CASE/root/etc/apt/sources.list.d/debian.sources"
  printf '%s\n' '# a comment' 'deb [arch=amd64 signed-by=/k] http://mirror.invalid/security bookworm-security main' \
    'deb http://third.invalid/apt cloud-bookworm main' >"$CASE/root/etc/apt/sources.list"
  stand_in dpkg-query 'case $1 in -S) echo "libopenmpi3:amd64: $2" ;; *) echo "openmpi 4.1.4-3" ;; esac'
  stand_in apt-get 'echo "apt-get $*" >>"$CASE/calls"
for word; do
  case $word in
    Dir::Etc::sourceparts=*) cp -r "${word#*=}" "$CASE/sources" ;;
  esac
done
if [[ " $* " == *" source "* ]]; then
  mkdir -p tree/openmpi-4.1.4/ompi/mpi/java/java
  echo "class MPI {}" >tree/openmpi-4.1.4/ompi/mpi/java/java/MPI.java
  tar -cf openmpi_4.1.4.orig.tar.xz -C tree openmpi-4.1.4
fi'
  stand_in javac 'echo "javac $*" >>"$CASE/calls"'
  stand_in jar 'echo "jar $*" >>"$CASE/calls"; while [[ $1 != --file ]]; do shift; done; : >"$2"'
  mv "$CASE/bin/javac" "$CASE/bin/jar" "$CASE/jdk/bin"
}

stand_in() {
  printf '#!/bin/bash\nCASE=%q\n%s\n' "$CASE" "$2" >"$CASE/bin/$1"
  chmod +x "$CASE/bin/$1"
}

# try ARGS...: sets CODE, OUT and ERR.
try() {
  CODE=0
  env -i PATH="$CASE/bin" HOME="$CASE" TMPDIR="$CASE" JAVA_HOME="$CASE/jdk" WEFT_SYSROOT="$CASE/root" \
    "$SCRIPTS/lib/openmpi-java.sh" "$@" \
    >"$CASE/out" 2>"$CASE/err" || CODE=$?
  OUT=$(cat "$CASE/out") ERR=$(cat "$CASE/err")
}

help_is_answered() {
  machine
  try --help
  equal "$CODE" 0
  contains "$OUT" 'Usage: scripts/lib/openmpi-java.sh'
  equal "$(cat "$CASE/calls")" ''
}

wrong_arguments_are_refused() {
  machine
  try --everything
  equal "$CODE" 2
  contains "$ERR" "unknown argument '--everything' (legal:"
  try --prefix
  equal "$CODE" 2
  contains "$ERR" '--prefix needs a value'
  try --suite
  equal "$CODE" 2
  contains "$ERR" '--suite needs a value'
  try --suite 'a b'
  equal "$CODE" 2
  contains "$ERR" "not 'a b'"
}

bindings_are_compiled_and_kept() {
  machine
  try
  equal "$CODE" 0
  equal "$OUT" "classpath $CASE/.cache/weft/openmpi-java-4.1.4-3/mpi.jar
library-path $CASE/root/usr/lib/a-linux-gnu/openmpi/lib"
  contains "$(cat "$CASE/calls")" 'source --download-only --tar-only openmpi=4.1.4-3'
  contains "$(cat "$CASE/calls")" '/MPI.java'
  equal "$(find "$CASE" -maxdepth 1 -name 'tmp.*')" ''
  # Nothing is left to do.
  : >"$CASE/calls"
  try
  equal "$CODE" 0
  equal "$(cat "$CASE/calls")" ''
}

only_this_releases_own_sources_are_asked() {
  machine
  try
  local deb822 line
  deb822=$(cat "$CASE/sources/debian.sources") line=$(cat "$CASE/sources/from-sources.list")
  contains "$deb822" 'Types: deb-src'
  contains "$deb822" 'Signed-By: /a/key.gpg'
  lacks "$deb822" other.invalid
  equal "$line" 'deb-src [arch=amd64 signed-by=/k] http://mirror.invalid/security bookworm-security main'
  contains "$(cat "$CASE/calls")" 'Dir::Etc::sourcelist=/dev/null'
}

bindings_of_another_release_are_compiled_and_kept() {
  machine
  # Neither Open MPI nor its package is needed.
  rm "$CASE/root/usr/lib/a-linux-gnu/openmpi/lib/libmpi_java.so" "$CASE/bin/dpkg-query"
  try --suite trixie
  equal "$CODE" 0
  equal "$OUT" "classpath $CASE/.cache/weft/openmpi-java-trixie/mpi.jar"
  local calls deb822
  calls=$(cat "$CASE/calls")
  contains "$calls" 'source --download-only --tar-only openmpi'
  lacks "$calls" 'openmpi='
  # Of the archive that this release comes from; its updates and security are other ones.
  deb822=$(cat "$CASE/sources/debian.sources")
  contains "$deb822" 'Types: deb-src'
  contains "$deb822" 'Suites: trixie'
  contains "$deb822" 'URIs: http://mirror.invalid/debian'
  lacks "$deb822" bookworm
  lacks "$deb822" other.invalid
  absent "$CASE/sources/from-sources.list"
  : >"$CASE/calls"
  try --suite trixie
  equal "$CODE" 0
  equal "$(cat "$CASE/calls")" ''
}

another_release_is_asked_of_one_line_sources_too() {
  machine
  rm "$CASE/root/etc/apt/sources.list.d/debian.sources"
  printf '%s\n' 'deb [signed-by=/k] http://mirror.invalid/debian bookworm main' 'deb http://mirror.invalid/security bookworm-security main' \
    >"$CASE/root/etc/apt/sources.list"
  try --suite trixie
  equal "$CODE" 0
  equal "$(cat "$CASE/sources/from-sources.list")" 'deb-src [signed-by=/k] http://mirror.invalid/debian trixie main'
}

another_release_is_absent_elsewhere() {
  machine
  echo ID=ubuntu >>"$CASE/root/etc/os-release"
  try --suite trixie
  is_absent 'this system is no Debian, whose archives have trixie too'
}

another_release_without_bindings_is_absent() {
  machine
  sed -i 's,ompi/mpi/java/java,ompi/mpi/c,g' "$CASE/bin/apt-get"
  try --suite forky
  is_absent 'the source package openmpi of forky has no Java bindings any more'
}

# is_absent REASON
is_absent() {
  equal "$CODE" 3
  equal "$OUT" ''
  equal "$(tail -n 1 "$CASE/err")" "openmpi-java: $1"
  absent "$CASE/.cache"
}

an_open_mpi_without_them_is_absent() {
  machine
  rm "$CASE/root/usr/lib/a-linux-gnu/openmpi/lib/libmpi_java.so"
  try
  is_absent "this machine's Open MPI has no libmpi_java.so, the native half of its Java bindings (Debian's libopenmpi3 brings it)"
}

another_system_is_absent() {
  machine
  rm "$CASE/bin/dpkg-query"
  try
  is_absent "no dpkg and apt: the bindings' classes are made from Debian's source package"
}

no_network_is_absent() {
  machine
  stand_in apt-get 'echo "E: Failed to fetch it" >&2; exit 100'
  try
  is_absent 'the source package openmpi 4.1.4-3 cannot be fetched: E: Failed to fetch it'
  equal "$(find "$CASE" -maxdepth 1 -name 'tmp.*')" ''
}

sources_that_do_not_compile_are_shown() {
  machine
  printf '#!/bin/bash\necho "MPI.java:1: error: oh"\nexit 1\n' >"$CASE/jdk/bin/javac"
  try
  equal "$CODE" 5
  contains "$ERR" 'MPI.java:1: error: oh'
  contains "$ERR" "failed to compile Open MPI's Java bindings"
  absent "$CASE/.cache/weft/openmpi-java-4.1.4-3/mpi.jar"
}

t "openmpi-java: --help is answered" help_is_answered
t "openmpi-java: wrong arguments are refused" wrong_arguments_are_refused
t "openmpi-java: the bindings are compiled once" bindings_are_compiled_and_kept
t "openmpi-java: only this release's own package sources are asked" only_this_releases_own_sources_are_asked
t "openmpi-java: the bindings of another release are compiled once" bindings_of_another_release_are_compiled_and_kept
t "openmpi-java: another release, from sources in one line" another_release_is_asked_of_one_line_sources_too
t "openmpi-java: another release is absent on other systems" another_release_is_absent_elsewhere
t "openmpi-java: another release that has no bindings" another_release_without_bindings_is_absent
t "openmpi-java: an Open MPI without the native half is absent" an_open_mpi_without_them_is_absent
t "openmpi-java: another system is absent" another_system_is_absent
t "openmpi-java: without a network they are absent" no_network_is_absent
t "openmpi-java: sources that do not compile are shown" sources_that_do_not_compile_are_shown
finish
