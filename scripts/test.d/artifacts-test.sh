#!/usr/bin/env bash
# The Maven repository for other projects, and a project outside that builds on it and runs.

# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ROOT=$(dirname -- "$SCRIPTS")
REPOSITORY=$WORK/repository
# shellcheck source=scripts/lib/say.sh
source "$SCRIPTS/lib/say.sh"
# shellcheck disable=SC2034  # Read by jdk.sh.
WEFT_ROOT=$ROOT
# shellcheck source=scripts/lib/jdk.sh
source "$SCRIPTS/lib/jdk.sh"
find_jdk
export JAVA_HOME=$JDK_HOME

help_is_answered() {
  contains "$("$SCRIPTS/artifacts" --help)" 'Usage: scripts/artifacts'
}

wrong_usage() {
  local code=0
  "$SCRIPTS/artifacts" --nothing 2>"$CASE/err" || code=$?
  equal "$code" 2
  contains "$(cat "$CASE/err")" "does not know '--nothing'"
}

not_writable() {
  local code=0
  : >"$CASE/file"
  "$SCRIPTS/artifacts" "$CASE/file/below" 2>"$CASE/err" || code=$?
  equal "$code" 5
  contains "$(cat "$CASE/err")" 'cannot be made or written to'
}

all_of_them_are_made() {
  "$SCRIPTS/artifacts" "$REPOSITORY"
  "$SCRIPTS/artifacts" --check "$REPOSITORY"
  # Nothing of ours in Maven's own cache, where a build of another tree would find it.
  [[ ! -e $HOME/.m2/repository/io/weft ]] || broken "$HOME/.m2/repository/io/weft is there"
}

# Every module that is a folder of the repository, and no other, has its version in the BOM.
the_bom_names_all() {
  local folder
  equal "$(sed -n 's/.*<artifactId>\(weft-.*\)<\/artifactId>.*/\1/p' "$(echo "$REPOSITORY"/io/weft/weft-bom/*/*.pom)" | grep -v -x weft-bom | sort | xargs)" \
    "$(for folder in "$REPOSITORY"/io/weft/*/; do basename "$folder"; done | grep -v -x -e weft -e weft-bom | sort | xargs)"
  # Its version is its own text: it has no parent.
  contains "$(cat "$ROOT/native/bom/pom.xml")" "<version>$(basename "$REPOSITORY"/io/weft/weft/*)</version>"
}

jars_hold_what_they_say() {
  local jar class page
  for jar in "$REPOSITORY"/io/weft/*/*/*-sources.jar; do
    class=$("$JAVA_HOME/bin/jar" --list --file "$jar" | grep -c '[.]java$')
    page=$("$JAVA_HOME/bin/jar" --list --file "${jar%-sources.jar}-javadoc.jar" | grep -c '[.]html$')
    ((class > 3 && page > 3)) || broken "$jar: $class sources, $page pages"
  done
}

a_missing_file_is_named() {
  local code=0
  cp -r "$REPOSITORY" "$CASE/repository"
  rm "$CASE"/repository/io/weft/weft-mpi/*/*-javadoc.jar
  "$SCRIPTS/artifacts" --check "$CASE/repository" >"$CASE/out" || code=$?
  equal "$code" 1
  equal "$(cut -d / -f 1-3 "$CASE/out")" 'missing io/weft/weft-mpi'
}

# The sample, copied out of the tree, gets Weft from the repository alone. Its cache has the plug-ins that Weft's build used.
sample_builds() {
  cp -r "$ROOT/native/sample" "$WORK/sample"
  # Links: a copy would take a gigabyte, and Maven replaces files.
  mkdir -p "$WORK/cache" "$HOME/.m2/repository"
  cp -r --link "$HOME/.m2/repository/." "$WORK/cache" 2>/dev/null || cp -r "$HOME/.m2/repository/." "$WORK/cache"
  (cd "$WORK/sample" && mvn -B -ntp -Dmaven.repo.local="$WORK/cache" -Dweft.repository="$REPOSITORY" package)
  [[ -d $WORK/cache/io/weft/weft-mpi ]] || broken "Weft did not come from the repository"
}

# sample_runs MPIRUN ARGS... MAIN RANKS
sample_runs() {
  local main=${*: -2:1} ranks=${*: -1} out
  type -P "$1" >/dev/null || skip_case "no $1 on this machine"
  out=$(timeout 120 "${@:1:$#-2}" -n "$ranks" "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED \
    -cp "$WORK/sample/target/classes:$WORK/sample/target/app/*" "$main" 2>"$CASE/err") || { cat "$CASE/err" && broken "$out"; }
  contains "$out" "pi is 3.141592654, on $ranks ranks"
}

t 'help is answered' help_is_answered
t 'wrong usage is named' wrong_usage
t 'a folder that cannot be written is named' not_writable
t 'every artefact is made' all_of_them_are_made
t 'the BOM names all of them' the_bom_names_all
t 'jars hold sources and documentation' jars_hold_what_they_say
t 'a missing file is named' a_missing_file_is_named
t 'the sample outside builds' sample_builds
open=(mpirun.openmpi --allow-run-as-root --oversubscribe)
for main in OldPi NewPi; do
  t "$main on Open MPI, 2 ranks" sample_runs "${open[@]}" "$main" 2
  t "$main on MPICH, 2 ranks" sample_runs mpirun.mpich "$main" 2
done
finish
