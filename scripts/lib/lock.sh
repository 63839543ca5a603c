# shellcheck shell=bash
# One start at a time installs and builds.

# take_lock: descriptor 9 holds the lock until release_lock or the end. Maven inherits it on purpose: should this script be
# killed outright, the lock lasts as long as the build that goes on.
take_lock() {
  local file=$WEFT_ROOT/build/weft.lock
  if [[ ${WEFT_LOCK_HELD:-} == "$file" ]]; then
    die "$EXIT_BUILD" "scripts/test is building $WEFT_ROOT, and this start comes from inside it: it would wait forever." \
      "A test must use the classes at hand, or a folder of jars that is already built."
  fi
  if ! mkdir -p "$WEFT_ROOT/build" 2>/dev/null || ! : 2>/dev/null >>"$file"; then
    die "$EXIT_BUILD" "cannot write to $WEFT_ROOT/build, and something is to be installed or built." \
      "Let the owner of this folder start scripts/weft once, or use a copy of your own."
  fi
  # On the barest of machines flock itself is still to be installed; the package manager has a lock of its own.
  type -P flock >/dev/null || return 0
  exec 9>>"$file"
  if ! flock -n 9; then
    say "another start is installing or building: waiting for it (lock: $file)"
    flock 9
  fi
}

release_lock() {
  exec 9>&-
}
