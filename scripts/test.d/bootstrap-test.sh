#!/usr/bin/env bash
# What ParallelCluster's nodes run when they start, in a file system of the test's own: the machine's, with everything that is
# written caught above it, and stand-ins for aws, dnf, rpm and systemctl that come first in PATH.
# shellcheck disable=SC2016  # The bodies of stand-ins are expanded when they run.

# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

BOOTSTRAP=$(cd "$SCRIPTS/../parallelcluster-config/clusters/bootstrap" && pwd)
TEMPLATE=$(cd "$SCRIPTS/../parallelcluster-config/batch" && pwd)
URL=s3://my-bucket/software/weft-1/weft.tar.gz

lack=''
((EUID == 0)) || lack="it needs root, to make a file system of its own"
[[ -n $lack ]] || (unshare --mount bash -c '
  mount -t tmpfs tmpfs "$0" && mkdir "$0"/up "$0"/work "$0"/all && mount -t overlay -o lowerdir=/,upperdir="$0"/up,workdir="$0"/work overlay "$0"/all' \
  "$WORK" 2>/dev/null) || lack="the kernel lays no file system over another here"
if [[ -n $lack ]]; then
  printf 'skip - bootstrap of nodes: %s\n1..1\n' "$lack"
  exit 0
fi

# head_node: a node before its first start: what is written goes to $CASE/up, which outlasts a single run.
head_node() {
  mkdir -p "$CASE"/{up,work,all,bin,bucket}
  : >"$CASE/calls"
  # As much of the toolkit as the scripts look at.
  mkdir -p "$CASE/toolkit/"{scripts,parallelcluster-config/slurm/{prolog.d,epilog.d}}
  printf '#!/bin/sh\n' >"$CASE/toolkit/scripts/weft"
  chmod +x "$CASE/toolkit/scripts/weft"
  echo 'the epilog' >"$CASE/toolkit/parallelcluster-config/slurm/epilog-slurmctld"
  echo 'a prolog' >"$CASE/toolkit/parallelcluster-config/slurm/prolog.d/50_weft"
  echo 'an epilog' >"$CASE/toolkit/parallelcluster-config/slurm/epilog.d/50_weft"
  echo 'for people' >"$CASE/toolkit/parallelcluster-config/slurm/prolog.d/README.md"
  printf '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n' >"$CASE/toolkit/parallelcluster-config/slurm/weft-spool.service"
  printf '[Service]\nType=oneshot\nExecStart=/bin/true\n' >"$CASE/toolkit/parallelcluster-config/slurm/weft-sweep.service"
  printf '[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n' >"$CASE/toolkit/parallelcluster-config/slurm/weft-sweep.timer"
  pack
  answer aws '
    [ ! -e "$CASE/no-download" ] || { echo "fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden" >&2; exit 1; }
    cp "$CASE/bucket/weft.tar.gz" "${@: -1}"'
  answer rpm '[ "$1" = -q ] && [ -e "/var/lib/rpm-$2" ]'
  answer dnf '
    [ ! -e "$CASE/no-packages" ] || { echo "Error: Failed to download metadata for repo amazonlinux" >&2; exit 1; }
    [ "$*" != "clean all" ] || exit 0
    [ "$(id -u)" = 0 ] && [ "$1" = -y ] || exit 1
    home=/usr/lib/jvm/java-25-amazon-corretto.x86_64
    mkdir -p "$home/bin" "$home/lib/security" /etc/pki/java
    echo certificates >/etc/pki/java/cacerts
    ln -sf /etc/pki/java/cacerts "$home/lib/security/cacerts"
    ln -sf /nowhere/at/all "$home/lib/dangling"
    ln -sf javac "$home/bin/inner"
    echo "JAVA_VERSION=\"${FAKE_VERSION:-25.0.3}\"" >"$home/release"
    printf "#!/bin/sh\n[ ! -e $CASE/java-fails ] || { echo no memory >&2; exit 1; }\necho openjdk 25 >&2\n" >"$home/bin/java"
    cp "$home/bin/java" "$home/bin/javac"
    chmod +x "$home"/bin/java*
    [ -e "$CASE/no-record" ] || touch "/var/lib/rpm-${@: -1}"'
  answer systemctl '[ "$1" != restart ] || [ ! -e "$CASE/no-service" ]'
  answer mountpoint '[ ! -e "$CASE/not-mounted" ]'
  NODE_ENV=()
}

# pack: the toolkit, and its hash in SHA256.
pack() {
  tar -C "$CASE/toolkit" -czf "$CASE/bucket/weft.tar.gz" scripts parallelcluster-config
  SHA256=$(sha256sum <"$CASE/bucket/weft.tar.gz" | cut -d ' ' -f 1)
}

answer() {
  printf '#!%s\n%s\n%s\n' "$BASH" 'echo "${0##*/} $*" >>"$CASE/calls"' "$2" >"$CASE/bin/$1"
  chmod +x "$CASE/bin/$1"
}

# on_head COMMAND...: on the node, as root; sets CODE and TEXT.
on_head() {
  CODE=0
  # The overlay lies on the test's own disk, so that what one run leaves the next one finds.
  TEXT=$(unshare --mount bash -c '
    set -euo pipefail
    mount --make-rprivate /
    mount -t overlay -o "lowerdir=/,upperdir=$CASE/up,workdir=$CASE/work" overlay "$CASE/all"
    for folder in proc dev sys tmp; do mount --rbind "/$folder" "$CASE/all/$folder"; done
    mkdir -p "$CASE/all/opt/slurm/etc" "$CASE/all/shared"
    exec chroot "$CASE/all" env -i PATH="$CASE/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/bin" HOME=/root CASE="$CASE" WEFT_RETRY_SECONDS=0 HOSTNAME=node-1 \
      WEFT_TEST_RUN="${WEFT_TEST_RUN:-}" "$@"' node ${NODE_ENV[@]+"${NODE_ENV[@]}"} "$@" 2>&1) || CODE=$?
}
export CASE

calls() {
  grep -cE -- "$1" "$CASE/calls" || true
}

# listing: everything that was written, with owner, mode, time and content.
listing() {
  (cd "$CASE/up" && find . -path ./shared/weft/nodes -prune -o \( -type f -o -type l \) -printf '%p %U:%G %m %T@ %l\n' | LC_ALL=C sort &&
    find . -path ./shared/weft/nodes -prune -o -type f -exec sha256sum {} + | LC_ALL=C sort -k 2)
}

start() {
  on_head "$BOOTSTRAP/head-start" "$URL" "$SHA256"
}

configured() {
  on_head "$BOOTSTRAP/head-configured" "$URL" "$SHA256" /shared
}

scripts_are_in_place_before_slurm() {
  head_node
  start
  equal "$CODE" 0
  local file
  for file in etc/scripts/epilog-slurmctld etc/scripts/prolog.d/50_weft etc/scripts/epilog.d/50_weft; do
    equal "$(stat -c '%U:%G:%a' "$CASE/up/opt/slurm/$file")" root:root:755
  done
  equal "$(cat "$CASE/up/opt/slurm/etc/scripts/epilog-slurmctld")" 'the epilog'
  absent "$CASE/up/opt/slurm/etc/scripts/prolog.d/README.md"
  # Nothing else was touched.
  equal "$(cd "$CASE/up" && find . -type f | wc -l)" 3
}

start_twice_changes_nothing() {
  head_node
  start
  local first
  first=$(listing)
  sleep 0.02
  start
  equal "$CODE" 0
  lacks "$TEXT" 'installed'
  equal "$(listing)" "$first"
}

start_mends_what_was_changed() {
  head_node
  start
  echo 'something else' >"$CASE/up/opt/slurm/etc/scripts/prolog.d/50_weft"
  chmod 0644 "$CASE/up/opt/slurm/etc/scripts/epilog-slurmctld"
  start
  equal "$CODE" 0
  equal "$(cat "$CASE/up/opt/slurm/etc/scripts/prolog.d/50_weft")" 'a prolog'
  equal "$(stat -c %a "$CASE/up/opt/slurm/etc/scripts/epilog-slurmctld")" 755
}

# start_fails MESSAGE: nothing is left in Slurm's folders.
start_fails() {
  start
  equal "$CODE" 1
  contains "$TEXT" 'weft head-start: error:'
  contains "$TEXT" "$1"
  equal "$(find "$CASE/up/opt" -type f 2>/dev/null | wc -l)" 0
}

start_without_download() {
  head_node
  touch "$CASE/no-download"
  start_fails "cannot fetch $URL"
  equal "$(calls '^aws')" 3
  rm "$CASE/no-download"
  start
  equal "$CODE" 0
}

start_with_another_toolkit() {
  head_node
  echo more >>"$CASE/bucket/weft.tar.gz"
  start_fails 'its SHA-256 differs'
}

start_with_half_a_toolkit() {
  head_node
  head -c 200 "$CASE/bucket/weft.tar.gz" >"$CASE/half"
  mv "$CASE/half" "$CASE/bucket/weft.tar.gz"
  SHA256=$(sha256sum <"$CASE/bucket/weft.tar.gz" | cut -d ' ' -f 1)
  start_fails 'holds no parallelcluster-config/slurm'
}

start_with_a_toolkit_without_epilog() {
  head_node
  rm "$CASE/toolkit/parallelcluster-config/slurm/epilog-slurmctld"
  pack
  start_fails 'epilog-slurmctld'
}

jdk_and_toolkit_are_shared() {
  head_node
  configured
  equal "$CODE" 0
  local home=$CASE/up/shared/weft
  equal "$(readlink "$home/jdk")" jdk-25.0.3
  equal "$(readlink "$home/toolkit")" "toolkit-${SHA256:0:12}"
  # What lay outside of the JDK has come along, and nothing leads to this node's disk.
  equal "$(cat "$home/jdk-25.0.3/lib/security/cacerts")" certificates
  absent "$home/jdk-25.0.3/lib/dangling"
  equal "$(readlink "$home/jdk-25.0.3/bin/inner")" javac
  equal "$(cat "$home/ready")" "$SHA256"
  # Dropped by everyone, read by root alone.
  equal "$(stat -c '%U:%a' "$home"/spool{,/incoming,/sent,/refused} | paste -s -d ' ')" 'root:755 root:1733 root:750 root:750'
  contains "$(cat "$home/env.sh")" 'JAVA_HOME=/shared/weft/jdk'
  equal "$(sed -n 's/^systemctl //p' "$CASE/calls" | paste -s -d ,)" \
    'daemon-reload,enable weft-spool.service,restart weft-spool.service,enable weft-sweep.timer,restart weft-sweep.timer'
  # A service without [Install] is its timer's to start.
  exists "$CASE/up/etc/systemd/system/weft-sweep.service"
  equal "$(find "$home" -name '*.partial' -o -name '*.new' | wc -l)" 0
}

configured_twice_changes_nothing() {
  head_node
  configured
  local first
  first=$(listing)
  : >"$CASE/calls"
  sleep 0.02
  configured
  equal "$CODE" 0
  equal "$(listing)" "$first"
  equal "$(calls '^(aws|dnf|systemctl)')" 0
}

new_toolkit_replaces_the_old() {
  head_node
  configured
  echo 'another' >"$CASE/toolkit/scripts/weft"
  pack
  : >"$CASE/calls"
  configured
  equal "$CODE" 0
  # The unit is the same; what it runs is not.
  equal "$(calls '^systemctl restart weft-spool.service$')" 1
  equal "$(readlink "$CASE/up/shared/weft/toolkit")" "toolkit-${SHA256:0:12}"
  equal "$(cat "$CASE/up/shared/weft/ready")" "$SHA256"
  # Jobs that run keep what they started with.
  equal "$(find "$CASE/up/shared/weft" -maxdepth 1 -name 'toolkit-*' -type d | wc -l)" 2
}

# configured_fails MESSAGE: nothing half is left, and with the cause gone it works.
configured_fails() {
  configured
  equal "$CODE" 1
  contains "$TEXT" 'weft head-configured: error:'
  contains "$TEXT" "$1"
  absent "$CASE/up/shared/weft/ready"
  equal "$(find "$CASE/up/shared" -name '*.partial' 2>/dev/null | wc -l)" 0
}

# configured_without FILE MESSAGE
configured_without() {
  head_node
  touch "$CASE/$1"
  configured_fails "$2"
  rm "$CASE/$1"
  : >"$CASE/calls"
  configured
  equal "$CODE" 0
  exists "$CASE/up/shared/weft/ready"
  equal "$(calls '^systemctl restart weft-spool.service$')" 1
}

configured_with_another_toolkit() {
  head_node
  echo more >>"$CASE/bucket/weft.tar.gz"
  configured_fails 'its SHA-256 differs'
}

configured_with_an_old_jdk() {
  head_node
  NODE_ENV=(FAKE_VERSION=21.0.9)
  configured_fails "says version '21.0.9', not 25"
}

wrong_arguments() {
  head_node
  on_head "$BOOTSTRAP/head-start" "$URL" not-a-hash
  equal "$CODE" 2
  on_head "$BOOTSTRAP/head-configured" "$URL" "$SHA256"
  equal "$CODE" 2
  on_head "$BOOTSTRAP/head-start" --help
  equal "$CODE" 0
}

compute_node_in_order() {
  head_node
  configured
  on_head bash -c 'ulimit -l unlimited; exec "$@"' _ "$BOOTSTRAP/compute-check" /shared
  equal "$CODE" 0
  contains "$TEXT" 'ok: /shared is mounted'
  contains "$TEXT" 'ok: /shared/weft/jdk: openjdk 25'
  contains "$TEXT" 'ok: /shared/weft/toolkit is complete'
  contains "$(cat "$CASE/up/shared/weft/nodes/node-1")" 'ok: '
}

compute_node_never_fails() {
  head_node
  touch "$CASE/not-mounted"
  on_head "$BOOTSTRAP/compute-check" /shared
  equal "$CODE" 0
  contains "$TEXT" 'ERROR: /shared is not mounted'
  contains "$TEXT" 'ERROR: /shared/weft/jdk/bin/java does not start'
  contains "$TEXT" 'ERROR: /shared/weft/toolkit is not complete'
  on_head "$BOOTSTRAP/compute-check"
  equal "$CODE" 0
  contains "$TEXT" 'error'
  equal "$(calls '^(aws|dnf)')" 0
}

compute_node_without_device() {
  head_node
  mkdir -p "$CASE/sys/0000:00:1d.0"
  echo 0x1d0f >"$CASE/sys/0000:00:1d.0/vendor"
  echo 0xefa2 >"$CASE/sys/0000:00:1d.0/device"
  on_head bash -c 'mount --bind "$CASE/sys" /sys/bus/pci/devices; exec "$@"' _ "$BOOTSTRAP/compute-check" /shared
  equal "$CODE" 0
  contains "$TEXT" 'ERROR: 1 EFA interfaces and 0 devices'
}

# ---- the container image

image() {
  head_node
  answer curl '
    [ ! -e "$CASE/no-download" ] || exit 22
    url="${@: -1}"; touch "${url##*/}"'
  answer gpg '
    case "$*" in
      *fingerprint*) echo "fpr:::::::::$(cat "$CASE/fingerprint"):" ;;
      *verify*) [ ! -e "$CASE/bad-signature" ] ;;
    esac'
  echo 4E9091BCBB97A96B26B15E59A05480B1DD2D3CCC >"$CASE/fingerprint"
  answer tar '
    mkdir -p aws-efa-installer
    printf "#!/bin/sh\necho efa_installer.sh \"\$@\" >>$CASE/calls\n" >aws-efa-installer/efa_installer.sh
    chmod +x aws-efa-installer/efa_installer.sh'
  answer useradd ''
}

