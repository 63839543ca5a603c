#!/usr/bin/env bash
# The entry point of AWS Batch jobs on real nodes: namespaces with a network each, an sshd on every child, Open MPI's mpirun.

# shellcheck source=scripts/lib/ssh-server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/ssh-server.sh"
# shellcheck source=scripts/test.d/nodes.sh
source "$(dirname "${BASH_SOURCE[0]}")/nodes.sh"
if [[ ${WEFT_INSIDE:-} != yes ]]; then
  # The kernel that the nodes run: built here as a user's first start builds, for there is no network inside.
  "$(dirname "${BASH_SOURCE[0]}")/../weft" --version >/dev/null
fi
in_own_namespaces "${BASH_SOURCE[0]}" 'worlds of several nodes'
# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

WEFT_ROOT=$(cd "$SCRIPTS/.." && pwd)
for lib in say jdk; do
  # shellcheck source=/dev/null
  source "$SCRIPTS/lib/$lib.sh"
done
find_jdk
NODE_WEFT=$WEFT_ROOT NODE_JDK=$JDK_HOME
BATCH=$(cd "$SCRIPTS/../parallelcluster-config/batch" && pwd)
TOKEN=0123456789abcdef0123456789abcdef-right
WRONG=0123456789abcdef0123456789abcdef-wrong
make_network
mkdir -m 0755 "$WORK/bin"
chmod 0755 "$WORK"
OMPI_CC=gcc mpicc -O1 -Wall -Wextra -Werror -o "$WORK/bin/ring" "$BATCH/test/ring.c"
install -m 0755 /dev/stdin "$WORK/bin/ship" <<'END_OF_SCRIPT'
#!/bin/sh
# Stands for the command that ships: says what it got, and ends as it is told.
echo "shipped: $(cd "$2" && ls | paste -s -d ' ') $3 $4"
exit "$1"
END_OF_SCRIPT

# places N: as many nodes' places, and one for a stranger.
places() {
  local i
  remove_places
  for ((i = 0; i < $1; i++)); do make_place "node$i" "10.99.0.$((10 + i))"; done
  make_place stranger 10.99.0.66
}

# batch_variables NODES INDEX: sets BATCH_VARIABLES, as AWS Batch sets them: the main node's address on children only.
batch_variables() {
  BATCH_VARIABLES=("AWS_BATCH_JOB_ID=0f1e2d3c-job#$2" AWS_BATCH_JQ_NAME=queue-1 AWS_BATCH_JOB_ATTEMPT=1 "AWS_BATCH_JOB_NUM_NODES=$1" "AWS_BATCH_JOB_NODE_INDEX=$2"
    AWS_BATCH_JOB_MAIN_NODE_INDEX=0)
  (($2 == 0)) || BATCH_VARIABLES+=(AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS=10.99.0.10)
}

# node NODES INDEX [NAME=VALUE...] -- COMMAND...: starts the entry point there, with 2 slots and the right token unless the
# variables say otherwise; sets PIDS[INDEX].
node() {
  local nodes=$1 index=$2 more=()
  shift 2
  while [[ $1 != -- ]]; do
    more+=("$1")
    shift
  done
  shift
  batch_variables "$nodes" "$index"
  on_node "node$index" "$CASE/node$index" "${BATCH_VARIABLES[@]}" "WEFT_BATCH_TOKEN=$TOKEN" WEFT_BATCH_SLOTS=2 WEFT_BATCH_FORM_SECONDS=90 \
    ${more[@]+"${more[@]}"} -- /mnt/batch/entrypoint "$@"
  PIDS[index]=$NODE_PID
}

# nodes NODES [NAME=VALUE...] -- COMMAND...: all of them; AWS Batch starts the main node first.
nodes() {
  local count=$1 i
  shift
  PIDS=()
  places "$count"
  for ((i = 0; i < count; i++)); do node "$count" "$i" "$@"; done
}

# log INDEX
log() {
  cat "$CASE/node$1"
}

# waited INDEX SECONDS: for its end; sets CODE.
waited() {
  until_true "$2" gone_or_zombie "${PIDS[$1]}"
  CODE=0
  wait "${PIDS[$1]}" || CODE=$?
}

