# shellcheck shell=bash
# Whether packages may be installed: as root, through a sudo that asks nothing, or not at all.

# find_privilege: sets PRIVILEGE to root, sudo or none.
find_privilege() {
  if [[ $(id -u) == 0 ]]; then
    PRIVILEGE=root
  elif type -P sudo >/dev/null && sudo -n true 2>/dev/null; then
    PRIVILEGE=sudo
  else
    PRIVILEGE=none
  fi
}

as_root() {
  if [[ $PRIVILEGE == sudo ]]; then
    sudo -n "$@"
  else
    "$@"
  fi
}