image_is_filled() {
  image
  on_head bash -c 'mkdir -p /etc/ssh && touch /etc/ssh/ssh_host_ed25519_key && "$@" && [ ! -e /etc/ssh/ssh_host_ed25519_key ] && readlink /opt/jdk' _ \
    "$TEMPLATE/install-image" 1.50.0
  equal "$CODE" 0
  contains "$TEXT" /usr/lib/jvm/java-25-amazon-corretto.x86_64
  equal "$(calls '^efa_installer.sh -y --skip-kmod --skip-limit-conf --no-verify --mpi=openmpi4$')" 1
  equal "$(calls '^useradd --create-home --uid 1000 weft$')" 1
}

# image_fails FILE MESSAGE
image_fails() {
  image
  if [[ $1 == fingerprint ]]; then echo 0000 >"$CASE/fingerprint"; else touch "$CASE/$1"; fi
  on_head "$TEMPLATE/install-image" 1.50.0
  equal "$CODE" 1
  contains "$TEXT" "$2"
  equal "$(calls '^efa_installer.sh')" 0
}

# ---- the boothook of AWS Batch's nodes, taken out of the template

boothook() {
  image
  sed -n '/^            #!\/bin\/bash/,/^            --==WEFT==--/p' "$TEMPLATE/batch.yaml" | sed 's/^ \{12\}//; /^--==WEFT==--/d; s/\${EfaInstallerVersion}/1.50.0/' >"$CASE/boothook"
  chmod +x "$CASE/boothook"
  answer modprobe '
    case "$1" in
      efa) [ -e "$CASE/driver" ] || exit 1; mkdir -p /dev/infiniband; touch /dev/infiniband/uverbs0 ;;
    esac'
  answer tar '
    mkdir -p aws-efa-installer
    printf "#!/bin/sh\necho efa_installer.sh \"\$@\" >>$CASE/calls\n[ -e $CASE/installer-fails ] || touch $CASE/driver\n" >aws-efa-installer/efa_installer.sh
    chmod +x aws-efa-installer/efa_installer.sh'
  answer tee 'cat'
}

