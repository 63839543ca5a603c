# shellcheck shell=bash
# What Weft needs of the machine: what each thing is for, and whether it is there. Things are looked for by their files,
# not by package names: what came with the machine image or by hand serves as well.

# needs_of start|run|test|long: sets NEEDS.
#   start  to start a finished build     run   also to make the build
#   test   also to run all tests         long  also to build libfabric 2.1, over which long tests run
needs_of() {
  # shellcheck disable=SC2034  # Read by the callers.
  case $1 in
    start) NEEDS=(jdk find mpi libfabric) ;;
    run) NEEDS=(jdk find lock mpi libfabric maven) ;;
    test | long)
      NEEDS=(jdk find lock mpi libfabric maven mpich cc libc-headers openmpi-headers mpich-headers pmix-headers libfabric-headers
        arm64-cc arm64-headers cmake verbs-headers clang-format fabric-tools ip ssh python slurm munge shellcheck browser browser-driver)
      if [[ $1 == long ]]; then NEEDS+=(autoconf automake libtool ninja pkg-config netlink-headers); fi
      ;;
  esac
}

# describe NEED: sets WHAT and WHY.
# shellcheck disable=SC2034  # Read by the callers.
describe() {
  case $1 in
    jdk) WHAT="JDK $JDK_OLDEST or newer" WHY="compiles Weft and runs it" ;;
    find) WHAT="find" WHY="tells whether a source is newer than the build" ;;
    lock) WHAT="flock" WHY="keeps two starts from building at the same time" ;;
    mpi) WHAT="mpirun (Open MPI)" WHY="starts the ranks and carries their messages" ;;
    libfabric) WHAT="libfabric.so.1" WHY="reaches EFA, and TCP without MPI" ;;
    maven) WHAT="Maven 3.8 or newer" WHY="builds Weft" ;;
    mpich) WHAT="MPICH" WHY="the tests run on both MPI implementations" ;;
    cc) WHAT="gcc" WHY="the tests check struct layouts with C probes" ;;
    libc-headers) WHAT="C library headers" WHY="the C probes include them" ;;
    openmpi-headers) WHAT="Open MPI headers" WHY="the C probes check Open MPI's ABI" ;;
    mpich-headers) WHAT="MPICH headers" WHY="the C probes check MPICH's ABI" ;;
    pmix-headers) WHAT="PMIx headers" WHY="the C probes check PMIx's structs" ;;
    libfabric-headers) WHAT="libfabric headers" WHY="the C probes check libfabric's structs" ;;
    arm64-cc) WHAT="gcc for arm64" WHY="the C probes check struct layouts on arm64 too" ;;
    arm64-headers) WHAT="C library headers for arm64" WHY="the arm64 probes include them" ;;
    cmake) WHAT="cmake" WHY="builds the software EFA device that tests run over" ;;
    verbs-headers) WHAT="libibverbs headers" WHY="the software EFA device is made to them" ;;
    clang-format) WHAT="clang-format" WHY="checks the C sources" ;;
    fabric-tools) WHAT="fi_info and fi_pingpong" WHY="show the software EFA device to libfabric's own programs" ;;
    ip) WHAT="ip" WHY="makes the network namespaces in which tests have two hosts" ;;
    ssh) WHAT="ssh" WHY="starts ranks on the nodes of the tests" ;;
    python) WHAT="Python 3.9 or newer with venv" WHY="checks the configuration of clusters with AWS's own tools" ;;
    slurm) WHAT="Slurm" WHY="the tests run jobs on it" ;;
    munge) WHAT="munge" WHY="tells Slurm who asks" ;;
    autoconf | automake | libtool | pkg-config) WHAT=$1 WHY="configures libfabric 2.1 for the long tests" ;;
    ninja) WHAT="ninja" WHY="builds rdma-core for libfabric 2.1" ;;
    netlink-headers) WHAT="libnl headers" WHY="rdma-core for libfabric 2.1 includes them" ;;
    shellcheck) WHAT="shellcheck" WHY="checks the scripts" ;;
    browser) WHAT="Chromium" WHY="opens the page of benchmark results in the tests" ;;
    browser-driver) WHAT="chromedriver" WHY="lets the tests look at that page" ;;
  esac
}

