# shellcheck shell=bash
# An sshd for tests, without a service on this machine.

# list_ssh_packages: adds to packages.
list_ssh_packages() {
  while read -r package; do packages+=("$package"); done < <(LC_ALL=C apt-get install -s --no-install-recommends openssh-server 2>/dev/null |
    sed -n 's/^Inst \([^ ]*\).*/\1/p' | grep -E '^(openssh-server|openssh-sftp-server|lib.*)$')
}

# find_ssh_server: sets SSHD_USR to a folder with usr's part of the server, or to nothing where the system has one. Installing
# Debian's package would start a server and let people in: its files are unpacked into the cache instead. Fails with the reason
# in SSHD_LACK.
# shellcheck disable=SC2034  # Read by the tests.
find_ssh_server() {
  local cache package packages=() work
  SSHD_USR='' SSHD_LACK=''
  [[ ! -x /usr/sbin/sshd ]] || return 0
  if ! type -P apt-get >/dev/null || ! type -P dpkg-deb >/dev/null; then
    SSHD_LACK="no sshd here, and no apt-get to fetch one with"
    return 1
  fi
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/weft/openssh-server
  if [[ ! -e $cache/.complete ]]; then
    mkdir -p "${cache%/*}"
    work=$(mktemp -d "$cache.XXXXXX") || return 1
    # The server and what of its libraries is not on this machine.
    list_ssh_packages
    # A machine that installed nothing yet may have no lists of packages.
    if ((${#packages[@]} == 0)) && ((EUID == 0)) && apt-get update -q >"$cache.log" 2>&1; then list_ssh_packages; fi
    if ((${#packages[@]} == 0)) || ! (cd "$work" && apt-get download -q "${packages[@]}" && for package in *.deb; do dpkg-deb -x "$package" tree; done) \
      >"$cache.log" 2>&1 || [[ ! -x $work/tree/usr/sbin/sshd ]]; then
      SSHD_LACK="no sshd here, and Debian's openssh-server could not be fetched (apt-get update first? log: $cache.log)"
      rm -rf "$work"
      return 1
    fi
    rm -f "$work"/*.deb
    : >"$work/.complete"
    # Another start may have been quicker.
    mv -T "$work" "$cache" 2>/dev/null || rm -rf "$work"
  fi
  SSHD_USR=$cache/tree/usr
}