# ends INDEX STATUS: shows all that was said where it ends otherwise.
ends() {
  waited "$1" 120
  [[ $CODE == "$2" ]] || broken "node $1 ended with $CODE, not $2:"$'\n'"$(head -n 60 "$CASE"/node*)"
}

said() {
  grep -q -- "$2" "$CASE/node$1"
}

four_nodes_run_one_program() {
  nodes 4 -- bash -c 'ls -ld ~/.weft-batch; env | grep -c TOKEN; umask; mpirun --map-by node -n 8 /mnt/bin/ring'
  local i
  for i in 0 1 2 3; do ends "$i" 0; done
  # Eight ranks: 0 + 1 + ... + 7.
  contains "$(log 0)" 'ring of 8, sum 28, on node0 node1 node2 node3 node0 node1 node2 node3'
  contains "$(log 0)" 'drwx------'
  contains "$(log 0)" $'\n0\n0022\n'
  for i in 0 1 2 3; do
    # Each passed on two messages of 1 MiB, all of them to another node, and none by way of ECS's interface.
    (($(sent "node$i" eth0) > 2 << 20)) || broken "node$i sent $(sent "node$i" eth0) bytes"
    (($(sent "node$i" ecs-eth0) < 4096)) || broken "node$i sent $(sent "node$i" ecs-eth0) bytes by ecs-eth0"
    lacks "$(log "$i")" "$TOKEN"
  done
}