# probe NEED: sets FOUND to the place; fails where it is missing.
probe() {
  local sys=${WEFT_SYSROOT:-}
  FOUND=
  case $1 in
    jdk) find_jdk && FOUND=$JDK_HOME ;;
    find) found_command find ;;
    lock) found_command flock ;;
    mpi) found_command mpirun ||
      found_file "$sys"/opt/amazon/openmpi*/bin/mpirun "$sys"/usr/lib64/openmpi/bin/mpirun ;;
    libfabric) found_libfabric ;;
    maven) found_maven ;;
    mpich) found_command mpiexec.hydra ||
      found_file "$sys"/usr/lib64/mpich/bin/mpiexec.hydra "$sys"/usr/lib64/mpich/bin/mpirun ;;
    cc) found_command gcc ;;
    libc-headers) found_file "$sys"/usr/include/stdio.h ;;
    openmpi-headers) found_file "$sys"/opt/amazon/openmpi*/include/mpi.h "$sys"/usr/lib/*/openmpi/include/mpi.h \
      "$sys"/usr/include/openmpi-*/mpi.h ;;
    mpich-headers) found_file "$sys"/usr/include/*/mpich/mpi.h "$sys"/usr/include/mpich-*/mpi.h ;;
    pmix-headers) found_file "$sys"/opt/amazon/openmpi5/include/pmix.h "$sys"/usr/lib/*/pmix2/include/pmix.h \
      "$sys"/usr/include/pmix.h ;;
    libfabric-headers) found_file "$sys"/opt/amazon/efa/include/rdma/fabric.h "$sys"/usr/include/rdma/fabric.h ;;
    # On an arm64 machine the compiler at hand is the one.
    arm64-cc) found_command aarch64-linux-gnu-gcc || { on_arm64 && found_command gcc; } ;;
    arm64-headers) found_file "$sys"/usr/aarch64-linux-gnu/include/stdio.h \
      "$sys"/usr/aarch64-linux-gnu/sys-root/usr/include/stdio.h ||
      { on_arm64 && found_file "$sys"/usr/include/stdio.h; } ;;
    cmake | clang-format | ip | shellcheck) found_command "$1" ;;
    autoconf | automake | ninja | pkg-config) found_command "$1" ;;
    libtool) found_command libtoolize ;;
    # Daemons are not on the PATH of a plain Debian user.
    slurm) found_file "$sys"/usr/sbin/slurmctld && found_file "$sys"/usr/sbin/slurmd && found_command sbatch ;;
    munge) found_command munged || found_file "$sys"/usr/sbin/munged ;;
    browser) found_command chromium || found_command chromium-browser || found_command google-chrome ;;
    browser-driver) found_command chromedriver ;;
    ssh) found_command ssh && found_command ssh-keygen ;;
    # What Debian puts into a package of its own.
    python) found_command python3 && found_file "$sys"/usr/lib/python3*/ensurepip/__init__.py "$sys"/usr/lib64/python3*/ensurepip/__init__.py ;;
    netlink-headers) found_file "$sys"/usr/include/libnl3/netlink/route/link.h ;;
    verbs-headers) found_file "$sys"/usr/include/infiniband/efadv.h ;;
    fabric-tools) found_command fi_pingpong || found_file "$sys"/opt/amazon/efa/bin/fi_pingpong ;;
    *) return 1 ;;
  esac
}

on_arm64() {
  [[ $HOSTTYPE == aarch64 ]]
}

found_command() {
  FOUND=$(type -P "$1")
}

found_file() {
  local file
  for file in "$@"; do
    if [[ -e $file ]]; then
      FOUND=$file
      return 0
    fi
  done
  return 1
}

found_libfabric() {
  local sys=${WEFT_SYSROOT:-} dir cache dirs
  found_file "$sys"/opt/amazon/efa/lib64/libfabric.so.1 "$sys"/opt/amazon/efa/lib/libfabric.so.1 && return 0
  IFS=: read -ra dirs <<<"${LD_LIBRARY_PATH:-}"
  for dir in ${dirs[@]+"${dirs[@]}"}; do
    [[ -n $dir ]] && found_file "$dir/libfabric.so.1" && return 0
  done
  # ldconfig is not on the PATH of a plain Debian user.
  cache=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) || return 1
  [[ $cache =~ libfabric\.so\.1\ [^$'\n']*=\>\ ([^$'\n']+) ]] || return 1
  FOUND=${BASH_REMATCH[1]}
}

# Maven itself is asked for its version, which costs a JVM: only ever on the way to a build.
found_maven() {
  local place version
  place=$(type -P mvn) || return 1
  version=$(JAVA_HOME=${JDK_HOME:-${JAVA_HOME:-}} mvn -v 2>/dev/null) || version=
  if [[ $version =~ Apache\ Maven\ ([0-9]+)\.([0-9]+) ]] &&
    ((BASH_REMATCH[1] < 3 || (BASH_REMATCH[1] == 3 && BASH_REMATCH[2] < 8))); then
    return 1
  fi
  # shellcheck disable=SC2034  # Read by the callers.
  # Without a JDK Maven cannot answer; it is asked again when one is there.
  FOUND=$place
}

# missing_of start|run|test|long: sets MISSING; fails when something is missing.
missing_of() {
  local need
  needs_of "$1"
  MISSING=()
  for need in "${NEEDS[@]}"; do
    probe "$need" || MISSING+=("$need")
  done
  ((${#MISSING[@]} == 0))
}
