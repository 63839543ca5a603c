# shellcheck shell=bash
# Nodes of a cluster on one machine: each has a network, host name, processes, /tmp, /dev/shm and home of its own, joined by a
# bridge. All of it is inside namespaces of the test's own and ends with the test.
#
#   eth0        10.99.0.(10 + N), on the bridge
#   ecs-eth0    169.254.172.2 on every node, as ECS makes it: it leads nowhere

readonly NODE_USER=weft NODE_UID=4711

# in_own_namespaces SCRIPT ARGS...: starts the script again inside; skips all of it, with the reason, where that is not allowed.
in_own_namespaces() {
  [[ ${WEFT_INSIDE:-} != yes ]] || return 0
  local lack='' tool
  ((EUID == 0)) || lack="it needs root, to make network namespaces"
  for tool in ip unshare setpriv mpirun mpicc ssh ssh-keygen python3; do type -P "$tool" >/dev/null || lack="there is no $tool"; done
  [[ -n $lack ]] || find_ssh_server || lack=$SSHD_LACK
  [[ -n $lack ]] || unshare --net ip link add name weft-try type bridge 2>/dev/null || lack="the kernel makes no bridge in a network namespace"
  if [[ -n $lack ]]; then
    printf 'skip - %s: %s\n1..1\n' "$2" "$lack"
    exit 0
  fi
  export SSHD_USR
  WEFT_INSIDE=yes exec unshare --mount --net --pid --fork --kill-child --mount-proc bash "$1"
}

# make_network: the bridge, in the script's own network.
make_network() {
  mount -t tmpfs -o mode=0755 tmpfs /run
  ip link set lo up
  ip link add name br0 type bridge
  ip link set br0 up
}

# make_place NAME ADDRESS: a network namespace on the bridge.
make_place() {
  ip netns add "$1"
  ip -n "$1" link set lo up
  ip link add name "v-$1" type veth peer name eth0 netns "$1"
  ip link set "v-$1" master br0 up
  ip -n "$1" address add "$2/24" dev eth0
  ip -n "$1" link set eth0 up
  ip link add name "e-$1" type veth peer name ecs-eth0 netns "$1"
  ip link set "e-$1" up
  ip -n "$1" address add 169.254.172.2/22 dev ecs-eth0
  ip -n "$1" link set ecs-eth0 up
}

remove_places() {
  local name
  while read -r name _; do
    # Before the namespace, whose links the kernel takes away when it comes to it.
    ip link delete "v-$name"
    ip link delete "e-$name"
    ip netns delete "$name"
  done < <(ip netns list)
}

# sent PLACE INTERFACE: the bytes that a node has sent there.
sent() {
  ip -n "$1" -s -j link show "$2" | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["stats64"]["tx"]["bytes"])'
}

# furnish NAME: what makes it a machine of its own; runs inside the node's namespaces, as root. NODE_WEFT and NODE_JDK, where they are
# set, become /mnt/weft and /mnt/jdk.
furnish() {
  mount --make-rprivate /
  hostname "$1"
  # Whatever the program's folder is called outside.
  mount -t tmpfs -o mode=0755 tmpfs /mnt
  mkdir /mnt/batch /mnt/bin /mnt/bundles /mnt/weft /mnt/jdk
  mount --bind "$BATCH" /mnt/batch
  mount --bind "$WORK/bin" /mnt/bin
  if [[ -n ${NODE_WEFT:-} ]]; then mount --bind -o ro "$NODE_WEFT" /mnt/weft; fi
  if [[ -n ${NODE_JDK:-} ]]; then mount --bind -o ro "$NODE_JDK" /mnt/jdk; fi
  if [[ -n $SSHD_USR ]]; then
    mkdir /mnt/usr
    mount -t overlay -o "lowerdir=$SSHD_USR:/usr" overlay /usr
  fi
  mkdir /mnt/etc
  { grep -v "^$NODE_USER:" /etc/passwd; echo "$NODE_USER:x:$NODE_UID:$NODE_UID::/home/$NODE_USER:/bin/bash"; } >/mnt/etc/passwd
  { grep -v "^$NODE_USER:" /etc/group; echo "$NODE_USER:x:$NODE_UID:"; } >/mnt/etc/group
  mount --bind /mnt/etc/passwd /etc/passwd
  mount --bind /mnt/etc/group /etc/group
  mount -t tmpfs -o mode=1777 tmpfs /tmp
  mount -t tmpfs -o mode=1777 tmpfs /dev/shm
  mount -t tmpfs -o mode=0755 tmpfs /home
  install -d -o "$NODE_UID" -g "$NODE_UID" -m 0755 "/home/$NODE_USER"
  cd "/home/$NODE_USER" || return 1
}

# on_node PLACE LOG [NAME=VALUE...] -- COMMAND...: starts it there in the background, as an unprivileged user with these variables
# and no others; sets NODE_PID. It is the node's first process.
on_node() {
  local place=$1 log=$2 variables=("PATH=/usr/local/bin:/usr/bin:/bin" "HOME=/home/$NODE_USER" "WEFT_TEST_RUN=${WEFT_TEST_RUN:-}")
  shift 2
  while [[ $1 != -- ]]; do
    variables+=("$1")
    shift
  done
  shift
  export -f furnish
  export BATCH WORK NODE_USER NODE_UID NODE_WEFT=${NODE_WEFT:-} NODE_JDK=${NODE_JDK:-}
  # shellcheck disable=SC2016  # Expanded on the node.
  ip netns exec "$place" unshare --mount --uts --ipc --pid --fork --kill-child --mount-proc bash -c '
    set -euo pipefail
    furnish "$1"
    shift
    exec setpriv --reuid "$NODE_UID" --regid "$NODE_UID" --clear-groups --inh-caps=-all --bounding-set=-all env -i "$@"' \
    node "$place" "${variables[@]}" "$@" >"$log" 2>&1 </dev/null &
  # shellcheck disable=SC2034  # Read by the tests.
  NODE_PID=$!
}

# signal_node SIGNAL PID: to the first process of a node; without it all others end too. Ending unshare would not do: who changes
# his user is no longer ended with his parent.
signal_node() {
  local inner
  # The kernel ends that line without a line end.
  read -r inner _ <"/proc/$2/task/$2/children" || [[ -n $inner ]]
  kill "-$1" "$inner"
}
