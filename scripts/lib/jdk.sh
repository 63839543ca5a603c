# shellcheck shell=bash
# Finding a JDK. No JVM is started for it: every JDK describes itself in its file `release`.

readonly JDK_OLDEST=25

# jdk_major DIR: sets JDK_MAJOR, fails where DIR is no JDK (a JRE has no javac).
jdk_major() {
  local line version=
  JDK_MAJOR=0
  [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
  while IFS= read -r line; do
    if [[ $line == JAVA_VERSION=* ]]; then
      version=${line#JAVA_VERSION=}
      version=${version//\"/}
    fi
  done <"$1/release"
  version=${version%%[!0-9]*}
  [[ -n $version ]] || return 1
  JDK_MAJOR=$version
}

jdk_new_enough() {
  jdk_major "$1" && ((JDK_MAJOR >= JDK_OLDEST))
}

# find_jdk: sets JDK_HOME. JAVA_HOME first, then the system's JDKs, then the java on PATH.
find_jdk() {
  local dir best=0 java
  JDK_HOME=
  if [[ -n ${JAVA_HOME:-} ]] && jdk_new_enough "$JAVA_HOME"; then
    JDK_HOME=$JAVA_HOME
    return 0
  fi
  # The oldest that will do: a newer compiler may warn of more, and warnings are errors in this build.
  for dir in "${WEFT_SYSROOT:-}"/usr/lib/jvm/*; do
    if jdk_new_enough "$dir" && ((best == 0 || JDK_MAJOR < best)); then
      best=$JDK_MAJOR
      JDK_HOME=$dir
    fi
  done
  [[ -z $JDK_HOME ]] || return 0
  java=$(type -P java) || return 1
  java=$(readlink -f -- "$java") || return 1
  dir=${java%/bin/java}
  if jdk_new_enough "$dir"; then
    JDK_HOME=$dir
    return 0
  fi
  if [[ -r $dir/release ]]; then
    return 1
  fi
  # A version manager's stand-in for java knows where the real one is; this is the one case that costs a JVM.
  dir=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p') || return 1
  if [[ -n $dir ]] && jdk_new_enough "$dir"; then
    JDK_HOME=$dir
    return 0
  fi
  return 1
}
