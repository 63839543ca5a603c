# shellcheck shell=bash
# The newer MPIs that the tests run over: wheels, each in a Python environment made from its lock file.

# mpi_builds: makes those that are not there yet. Needs python.sh; fails, and says why, when one cannot be made.
mpi_builds() {
  local folder
  for folder in "$WEFT_ROOT"/native/mpi/wheels/*/; do
    # A packed toolkit has no sources, and no tests of them.
    [[ -e $folder/requirements.txt ]] || continue
    python_env "${folder%/}" || return 1
  done
}
