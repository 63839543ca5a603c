# shellcheck shell=bash
# Which distribution this is, and what it calls the things Weft needs.

# find_distribution: sets OS_ID, OS_VERSION, OS_NAME and PACKAGER (apt, dnf, or empty where we know no way).
# shellcheck disable=SC2034  # Read by the callers.
find_distribution() {
  local key value like=
  OS_ID=unknown OS_VERSION='' OS_NAME='an unknown system' PACKAGER=
  if [[ -r ${WEFT_SYSROOT:-}/etc/os-release ]]; then
    while IFS='=' read -r key value; do
      value=${value#[\"\']}
      value=${value%[\"\']}
      case $key in
        ID) OS_ID=$value ;;
        ID_LIKE) like=$value ;;
        VERSION_ID) OS_VERSION=$value ;;
        PRETTY_NAME) OS_NAME=$value ;;
      esac
    done <"${WEFT_SYSROOT:-}/etc/os-release"
  fi
  case " $OS_ID $like " in
    *' debian '* | *' ubuntu '*) if type -P apt-get >/dev/null; then PACKAGER=apt; fi ;;
    *' amzn '* | *' fedora '* | *' rhel '*) if type -P dnf >/dev/null; then PACKAGER=dnf; fi ;;
  esac
}

# package_of NEED: sets PACKAGE; empty where there is none.
package_of() {
  # shellcheck disable=SC2034  # Read by the callers.
  case $PACKAGER:$1 in
    apt:jdk) PACKAGE=openjdk-25-jdk-headless ;;
    apt:mpi) PACKAGE=openmpi-bin ;;
    apt:libfabric) PACKAGE=libfabric1 ;;
    apt:libc-headers) PACKAGE=libc6-dev ;;
    apt:openmpi-headers) PACKAGE=libopenmpi-dev ;;
    apt:mpich-headers) PACKAGE=libmpich-dev ;;
    apt:pmix-headers) PACKAGE=libpmix-dev ;;
    apt:libfabric-headers) PACKAGE=libfabric-dev ;;
    apt:arm64-headers) PACKAGE=libc6-dev-arm64-cross ;;
    apt:verbs-headers) PACKAGE=libibverbs-dev ;;
    apt:fabric-tools) PACKAGE=libfabric-bin ;;
    apt:ip) PACKAGE=iproute2 ;;
    apt:ssh) PACKAGE=openssh-client ;;
    apt:python) PACKAGE=python3-venv ;;
    # Brings slurmctld, slurmd and the clients.
    apt:slurm) PACKAGE=slurm-wlm ;;
    apt:netlink-headers) PACKAGE=libnl-route-3-dev ;;
    dnf:jdk) if [[ $OS_ID == amzn ]]; then PACKAGE=java-25-amazon-corretto-devel; else PACKAGE=java-25-openjdk-devel; fi ;;
    dnf:mpi) PACKAGE=openmpi ;;
    dnf:libfabric) PACKAGE=libfabric ;;
    dnf:libc-headers) PACKAGE=glibc-devel ;;
    dnf:openmpi-headers) PACKAGE=openmpi-devel ;;
    dnf:mpich-headers) PACKAGE=mpich-devel ;;
    dnf:pmix-headers) PACKAGE=pmix-devel ;;
    dnf:libfabric-headers) PACKAGE=libfabric-devel ;;
    dnf:arm64-headers) PACKAGE= ;;
    dnf:shellcheck) PACKAGE=ShellCheck ;;
    dnf:verbs-headers) PACKAGE=rdma-core-devel ;;
    dnf:clang-format) PACKAGE=clang-tools-extra ;;
    dnf:fabric-tools) PACKAGE=libfabric ;;
    dnf:ip) PACKAGE=iproute ;;
    dnf:ssh) PACKAGE=openssh-clients ;;
    dnf:python) PACKAGE=python3 ;;
    dnf:netlink-headers) PACKAGE=libnl3-devel ;;
    dnf:pkg-config) PACKAGE=pkgconf-pkg-config ;;
    apt:browser-driver) PACKAGE=chromium-driver ;;
    dnf:browser-driver) PACKAGE=chromedriver ;;
    *:browser) PACKAGE=chromium ;;
    *:find) PACKAGE=findutils ;;
    *:lock) PACKAGE=util-linux ;;
    *:cc) PACKAGE=gcc ;;
    *:ninja) PACKAGE=ninja-build ;;
    *:arm64-cc) PACKAGE=gcc-aarch64-linux-gnu ;;
    *) PACKAGE=$1 ;;
  esac
}

# may_lack NEED: true for what some distributions do not carry; the tests that want it are skipped there.
may_lack() {
  case $PACKAGER:$1 in
    # Amazon Linux has none; ParallelCluster brings its own.
    dnf:slurm | dnf:munge) return 0 ;;
    dnf:arm64-cc | dnf:arm64-headers | dnf:clang-format | dnf:shellcheck) return 0 ;;
    # Ubuntu has its browsers as snaps, Amazon Linux has none.
    dnf:browser | dnf:browser-driver) return 0 ;;
    apt:browser | apt:browser-driver) [[ $OS_ID == ubuntu ]] ;;
    *) return 1 ;;
  esac
}

# jdk_package_expected: from the version alone, for when the package lists are empty and may not be fetched.
jdk_package_expected() {
  local major=${OS_VERSION%%.*}
  [[ $major =~ ^[0-9]+$ ]] || return 1
  case $OS_ID in
    debian) ((major >= 13)) ;;
    ubuntu) ((major >= 24)) ;;
    amzn) ((major >= 2023)) ;;
    *) return 1 ;;
  esac
}
