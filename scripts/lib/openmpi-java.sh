#!/usr/bin/env bash
# Makes Open MPI's own Java bindings, which benchmarks and tests compare Weft's drop-in with.
#
# Debian packages the native half of the bindings (libmpi_java.so) and not their classes. Those are compiled here from the
# source package of the very Open MPI that is installed, and are in no archive of Weft's. Those of another release of Debian
# can be had to read them: a test compares the drop-in with the bindings of Open MPI 4.1 and of 5.0.
set -euo pipefail

usage() {
  cat <<'END'
Usage: scripts/lib/openmpi-java.sh [--suite NAME] [--prefix DIR]

Compiles Open MPI's Java classes into DIR/mpi.jar, if they are not there. Prints two lines: "classpath" with the jar, to stand first
on a class path, and "library-path" for -Djava.library.path.

  --suite NAME    those of the Open MPI of another release of Debian, such as trixie (Open MPI 5.0); they have no native half
                  here, and the second line is not printed
  --prefix DIR    where the jar is kept (default: ${XDG_CACHE_HOME:-~/.cache}/weft/openmpi-java-VERSION, or -NAME of --suite)

Needs a JDK, Debian's Open MPI (without --suite), and, for the first time, the network that apt uses. The system's own apt
lists, cache and packages are not touched.

Environment:
  JAVA_HOME       the JDK to use; else that of javac on the PATH
  WEFT_SYSROOT    a folder put before the system paths that are looked at; for the tests of these scripts

Exit codes:
  0  there       2  wrong usage       3  cannot be had here: the last line on standard error says why       5  does not compile
END
}

readonly EXIT_USAGE=2 EXIT_ABSENT=3 EXIT_COMPILE=5

# absent LINE: why there are no bindings, for a reader of results.
absent() {
  printf 'openmpi-java: %s\n' "$1" >&2
  exit "$EXIT_ABSENT"
}

prefix='' suite=''
while (($#)); do
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    --prefix | --suite)
      if (($# < 2)); then
        printf 'openmpi-java: %s needs a value\n' "$1" >&2
        exit "$EXIT_USAGE"
      fi
      case $1 in
        --prefix) prefix=$2 ;;
        --suite)
          if [[ ! $2 =~ ^[a-z][a-z0-9-]*$ ]]; then
            printf "openmpi-java: --suite names a release of Debian, such as trixie, and not '%s'\n" "$2" >&2
            exit "$EXIT_USAGE"
          fi
          suite=$2
          ;;
      esac
      shift 2
      ;;
    *)
      printf "openmpi-java: unknown argument '%s' (legal: --suite --prefix --help)\n" "$1" >&2
      exit "$EXIT_USAGE"
      ;;
  esac
done

jdk=${JAVA_HOME:-}
if [[ ! -x $jdk/bin/javac ]]; then
  jdk=$(type -P javac) || absent "no JDK: set JAVA_HOME"
  jdk=$(dirname -- "$(dirname -- "$(readlink -f -- "$jdk")")")
fi

