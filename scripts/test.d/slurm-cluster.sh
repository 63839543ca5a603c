# shellcheck shell=bash
# A Slurm cluster on one machine: a head node with slurmctld, and nodes n1, n2, ... with a slurmd each. Every node has a network,
# host name, processes, /tmp, /dev/shm, /run and home of its own; a bridge joins them, and they share /mnt/shared. All of it is
# inside namespaces of the test's own and ends with the test: accounts, files and processes too.
#
#   head    10.98.0.1         n1, n2, ...    10.98.0.11, 10.98.0.12, ...

# What ParallelCluster mounts at /shared; here nothing may be made in the machine's own root.
readonly SHARED=/mnt/shared
readonly JOB_USER=weftjob JOB_UID=4712

# The daemons are not on a plain user's PATH.
PATH=$PATH:/usr/sbin:/sbin

# in_own_namespaces SCRIPT NAME [ARGS...]: starts the script again inside; skips all of it, with the reason, where that is not
# allowed.
in_own_namespaces() {
  [[ ${WEFT_INSIDE:-} != slurm ]] || return 0
  local lack='' tool script=$1 name=$2
  shift 2
  for tool in ip unshare nsenter setpriv python3 munged slurmctld slurmd sbatch srun; do
    type -P "$tool" >/dev/null || lack="there is no $tool"
  done
  ((EUID == 0)) || lack="it needs root, to make network namespaces"
  [[ -n $lack ]] || unshare --net ip link add name weft-try type bridge 2>/dev/null || lack="the kernel makes no bridge in a network namespace"
  if [[ -n $lack ]]; then
    printf 'skip - %s: %s\n1..1\n' "$name" "$lack"
    exit 0
  fi
  WEFT_INSIDE=slurm exec unshare --mount --net --uts --ipc --pid --fork --kill-child --mount-proc bash "$script" "$@"
}

# make_head TOOLKIT NODES: the head node's file systems, names and network. TOOLKIT is what all nodes see in weft/toolkit.
make_head() {
  local file i
  readonly NODES=$2
  mount --make-rprivate /
  hostname head
  mount -t tmpfs -o mode=0755 tmpfs /run
  mount -t tmpfs -o mode=0755 tmpfs /mnt
  mkdir -p /run/netns /mnt/accounts /mnt/nodes "$SHARED/weft/toolkit"
  ip link set lo up
  ip link add name br0 type bridge
  ip address add 10.98.0.1/24 dev br0
  ip link set br0 up
  {
    grep -v "^$JOB_USER:" /etc/passwd
    echo "$JOB_USER:x:$JOB_UID:$JOB_UID::/home/$JOB_USER:/bin/bash"
  } >/mnt/accounts/passwd
  {
    grep -v "^$JOB_USER:" /etc/group
    echo "$JOB_USER:x:$JOB_UID:"
  } >/mnt/accounts/group
  {
    printf '127.0.0.1 localhost\n10.98.0.1 head\n'
    for ((i = 1; i <= NODES; i++)); do echo "10.98.0.$((10 + i)) n$i"; done
  } >/mnt/accounts/hosts
  for file in passwd group hosts; do mount --bind "/mnt/accounts/$file" "/etc/$file"; done
  mount --bind "$1" "$SHARED/weft/toolkit"
  mount -o remount,bind,ro "$SHARED/weft/toolkit"
  # Slurm's clients look here.
  mount -t tmpfs -o mode=0755 tmpfs /etc/slurm
  mount -t tmpfs -o mode=0755 tmpfs /var/lib/slurm
  head -c 1024 /dev/urandom >/mnt/accounts/munge.key
  chmod 0400 /mnt/accounts/munge.key
  chown munge:munge /mnt/accounts/munge.key
}

