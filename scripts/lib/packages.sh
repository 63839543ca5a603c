# shellcheck shell=bash
# The package manager: what it knows, what to run to fetch its lists and to install.

# known PACKAGE...: sets UNKNOWN to those that the package manager cannot install.
known() {
  local package policy part
  UNKNOWN=()
  if [[ $PACKAGER == apt ]]; then
    policy=$'\n'$(LC_ALL=C apt-cache policy "$@" 2>/dev/null) || policy=
    for package in "$@"; do
      part=
      if [[ $policy == *$'\n'"$package:"$'\n'* ]]; then
        # Only this package's own paragraph: up to its version table.
        part=${policy#*$'\n'"$package:"$'\n'}
        part=${part%%Version table:*}
      fi
      [[ $part =~ Candidate:\ [^\(] ]] || UNKNOWN+=("$package")
    done
  else
    for package in "$@"; do
      dnf -q list "$package" >/dev/null 2>&1 || UNKNOWN+=("$package")
    done
  fi
}

# install_command PACKAGE...: sets INSTALL, an array to run as root.
# shellcheck disable=SC2034  # Read by the callers.
install_command() {
  if [[ $PACKAGER == apt ]]; then
    # A freshly started cloud machine is often busy with its own upgrades: wait for their lock.
    INSTALL=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@")
  else
    INSTALL=(dnf -y install "$@")
  fi
}

# administrator_command PACKAGE...: one line that an administrator can paste.
administrator_command() {
  if [[ $PACKAGER == apt ]]; then
    printf "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends %s'\n" "$*"
  else
    printf 'sudo dnf -y install %s\n' "$*"
  fi
}

# refresh_lists LOG: fetches apt's lists, once in a run of the script. dnf sees to its own.
LISTS_REFRESHED=
refresh_lists() {
  [[ $PACKAGER == apt && -z $LISTS_REFRESHED ]] || return 1
  LISTS_REFRESHED=yes
  say "fetching the package lists (apt-get update)"
  if ! uninterrupted "$1" as_root env DEBIAN_FRONTEND=noninteractive apt-get update; then
    say "apt-get update failed; the end of $1:"
    show_tail "$1" 15
    die "$EXIT_INSTALL" "no package lists" "Check the network and the package sources of this machine, then start again."
  fi
}

# uninterrupted LOG COMMAND...: Ctrl-C waits for the package manager, for a package half unpacked is worse than a wait.
uninterrupted() {
  local log=$1 pid code=0 signal=
  shift
  trap 'signal=130; say "the package manager is at work: stopping when it has finished"' INT
  trap 'signal=143' TERM
  # The lock's descriptor is closed, for a service that a package starts would keep it.
  (trap '' INT && "$@") 9>&- </dev/null >>"$log" 2>&1 &
  pid=$!
  while true; do
    code=0
    wait "$pid" || code=$?
    # wait also returns when a trap has run: the command itself may go on.
    kill -0 "$pid" 2>/dev/null || break
  done
  trap - INT TERM
  [[ -z $signal ]] || exit "$signal"
  return "$code"
}