# find_native: sets LIBRARIES, the directory of libmpi_java.so.
find_native() {
  local file
  for file in "${WEFT_SYSROOT:-}"/usr/lib/*/openmpi/lib/libmpi_java.so; do
    if [[ -e $file ]]; then
      LIBRARIES=$(dirname -- "$file")
      return 0
    fi
  done
  absent "this machine's Open MPI has no libmpi_java.so, the native half of its Java bindings (Debian's libopenmpi3 brings it)"
}

# find_source: sets SOURCE and VERSION, the source package that libmpi_java.so was built from.
find_source() {
  local package words
  if ! type -P dpkg-query apt-get >/dev/null; then
    absent "no dpkg and apt: the bindings' classes are made from Debian's source package"
  fi
  package=$(dpkg-query -S "$(readlink -f -- "$LIBRARIES/libmpi_java.so")" 2>/dev/null) ||
    absent "$LIBRARIES/libmpi_java.so is of no package, so that there are no sources to it"
  words=$(dpkg-query -W -f '${source:Package} ${source:Version}' "${package%%: *}")
  SOURCE=${words% *} VERSION=${words#* }
}

# source_lists DIR: the machine's own package sources of this release, as sources of source packages; of the same archives
# those of another release, if --suite names one.
source_lists() {
  local file root=${WEFT_SYSROOT:-} ID='' VERSION_CODENAME=''
  if [[ -e $root/etc/os-release ]]; then
    # shellcheck source=/dev/null
    source "$root/etc/os-release"
  fi
  CODENAME=$VERSION_CODENAME
  [[ -n $CODENAME ]] || absent "/etc/os-release names no release whose source packages could be asked for"
  if [[ -n $suite && $ID != debian ]]; then
    absent "this system is no Debian, whose archives have $suite too"
  fi
  mkdir -p "$1"
  for file in "$root"/etc/apt/sources.list.d/*.sources; do
    [[ -e $file ]] || continue
    # A stanza counts if one of its suites is this release, or its updates. Updates and security have archives of their own.
    awk -v release="$CODENAME" -v wanted="$suite" -v RS= -v ORS='\n\n' '
      BEGIN { more = wanted == "" ? "(-updates|-security)?" : "" }
      $0 ~ "(^|\n)Types:[^\n]*deb" && $0 ~ "(^|\n)Suites:[^\n]*[ \t]" release more "([ \t\n]|$)" {
        sub(/Types:[^\n]*/, "Types: deb-src")
        if (wanted != "") sub(/Suites:[^\n]*/, "Suites: " wanted)
        print
      }' "$file" >"$1/${file##*/}"
  done
  for file in "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/*.list; do
    [[ -e $file ]] || continue
    awk -v release="$CODENAME" -v wanted="$suite" '
      BEGIN { more = wanted == "" ? "(-updates|-security)?" : "" }
      $1 == "deb" {
        suite = $2 ~ /^\[/ ? 0 : 3
        if (!suite) for (i = 2; i <= NF && !suite; i++) if ($i ~ /\]$/) suite = i + 2
        if ($suite ~ "^" release more "$") {
          sub(/deb/, "deb-src")
          if (wanted != "") $suite = wanted
          print
        }
      }' "$file" >"$1/from-${file##*/}"
  done
  find "$1" -empty -type f -delete
  if [[ -z $(find "$1" -type f) ]]; then
    absent "apt is configured with no package source of $CODENAME"
  fi
}

# fetch WORK: the bindings' classes in source under WORK.
fetch() {
  local work=$1 apt
  mkdir -p "$work"/{lists/partial,archives/partial,src}
  source_lists "$work/sources"
  apt=(apt-get -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/sources" -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work" -o "Dir::Cache::archives=$work/archives" -o APT::Sandbox::User=root)
  # --tar-only: the upstream archive is all that is used, none of Debian's patches.
  if ! { "${apt[@]}" update && cd "$work/src" && "${apt[@]}" source --download-only --tar-only "$PACKAGE"; } \
    >"$work/apt.log" 2>&1 </dev/null; then
    absent "the source package $TITLE cannot be fetched: $(grep -E '^[EW]:' "$work/apt.log" | tail -n 1)"
  fi
  tar -x -f "$(find "$work/src" -name '*.orig.tar.*')" -C "$work/src" --wildcards '*/ompi/mpi/java/java/*.java' ||
    absent "the source package $TITLE has no Java bindings any more"
}

# compile NAME ARGS...: javac, whose complaints are shown if it fails.
compile() {
  local name=$1 said
  shift
  if ! said=$("$jdk/bin/javac" -proc:none "$@" 2>&1); then
    printf '%s\nopenmpi-java: failed to compile %s\n' "$said" "$name" >&2
    exit "$EXIT_COMPILE"
  fi
}

# Two at the same time: the jar appears whole or not at all, and both make the same.
make_bindings() {
  local work
  [[ ! -e $prefix/mpi.jar ]] || return 0
  work=$(mktemp -d)
  # shellcheck disable=SC2064 # Now, for the name is local.
  trap "rm -rf '$work'" EXIT
  fetch "$work"
  mkdir -p "$prefix" "$work/classes"
  compile "Open MPI's Java bindings" -nowarn -Xlint:none -d "$work/classes" "$work"/src/*/ompi/mpi/java/java/*.java
  "$jdk/bin/jar" --create --file "$work/mpi.jar" -C "$work/classes" .
  cp "$work/mpi.jar" "$prefix/mpi.jar.$$"
  mv "$prefix/mpi.jar.$$" "$prefix/mpi.jar"
}

if [[ -n $suite ]]; then
  type -P apt-get >/dev/null || absent "no apt: the bindings' classes are made from Debian's source package"
  PACKAGE=openmpi TITLE="openmpi of $suite" kept=$suite
else
  find_native
  find_source
  PACKAGE=$SOURCE=$VERSION TITLE="$SOURCE $VERSION" kept=$VERSION
fi
prefix=${prefix:-${XDG_CACHE_HOME:-$HOME/.cache}/weft/openmpi-java-$kept}
make_bindings
printf 'classpath %s\n' "$prefix/mpi.jar"
[[ -n $suite ]] || printf 'library-path %s\n' "$LIBRARIES"
