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

# openmpi_java: makes the classes that the drop-in's surface is compared with. A machine that cannot have them has tests that
# say so and are skipped.
openmpi_java() {
  local said code=0
  # A packed toolkit has no sources, and no tests of them.
  [[ -d $WEFT_ROOT/native/mpi-dropin ]] || return 0
  said=$("$WEFT_ROOT/scripts/lib/openmpi-java.sh" 2>&1 >/dev/null) || code=$?
  case $code in
    0) ;;
    3) say "without the classes of Open MPI's Java bindings, so that tests of the drop-in's surface are skipped: ${said##*$'\n'}" ;;
    *)
      say "error: no classes of Open MPI's Java bindings: $said"
      return 1
      ;;
  esac
}
