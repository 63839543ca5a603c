# shellcheck shell=bash
# The build, and whether it is younger than every source.

# The application: folders of jars. The first holds the command, our modules and what they depend on.
readonly APP=$WEFT_ROOT/mpi-kernels/cli/target/app
# Each of the others holds a plug-in: a module whose subcommands the command finds by itself, and what only that depends on.
readonly PLUG_INS=("$WEFT_ROOT/benchmarks/report/target/app" "$WEFT_ROOT/parallelcluster-config/batch/cli/target/app" \
  "$WEFT_ROOT/parallelcluster-config/results-pipeline/target/app")
# Those with many jars, which java would look into at every start: the AWS SDK.
readonly HEAVY_PLUG_INS=("$WEFT_ROOT/parallelcluster-config/batch/cli/target/app" \
  "$WEFT_ROOT/parallelcluster-config/results-pipeline/target/app")
# The commands that need none of these. Any other word gets them, so that help and mistakes see all commands.
readonly LIGHT_COMMANDS=(bench list run)

# needs_heavy COMMAND ARGS...: whether the command line is one that needs them. A run does where it publishes its result.
needs_heavy() {
  local command argument
  for command in "${LIGHT_COMMANDS[@]}"; do
    [[ ${1:-} == "$command" ]] || continue
    for argument in "$@"; do [[ $command != run || $argument != --publish ]] || return 0; done
    return 1
  done
}

# module_path COMMAND ARGS...: sets MODULE_PATH to the folders for it, as java wants them, and NATIVE_MODULES to the modules
# there that call native code.
module_path() {
  local folder heavy
  MODULE_PATH=$APP
  NATIVE_MODULES=io.weft.ffi
  # SQLite.
  ! needs_heavy "$@" || NATIVE_MODULES+=,org.xerial.sqlitejdbc
  for folder in "${PLUG_INS[@]}"; do
    for heavy in "${HEAVY_PLUG_INS[@]}"; do
      [[ $folder != "$heavy" ]] || needs_heavy "$@" || continue 2
    done
    # shellcheck disable=SC2034  # Read by the callers.
    MODULE_PATH+=:$folder
  done
}

# folders_have_jars: sets LACKING to the first folder without any when it fails.
folders_have_jars() {
  local folder jars
  for folder in "$APP" "${PLUG_INS[@]}"; do
    jars=("$folder"/*.jar)
    if [[ ! -e ${jars[0]} ]]; then
      LACKING=$folder
      return 1
    fi
  done
}

# Its time is when the last complete build began.
readonly STAMP=$WEFT_ROOT/build/weft.stamp
readonly BUILD_LOG=$WEFT_ROOT/build/build.log

# build_is_fresh: sets STALE to the reason when it fails.
build_is_fresh() {
  local newer
  if [[ ! -e $STAMP ]] || ! folders_have_jars; then
    STALE="there is no complete build"
    return 1
  fi
  # Sources are the poms, the table of instance types, and what lies under a src; folders count too, since a removed file shows only there. From inside the
  # root, so that a src above it does not make everything a source.
  newer=$(cd "$WEFT_ROOT" && find . \( -path ./build -o -path ./docs -o -path ./native/efa-emulator -o -name '.?*' -o -name target ! -path '*/src/*' \) -prune \
    -o \( -name pom.xml -o -name instance-types.tsv -o -path '*/src' -o -path '*/src/*' \) -newer "$STAMP" -print -quit)
  if [[ -n $newer ]]; then
    STALE="${newer#./} is newer than the build"
    return 1
  fi
  # shellcheck disable=SC2034  # Read by the callers.
  STALE=
}

# begin_stamp, then the build, then end_stamp: the mark is made before, so that a source changed meanwhile counts as newer,
# and becomes the stamp last and at once, so that an interrupted build leaves none.
begin_stamp() {
  mkdir -p "$WEFT_ROOT/build"
  rm -f "$STAMP"
  : >"$STAMP.begun"
}

end_stamp() {
  mv -f "$STAMP.begun" "$STAMP"
}

# build: builds, or shows the end of the log and stops.
build() {
  local pid code=0 began=$SECONDS
  say "building, since $STALE (log: $BUILD_LOG)"
  begin_stamp
  # In the background, for a trap runs at once only while bash waits; the trap passes the signal on.
  (cd "$WEFT_ROOT" && JAVA_HOME=$JDK_HOME exec mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true package) >"$BUILD_LOG" 2>&1 </dev/null &
  pid=$!
  trap 'stop_build "$pid" 130' INT
  trap 'stop_build "$pid" 143' TERM
  trap 'stop_build "$pid" 129' HUP
  wait "$pid" || code=$?
  trap - INT TERM HUP
  if ((code != 0)); then
    rm -f "$STAMP.begun"
    say "error: the build failed (mvn ended with $code); the end of $BUILD_LOG:"
    show_tail "$BUILD_LOG" 30
    die "$EXIT_BUILD" "no build of $WEFT_ROOT" "Mend what the log names, then start again." \
      "If it names a download that failed: Maven needs the network for the first build."
  fi
  folders_have_jars || die "$EXIT_BUILD" "the build ended well but left no jars in $LACKING" \
    "The module there is to copy them to target/app; look in its pom.xml and in $BUILD_LOG."
  end_stamp
  say "built in $((SECONDS - began)) s"
}

stop_build() {
  trap '' INT TERM HUP
  kill -TERM "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
  rm -f "$STAMP.begun"
  say "stopped; the next start builds again"
  exit "$2"
}