# A kernel that knows its published result, and finds it; what it leaves is shipped as it would be from a container.
four_nodes_run_a_verified_kernel() {
  nodes 4 JAVA_HOME=/mnt/jdk "WEFT_BATCH_SHIP=/mnt/bin/ship 0" -- mpirun --map-by node --mca mpi_yield_when_idle 1 -n 4 \
    /mnt/weft/scripts/weft run cg --class S --out bundle
  local i
  for i in 0 1 2 3; do ends "$i" 0; done
  contains "$(log 0)" 'cg class S on 4 ranks'
  [[ $(log 0) =~ verified\ +zeta\ =\ 8\.59717750 ]] || broken "no verified zeta of 8.5971775 (NPB, CG, class S):"$'\n'"$(log 0)"
  [[ $(log 0) =~ network\ +tcp\ \(veth ]] || broken "the network that was found is not tcp (veth):"$'\n'"$(log 0)"
  contains "$(log 0)" 'shipped: '
  [[ $(log 0) =~ shipped:\ .*manifest.json.*result.json.*\ --job\ queue-1,0f1e2d3c-job,1 ]] || broken "no whole bundle was shipped:"$'\n'"$(log 0)"
}

status_of_mpirun_is_the_jobs() {
  nodes 2 -- mpirun -n 2 --map-by node /mnt/bin/ring exit 7
  ends 0 7
  ends 1 7
}

missing_node_is_named() {
  places 4
  local i
  for i in 0 1 3; do node 4 "$i" WEFT_BATCH_FORM_SECONDS=15 -- mpirun -n 4 /mnt/bin/ring; done
  ends 0 11
  contains "$(log 0)" 'not all 4 nodes were here after 15 s'
  contains "$(log 0)" 'missing: node 2'
  lacks "$(log 0)" 'ring of'
  ends 1 11
  ends 3 11
  contains "$(log 1)" 'not all nodes were there in time'
}

dead_node_ends_the_job() {
  nodes 3 -- mpirun -n 3 --map-by node /mnt/bin/ring forever
  until_true 120 said 0 'ring of 3'
  signal_node KILL "${PIDS[2]}"
  waited 0 90
  ((CODE != 0)) || broken "the job ended with 0"
  contains "$(log 0)" 'node 2 (10.99.0.12) is lost'
  contains "$(log 0)" 'lost while the command ran'
  waited 1 60
  ((CODE != 0)) || broken "node 1 ended with 0"
}

vanished_node_ends_the_job() {
  nodes 3 WEFT_BATCH_SILENCE_SECONDS=6 -- mpirun -n 3 --map-by node /mnt/bin/ring forever
  until_true 120 said 0 'ring of 3'
  # No process ends and no connection is closed: only silence.
  ip link set v-node1 down
  waited 0 120
  ((CODE != 0)) || broken "the job ended with 0"
  contains "$(log 0)" 'node 1 (10.99.0.11) is lost: silent for 6 s'
  ends 1 13
  contains "$(log 1)" 'the main node 10.99.0.10 is gone: silent for 6 s'
}

# as_stranger ARGS...: a child's side of the rendezvous at the stranger's place; sets CODE and TEXT.
as_stranger() {
  ssh-keygen -q -t ed25519 -N '' -f "$CASE/strange" <<<y >/dev/null
  CODE=0
  TEXT=$(WEFT_BATCH_TOKEN=$1 ip netns exec stranger python3 "$BATCH/rendezvous.py" child --job 0f1e2d3c-job --nodes 3 --index "$2" --port 7117 \
    --deadline 60 --silence 30 --slots 2 --main 10.99.0.10 --host-key "$CASE/strange.pub" --ssh-port 7122 --authorized-keys "$CASE/let-in" 2>&1) || CODE=$?
}

stranger_is_refused_and_the_world_forms() {
  places 3
  node 3 0 -- mpirun -n 3 --map-by node /mnt/bin/ring
  until_true 60 said 0 'waiting on port 7117'
  as_stranger "$WRONG" 2
  equal "$CODE" 12
  contains "$TEXT" 'not taken in by 10.99.0.10: it answered: it does not know this job'
  absent "$CASE/let-in"
  until_true 30 said 0 'refused 10.99.0.66: it does not know this job'
  node 3 1 -- true
  node 3 2 -- true
  ends 0 0
  contains "$(log 0)" 'ring of 3, sum 3, on node0 node1 node2'
}

second_of_a_kind_is_refused() {
  places 3
  node 3 0 -- bash -c 'sleep 1; echo went on'
  node 3 1 -- true
  until_true 60 said 0 'node 1 is 10.99.0.11'
  # It knows the token, but that node is here.
  as_stranger "$TOKEN" 1
  equal "$CODE" 12
  contains "$TEXT" 'node 1 is here already, from 10.99.0.11'
  node 3 2 -- true
  ends 0 0
  contains "$(log 0)" 'went on'
}

formed_world_is_closed() {
  nodes 2 -- bash -c 'echo formed; sleep 60'
  until_true 90 said 0 '^formed$'
  # Even who knows the token comes too late; and sshd lets in the main node's key alone.
  if (exec 3<>/dev/tcp/10.99.0.10/7117) 2>/dev/null; then broken "the outer network reaches node0"; fi
  CODE=0
  # shellcheck disable=SC2016  # Expanded in the place.
  ip netns exec stranger bash -c 'exec 3<>/dev/tcp/10.99.0.10/7117' 2>"$CASE/refused" || CODE=$?
  equal "$CODE" 1
  contains "$(cat "$CASE/refused")" refused
  ssh-keygen -q -t ed25519 -N '' -f "$CASE/own"
  CODE=0
  TEXT=$(ip netns exec stranger ssh -F /dev/null -i "$CASE/own" -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no \
    -o UserKnownHostsFile=/dev/null -p 7122 weft@10.99.0.11 true 2>&1) || CODE=$?
  equal "$CODE" 255
  contains "$TEXT" 'Permission denied'
  signal_node KILL "${PIDS[0]}"
  waited 1 60
}

host_keys_are_pinned() {
  # shellcheck disable=SC2016  # Expanded on the node.
  nodes 3 -- bash -c '
    cd ~/.weft-batch
    ssh -F ssh_config 10.99.0.11 echo with the right key
    # Node 1 with node 2'"'"'s key, as if another machine had taken its address.
    sed "s/^\[10.99.0.11\][^ ]* .*/[10.99.0.11]:7122 $(sed -n "s/^\[10.99.0.12\][^ ]* //p" known_hosts)/" known_hosts >swapped
    mv swapped known_hosts
    ssh -F ssh_config 10.99.0.11 echo with another key'
  ends 0 255
  contains "$(log 0)" 'with the right key'
  contains "$(log 0)" 'Host key verification failed'
  lacks "$(log 0)" $'\nwith another key'
}

false_main_node_is_not_let_in() {
  places 2
  # It answers at the main node's address, speaks the protocol, and does not know the token.
  ip netns exec node0 python3 -c '
import json, socket
server = socket.create_server(("10.99.0.10", 7117))
link, _ = server.accept()
file = link.makefile("rw")
file.write(json.dumps({"protocol": "weft-batch-1", "nonce": "0" * 64}) + "\n"); file.flush()
file.readline()
file.write(json.dumps({"key": "ssh-ed25519 " + "A" * 68, "proof": "0" * 64}) + "\n"); file.flush()
file.readline()' &
  local false_main=$!
  node 2 1 -- true
  ends 1 12
  contains "$(log 1)" 'not taken in by 10.99.0.10: it does not know this job'
  wait "$false_main"
}

child_without_a_main_node() {
  places 2
  node 2 1 WEFT_BATCH_FORM_SECONDS=3 -- true
  ends 1 11
  contains "$(log 1)" 'the main node did not answer at 10.99.0.10:7117 within 3 s'
}

told_to_end() {
  nodes 2 -- mpirun -n 2 --map-by node /mnt/bin/ring forever
  until_true 90 said 0 'ring of 2'
  # As ECS does.
  signal_node TERM "${PIDS[0]}"
  ends 0 143
  ends 1 143
}

told_to_end_before_all_are_there() {
  places 2
  node 2 0 -- true
  until_true 60 said 0 'waiting on port 7117'
  signal_node TERM "${PIDS[0]}"
  ends 0 143
  contains "$(log 0)" 'told to end before all nodes were there'
}

one_node_needs_no_world() {
  places 1
  # shellcheck disable=SC2016  # Expanded on the node.
  node 1 0 WEFT_BATCH_TOKEN= -- bash -c 'echo "hostfile: ${WEFT_BATCH_HOSTFILE-none}"; mpirun -n 2 /mnt/bin/ring exit 3'
  ends 0 3
  contains "$(log 0)" 'hostfile: none'
  contains "$(log 0)" 'ring of 2, sum 1, on node0 node0'
}

# ships STATUS COMMAND_STATUS EXPECTED
results_are_shipped() {
  places 1
  node 1 0 "WEFT_BATCH_SHIP=/mnt/bin/ship $1" -- bash -c "mkdir -p a b; touch a/manifest.json b/manifest.json b/data; exit $2"
  ends 0 "$3"
  contains "$(log 0)" 'shipped: manifest.json --job queue-1,0f1e2d3c-job,1'
  contains "$(log 0)" 'shipped: data manifest.json --job queue-1,0f1e2d3c-job,1'
}

half_a_bundle_is_an_error() {
  places 1
  node 1 0 "WEFT_BATCH_SHIP=/mnt/bin/ship 0" -- bash -c 'mkdir a; touch a/running.json'
  ends 0 14
  contains "$(log 0)" '/a has no manifest.json'
  lacks "$(log 0)" shipped:
}

# What a run leaves whose processes were all killed: its marker, and what it had written.
half_a_bundle_is_finished() {
  places 1
  # shellcheck disable=SC2016  # Expanded on the node.
  node 1 0 JAVA_HOME=/mnt/jdk "WEFT_BATCH_FINISH=/mnt/weft/scripts/weft spool finish" "WEFT_BATCH_SHIP=/mnt/bin/ship 0" -- bash -c '
    mkdir a && echo so far >a/half.log
    printf "{\"version\":1,\"cluster\":\"queue-1\",\"jobId\":\"0f1e2d3c-job\",\"attempt\":1,\"kernel\":\"cg\",\"host\":\"n\",\"pid\":7,\"startedAt\":\"%s\"}" \
      2026-01-02T03:04:05Z >a/running.json
    exit 137'
  ends 0 137
  contains "$(log 0)" '/a as failed'
  contains "$(log 0)" 'shipped: half.log manifest.json result.json --job queue-1,0f1e2d3c-job,1'
}

results_that_would_be_lost() {
  places 1
  node 1 0 -- bash -c 'mkdir a; touch a/manifest.json'
  ends 0 0
  contains "$(log 0)" 'neither WEFT_BATCH_SHARED nor WEFT_BATCH_SHIP is set'
  node 1 0 WEFT_BATCH_SHARED=/mnt/bundles -- true
  ends 0 2
  contains "$(log 0)" '/mnt/bundles is no mounted file system'
}

shared_storage_is_used() {
  places 1
  # /dev/shm is a file system of the node's that its user may write to.
  # The note is shown from the node's own file system, by a wrapper around the entry point.
  batch_variables 1 0
  # shellcheck disable=SC2016  # Expanded on the node.
  on_node node0 "$CASE/node0" "${BATCH_VARIABLES[@]}" WEFT_BATCH_SLOTS=2 WEFT_BATCH_SHARED=/dev/shm "WEFT_BATCH_SHIP=/mnt/bin/ship 0" -- bash -c '
    /mnt/batch/entrypoint bash -c "touch manifest.json; pwd; exit $0"
    code=$?
    ls -A /dev/shm/spool/incoming
    cat /dev/shm/spool/incoming/*
    exit "$code"' "$1"
  PIDS[0]=$NODE_PID
  ends 0 "$1"
  contains "$(log 0)" $'\n/dev/shm/0f1e2d3c-job/1\n'
  lacks "$(log 0)" shipped
  contains "$(log 0)" $'\nqueue-1-0f1e2d3c-job-1.json\n'
  tail -n 1 "$CASE/node0" | python3 -c '
import json, re, sys
note = json.loads(sys.stdin.readline())
assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", note.pop("endedAt"))
expected = {"version": 1, "cluster": "queue-1", "jobId": "0f1e2d3c-job", "attempt": 1, "state": sys.argv[1], "exitCode": int(sys.argv[2]),
            "bundles": ["/dev/shm/0f1e2d3c-job/1"]}
assert note == expected, note' "$2" "$1"
}

# bad VARIABLE=VALUE MESSAGE
bad_variable() {
  places 2
  node 2 1 "$1" -- true
  ends 1 2
  contains "$(log 1)" "$2"
}

t 'four nodes run one program, on eth0 alone' four_nodes_run_one_program
t 'four nodes run a verified kernel' four_nodes_run_a_verified_kernel
t "mpirun's status is the job's" status_of_mpirun_is_the_jobs
t 'a missing node is named at the deadline' missing_node_is_named
t 'a node that dies ends the job' dead_node_ends_the_job
t 'a node that vanishes ends the job' vanished_node_ends_the_job
t 'a stranger is refused, and the world forms' stranger_is_refused_and_the_world_forms
t 'a second node of the same number is refused' second_of_a_kind_is_refused
t 'a formed world is closed' formed_world_is_closed
t 'host keys are pinned' host_keys_are_pinned
t 'a false main node is not let in' false_main_node_is_not_let_in
t 'a child without a main node ends at the deadline' child_without_a_main_node
t 'told to end, the job ends everywhere' told_to_end
t 'told to end before all nodes are there' told_to_end_before_all_are_there
t 'one node needs no world' one_node_needs_no_world
t 'without shared storage results are shipped' results_are_shipped 0 0 0
t 'results of a failed job are shipped too' results_are_shipped 0 5 5
t 'results that are not shipped fail the job' results_are_shipped 1 0 14
t 'half a bundle is an error' half_a_bundle_is_an_error
t 'a run that was killed is shipped as a failed one' half_a_bundle_is_finished
t 'results that would be lost are spoken of' results_that_would_be_lost
t 'shared storage is used, and a note left' shared_storage_is_used 0 COMPLETED
t 'a failed job leaves its note too' shared_storage_is_used 3 FAILED
t 'no token' bad_variable WEFT_BATCH_TOKEN= 'WEFT_BATCH_TOKEN is missing'
t 'a short token' bad_variable WEFT_BATCH_TOKEN=short 'shorter than 32'
t 'a node number past the end' bad_variable AWS_BATCH_JOB_NODE_INDEX=2 'AWS_BATCH_JOB_NODE_INDEX='
t 'no address of the main node' bad_variable AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS= 'is no address'
t 'a queue that is none' bad_variable 'AWS_BATCH_JQ_NAME=../x' 'is no queue'
t 'no job' bad_variable AWS_BATCH_JOB_ID= 'is no job'
finish
