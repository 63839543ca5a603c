# shellcheck shell=bash
# Virtual environments of Python, made once from a lock file and kept in the cache.

# python_env FOLDER: sets PYTHON_ENV to the environment that FOLDER's requirements.txt asks for; makes it where it is not
# there yet. Fails, and says why, when that does not work.
python_env() {
  local lock=$1/requirements.txt python=/usr/bin/python3 cache=${XDG_CACHE_HOME:-$HOME/.cache}/weft/python name version log code=0
  [[ -x $python ]] || python=$(type -P python3) || {
    say "error: no python3; scripts/setup test installs it."
    return 1
  }
  # A changed lock file or another Python is another environment.
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') || return 1
  name=${1##*/}-$version-$(sha256sum "$lock" | cut -c 1-16) || return 1
  PYTHON_ENV=$cache/$name
  [[ ! -e $PYTHON_ENV/.complete ]] || return 0
  mkdir -p "$cache" || return 1
  log=$cache/$name.log
  say "making a Python environment from ${lock#"$WEFT_ROOT"/} (once; log: $log)"
  # Two starts at the same time: the second waits, and finds the work done.
  (
    flock 8
    [[ ! -e $PYTHON_ENV/.complete ]] || exit 0
    rm -rf "$PYTHON_ENV"
    # In steps of its own: "set -e" counts for nothing in a command whose status is asked for.
    "$python" -m venv "$PYTHON_ENV" &&
      "$PYTHON_ENV/bin/pip" install --disable-pip-version-check --no-input --require-hashes --only-binary :all: -r "$lock" &&
      : >"$PYTHON_ENV/.complete"
  ) 8>"$cache/.lock" >"$log" 2>&1 || code=$?
  if ((code != 0)); then
    say "error: no Python environment from $lock; the end of $log:"
    show_tail "$log" 15
    say "a download needs the network; a package that does not fit its hash is not the one that was locked: scripts/lock-python"
    return 1
  fi
}