# run_boothook: with a /dev of its own.
run_boothook() {
  on_head bash -c 'mount -t tmpfs tmpfs /dev && touch /dev/null /dev/console && chmod 0666 /dev/null && "$@" && ls -d /dev/infiniband/uverbs0' _ "$CASE/boothook"
}

boothook_installs_what_is_absent() {
  boothook
  run_boothook
  equal "$CODE" 0
  contains "$TEXT" 'weft-efa: installed the driver of EFA installer 1.50.0'
  equal "$(calls '^efa_installer.sh -y --minimal --no-verify$')" 1
  # The next start finds it.
  run_boothook
  contains "$TEXT" 'weft-efa: loaded the driver that the image brings'
  equal "$(calls '^efa_installer.sh')" 1
}

# boothook_says FILE: what cannot be installed is said, and does not keep the node from starting.
boothook_says() {
  boothook
  if [[ $1 == fingerprint ]]; then echo 0000 >"$CASE/fingerprint"; else touch "$CASE/$1"; fi
  on_head bash -c 'mount -t tmpfs tmpfs /dev && touch /dev/null /dev/console && chmod 0666 /dev/null && "$@"' _ "$CASE/boothook"
  equal "$CODE" 0
  contains "$TEXT" 'weft-efa: ERROR: no EFA device, and the driver could not be installed'
  [[ $1 == installer-fails ]] || equal "$(calls '^efa_installer.sh')" 0
}