# slurm_conf: what ParallelCluster sets too where it matters here, but for control groups: Debian's Slurm 22.05 has no plug-in for
# those of some kernels, and a test must not put the machine's own processes into any.
slurm_conf() {
  cat <<END_OF_CONF
ClusterName=weft
SlurmctldHost=head(10.98.0.1)
SlurmUser=slurm
AuthType=auth/munge
AuthInfo=cred_expire=20
StateSaveLocation=/var/lib/slurm/ctld
SlurmdSpoolDir=/run/slurmd
SlurmctldPidFile=/run/slurmctld/pid
SlurmdPidFile=/run/slurmd.pid
SlurmctldLogFile=/mnt/slurmctld.log
SlurmdLogFile=/mnt/nodes/%h.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=1
SlurmdTimeout=6
MessageTimeout=5
KillWait=5
UnkillableStepTimeout=30
BatchStartTimeout=30
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0
EpilogSlurmctld=$SHARED/weft/epilog-slurmctld
NodeName=n[1-$NODES] CPUs=8 RealMemory=$(($(sed -n 's/MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo) / 1024)) State=UNKNOWN
PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:4
END_OF_CONF
}

# start_head: munge and slurmctld.
start_head() {
  slurm_conf >/etc/slurm/slurm.conf
  echo CgroupPlugin=cgroup/v1 >/etc/slurm/cgroup.conf
  start_munge
  install -d -o slurm -g slurm /run/slurmctld /var/lib/slurm/ctld
  : >/mnt/slurmctld.log
  chown slurm:slurm /mnt/slurmctld.log
  setpriv --reuid slurm --regid slurm --init-groups slurmctld -D >/mnt/slurmctld.out 2>&1 &
}

# start_munge: this node's, which says who asks.
start_munge() {
  install -d -o munge -g munge -m 0755 /run/munge
  setpriv --reuid munge --regid munge --clear-groups munged --key-file=/mnt/accounts/munge.key --socket=/run/munge/munge.socket.2 \
    --pid-file=/run/munge/pid --log-file=/run/munge/log --seed-file=/run/munge/seed
}

# start_node NUMBER: its namespaces, munge and slurmd. NODE_PIDS has its first process.
declare -A NODE_PIDS
start_node() {
  local name=n$1
  ip netns add "$name"
  ip -n "$name" link set lo up
  ip link add name "v-$name" type veth peer name eth0 netns "$name"
  ip link set "v-$name" master br0 up
  ip -n "$name" address add "10.98.0.$((10 + $1))/24" dev eth0
  ip -n "$name" link set eth0 up
  export -f furnish start_munge
  export JOB_USER JOB_UID
  # shellcheck disable=SC2016  # Expanded on the node.
  ip netns exec "$name" unshare --mount --uts --ipc --pid --fork --kill-child --mount-proc bash -c '
    set -euo pipefail
    furnish "$1"
    start_munge
    touch "/mnt/nodes/$1.ready"
    # The first process of a node reaps what others have left.
    while true; do sleep 3600 & wait; done' node "$name" >"/mnt/nodes/$name.out" 2>&1 </dev/null &
  local outer=$! inner=
  until_true 10 test -e "/mnt/nodes/$name.ready"
  # The line has no end.
  read -r inner _ <"/proc/$outer/task/$outer/children" || [[ -n $inner ]]
  NODE_PIDS[$name]=$inner
  start_slurmd "$name"
}

# furnish NAME: what makes it a machine of its own; runs inside the node's namespaces.
furnish() {
  mount --make-rprivate /
  hostname "$1"
  mount -t tmpfs -o mode=0755 tmpfs /run
  mount -t tmpfs -o mode=1777 tmpfs /tmp
  mount -t tmpfs -o mode=1777 tmpfs /dev/shm
  mount -t tmpfs -o mode=0755 tmpfs /home
  # slurmd wants to see control groups even where it is told to use none.
  mount -t tmpfs -o mode=0755 tmpfs /sys/fs/cgroup
  mkdir /run/slurmd
  install -d -o "$JOB_UID" -g "$JOB_UID" -m 0755 "/home/$JOB_USER"
  cd /
}

# on_node NAME COMMAND...: as root on that node.
on_node() {
  local pid=${NODE_PIDS[$1]}
  shift
  nsenter --target "$pid" --all -- "$@"
}

start_slurmd() {
  on_node "$1" env -i PATH="$PATH" WEFT_TEST_RUN="${WEFT_TEST_RUN:-}" slurmd -D >>"/mnt/nodes/$1.out" 2>&1 </dev/null &
}

# end_cluster: the namespaces' processes end with them; what is left are the names of networks.
end_cluster() {
  local name
  for name in "${!NODE_PIDS[@]}"; do
    kill -KILL "${NODE_PIDS[$name]}" 2>/dev/null || true
  done
}

# sent NAME: the bytes that a node has sent to others.
sent() {
  ip -n "$1" -s -j link show eth0 | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["stats64"]["tx"]["bytes"])'
}

# as_user COMMAND...: on the head node, as the unprivileged user whose jobs they are.
as_user() {
  setpriv --reuid "$JOB_UID" --regid "$JOB_UID" --clear-groups --inh-caps=-all env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/ \
    USER="$JOB_USER" JAVA_HOME="$JAVA_HOME" "$@"
}
