# shellcheck shell=bash
# What to do where the distribution has no package of a JDK that is new enough.

die_no_jdk() {
  local arch=x64
  [[ $HOSTTYPE != aarch64 ]] || arch=aarch64
  die "$EXIT_MISSING" "$OS_NAME has no package of JDK $JDK_OLDEST, and none was found in JAVA_HOME, /usr/lib/jvm or PATH." \
    "Nothing was installed. Do one of these, then start again:" \
    "  a) Unpack Eclipse Temurin 25 anywhere and name the place (no root needed):" \
    "       mkdir -p ~/jdk-25" \
    "       curl -fL https://api.adoptium.net/v3/binary/latest/25/ga/linux/$arch/jdk/hotspot/normal/eclipse |" \
    "         tar xz --strip-components=1 -C ~/jdk-25" \
    "       export JAVA_HOME=~/jdk-25" \
    "  b) Add the Eclipse Adoptium package repository (https://adoptium.net/installation/linux) and install its package of" \
    "     Eclipse Temurin 25; it is found under /usr/lib/jvm."
}
