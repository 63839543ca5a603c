# shellcheck shell=bash
# Installing what is missing.

# require run|test|long: returns when everything is there; installs what is missing, or says why it cannot.
require() {
  local purpose=$1 need packages=() lacking=() log=$WEFT_ROOT/build/setup.log
  missing_of "$purpose" && return 0
  find_distribution
  drop_what_may_lack
  ((${#MISSING[@]} > 0)) || return 0
  if [[ ${WEFT_NO_INSTALL:-} == 1 ]]; then
    die "$EXIT_MISSING" "missing on this machine, and WEFT_NO_INSTALL=1 forbids to install it:" "${LINES_MISSING[@]}" \
      "Install it yourself, or start again without WEFT_NO_INSTALL."
  fi
  [[ -n $PACKAGER ]] || die "$EXIT_MISSING" "missing, and $OS_NAME is not a system that Weft can install on:" \
    "${LINES_MISSING[@]}" "Install it by the means of this system and start again (known: Debian, Ubuntu, Amazon Linux 2023)." \
    "A JDK for any Linux: Eclipse Temurin 25 (https://adoptium.net), unpacked anywhere, with JAVA_HOME set to it."
  find_privilege
  for need in "${MISSING[@]}"; do
    package_of "$need"
    packages+=("$PACKAGE")
  done

  known "${packages[@]}"
  if ((${#UNKNOWN[@]} > 0)) && [[ $PRIVILEGE != none ]] && refresh_lists "$log"; then
    known "${packages[@]}"
  fi
  leave_out_unknown
  ask_administrator
  announce
  install_command "${packages[@]}"
  # shellcheck disable=SC2153  # INSTALL is set by install_command.
  if ! uninterrupted "$log" as_root "${INSTALL[@]}"; then
    # The usual cause is a package list older than the archive; a fresh list mends that.
    if [[ $PACKAGER != apt || -n $LISTS_REFRESHED ]] || ! refresh_lists "$log" ||
      ! uninterrupted "$log" as_root "${INSTALL[@]}"; then
      say "error: installing ${packages[*]} failed; the end of $log:"
      show_tail "$log" 20
      say "mend what the package manager complains of, or install by hand, then start again:"
      say "  $(administrator_command "${packages[@]}")"
      exit "$EXIT_INSTALL"
    fi
  fi
  hash -r
  verify_installed "$purpose"
  say "installed: ${packages[*]}"
}

# Names MISSING for people: sets LINES_MISSING.
name_missing() {
  local need
  LINES_MISSING=()
  for need in "${MISSING[@]}"; do
    describe "$need"
    LINES_MISSING+=("  $WHAT: $WHY")
  done
}

# What this distribution may lack is not asked for again and again once it is known to lack it.
drop_what_may_lack() {
  local need kept=()
  for need in "${MISSING[@]}"; do
    if may_lack "$need"; then
      package_of "$need"
      [[ -z $PACKAGE ]] || known "$PACKAGE"
      if [[ -z $PACKAGE ]] || ((${#UNKNOWN[@]} > 0)); then
        describe "$need"
        say "$OS_NAME has no package of $WHAT: the tests that want it are skipped ($WHY)"
        continue
      fi
    fi
    kept+=("$need")
  done
  MISSING=(${kept[@]+"${kept[@]}"})
  name_missing
}

# Uses require's variables. Without the right to fetch lists a package may be unknown only because the lists are empty.
leave_out_unknown() {
  local package
  for package in ${UNKNOWN[@]+"${UNKNOWN[@]}"}; do
    package_of jdk
    if [[ $package == "$PACKAGE" ]]; then
      [[ $PRIVILEGE == none ]] && jdk_package_expected && continue
      die_no_jdk
    fi
    [[ $PRIVILEGE == none ]] || lacking+=("$package")
  done
  ((${#lacking[@]} == 0)) || die "$EXIT_MISSING" "$OS_NAME knows no package: ${lacking[*]}" \
    "Nothing was installed. Enable the package source that carries it (Ubuntu: universe), then start again."
}

ask_administrator() {
  [[ $PRIVILEGE == none ]] || return 0
  die "$EXIT_MISSING" "missing on this machine:" "${LINES_MISSING[@]}" \
    "You are not root and sudo does not work without a password. Ask an administrator to run this, then start again:" \
    "  $(administrator_command "${packages[@]}")"
}

announce() {
  local i
  for i in "${!MISSING[@]}"; do
    describe "${MISSING[i]}"
    say "installing ${packages[i]}: $WHAT ($WHY)"
  done
  say "this takes a minute or two (log: $log)"
}

# verify_installed PURPOSE: a package that went in and did not help must not send us round again.
verify_installed() {
  missing_of "$1" && return 0
  drop_what_may_lack
  ((${#MISSING[@]} == 0)) || die "$EXIT_INSTALL" "the packages were installed, and still not found is:" \
    "${LINES_MISSING[@]}" "Maven that is too old: unpack a newer Apache Maven and put its bin folder first in PATH." \
    "Otherwise set JAVA_HOME, PATH or LD_LIBRARY_PATH to where it is (the log is $log)."
}
