# shellcheck shell=bash
# What tests compare with, and is no package: newer MPIs, as wheels in Python environments made from lock files, and the
# classes of Open MPI's own Java bindings.

# mpi_builds: makes those that are not there yet. Needs python.sh; fails, and says why, when one cannot be made.
mpi_builds() {
  local folder
  for folder in "$WEFT_ROOT"/native/mpi/wheels/*/; do
    # A packed toolkit has no sources, and no tests of them.
    [[ -e $folder/requirements.txt ]] || continue
    python_env "${folder%/}" || return 1
  done
}

# openmpi_java: makes the classes that the drop-in's surface is compared with: those of the installed Open MPI 4.1, and of the
# Open MPI 5.0 of Debian trixie. A machine that cannot have them has tests that say so and are skipped.
openmpi_java() {
  # A packed toolkit has no sources, and no tests of them.
  [[ -d $WEFT_ROOT/native/mpi-dropin ]] || return 0
  openmpi_java_classes "Open MPI's Java bindings" || return 1
  openmpi_java_classes "Open MPI 5.0's Java bindings" --suite trixie
}

# openmpi_java_classes WHAT ARGS...: by openmpi-java.sh.
openmpi_java_classes() {
  local what=$1 said code=0
  shift
  said=$("$WEFT_ROOT/scripts/lib/openmpi-java.sh" "$@" 2>&1 >/dev/null) || code=$?
  case $code in
    0) ;;
    3) say "without the classes of $what, so that tests of the drop-in's surface are skipped: ${said##*$'\n'}" ;;
    *)
      say "error: no classes of $what: $said"
      return 1
      ;;
  esac
}