t "Slurm's scripts are in place before Slurm starts" scripts_are_in_place_before_slurm
t 'head-start twice changes nothing' start_twice_changes_nothing
t 'head-start mends what was changed' start_mends_what_was_changed
t 'head-start without the download' start_without_download
t 'head-start with another toolkit' start_with_another_toolkit
t 'head-start with half a toolkit' start_with_half_a_toolkit
t 'head-start with a toolkit without epilog' start_with_a_toolkit_without_epilog
t 'JDK and toolkit come to shared storage' jdk_and_toolkit_are_shared
t 'head-configured twice changes nothing' configured_twice_changes_nothing
t 'a new toolkit replaces the old one' new_toolkit_replaces_the_old
t 'head-configured without packages' configured_without no-packages 'cannot install java-25-amazon-corretto-devel'
t 'head-configured without the download' configured_without no-download "cannot fetch $URL"
t 'head-configured without shared storage' configured_without not-mounted '/shared is not a mounted file system'
t 'head-configured with a JDK that does not start' configured_without java-fails 'the copy of the JDK does not start: no memory'
t 'head-configured with another toolkit' configured_with_another_toolkit
t 'head-configured with an old JDK' configured_with_an_old_jdk
t 'head-configured with a service that does not start' configured_without no-service 'systemd cannot start weft-spool.service'
t 'wrong arguments' wrong_arguments
t 'a compute node in order' compute_node_in_order
t 'a compute node never fails' compute_node_never_fails
t 'a compute node without its device says so' compute_node_without_device
t 'the container image is filled' image_is_filled
t 'an image without packages' image_fails no-packages 'dnf cannot install'
t 'an image without the EFA installer' image_fails no-download 'cannot fetch https://efa-installer'
t 'an installer of somebody else' image_fails fingerprint 'key is 0000'
t 'an installer with another signature' image_fails bad-signature 'signature of aws-efa-installer-1.50.0.tar.gz does not fit'
t 'a node of AWS Batch gets the driver that is absent' boothook_installs_what_is_absent
t 'a node that cannot fetch it says so' boothook_says no-download
t 'a node that is offered another installer says so' boothook_says fingerprint
t 'a node with a wrong signature says so' boothook_says bad-signature
t 'a node whose installer fails says so' boothook_says installer-fails
finish
