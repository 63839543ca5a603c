#!/usr/bin/env bash
# The job scripts, the epilog and the spool on a real Slurm: slurmctld, slurmd and munge, each node in namespaces of its own.
# With --long also: a job that hears of its time limit only when it is killed, one that is requeued, and ranks without MPI under srun.

# shellcheck source=scripts/test.d/lib.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/test.d/slurm-cluster.sh
source "$SCRIPTS/test.d/slurm-cluster.sh"

LONG=${WEFT_TEST_LONG:-no}
TOOLKIT=$(cd -P -- "$SCRIPTS/.." && pwd)

if [[ ${WEFT_INSIDE:-} != slurm ]]; then
  rm -rf "$WORK"
  # The nodes run what is built, and neither build nor install.
  "$SCRIPTS/weft" --version
  in_own_namespaces "${BASH_SOURCE[0]}" 'jobs on a real Slurm'
fi

trap 'end_cluster; rm -rf "$WORK"' EXIT
# What is asserted does not depend on how long it took; these are for hangs.
readonly PATIENCE=120
readonly OUT=$SHARED/out BUNDLES=$SHARED/weft/bundles SPOOL=$SHARED/weft/spool
readonly JOBS=$SHARED/weft/toolkit/parallelcluster-config/slurm

make_head "$TOOLKIT" 4
install -m 0755 "$TOOLKIT/parallelcluster-config/slurm/epilog-slurmctld" "$SHARED/weft/epilog-slurmctld"
printf 'WEFT_SPOOL=%s\nWEFT_BUNDLES=%s\n' "$SPOOL" "$BUNDLES" >"$SHARED/weft/weft.conf"
install -d -m 1777 "$BUNDLES" "$OUT"
cd "$OUT" || exit 1
env WEFT_NO_INSTALL=1 "$SHARED/weft/toolkit/scripts/weft" spool serve --spool "$SPOOL" --settle 0 >/mnt/spool.log 2>&1 &
start_head
for ((i = 1; i <= 4; i++)); do start_node "$i"; done

# eventually COMMAND...: asks four times a second; each question to Slurm costs a process and a connection.
eventually() {
  local i
  for ((i = 0; i < 4 * PATIENCE; i++)); do
    if "$@"; then return 0; fi
    sleep 0.25
  done
  broken "did not come true in $PATIENCE s: $*"
}

nodes_are() {
  [[ $(sinfo --noheader --Node --format '%T' | sort -u) == "$1" ]]
}

cluster_is_up() {
  eventually nodes_are idle
  eventually test -d "$SPOOL/incoming"
}

# The doctor is a part of the toolkit; without it the job scripts are told so, aloud.
DOCTOR=on
doctor_is_there() {
  "$SHARED/weft/toolkit/scripts/weft" --help | grep -q '^  doctor '
}
if ! doctor_is_there; then DOCTOR=off; fi

SUBMITTED=0
# job SBATCH-ARGS...: submits as the user; sets JOB. What it prints goes to $OUT/JOB.
job() {
  SUBMITTED=$((SUBMITTED + 1))
  JOB=$(as_user env "WEFT_HOME=$SHARED/weft" "WEFT_DOCTOR=$DOCTOR" sbatch --parsable --chdir "$OUT" --output "$OUT/%j" \
    --ntasks-per-node=2 "$@")
}

# step NODES SRUN-ARGS...: a job that is one srun.
step() {
  local nodes=$1 script
  shift
  script=$(mktemp "$OUT/step-XXXXXX")
  chmod 0755 "$script"
  printf '#!/usr/bin/env bash\nexec srun %s\n' "$*" >"$script"
  job --nodelist="$nodes" -N2 "$script"
}

state_of() {
  scontrol --oneliner show job "$1" | sed -n 's/.* JobState=\([A-Z_]*\).*/\1/p'
}

has_state() {
  [[ $(state_of "$1") == "$2" ]]
}

has_left_the_queue() {
  [[ $(state_of "$1") =~ ^(COMPLETED|FAILED|CANCELLED|TIMEOUT|NODE_FAIL)$ ]]
}

# over JOB STATE: it ends, and so.
over() {
  eventually has_left_the_queue "$1"
  has_state "$1" "$2" || broken "job $1 ended as $(state_of "$1"), not as $2: $(cat "$OUT/$1")"
}

# is_computing JOB: its ranks are at work, which one that is to be ended from outside then stays for an hour.
is_computing() {
  grep -q 'cg matrix' "$OUT/$1" 2>/dev/null
}

# endless NODES ARGS of sbatch...: a job that ends only if something ends it.
endless() {
  local nodes=$1
  shift
  job --nodelist="$nodes" -N2 --ntasks-per-node=1 --export ALL,WEFT_WARM_UP_SECONDS=3600 "$@" "$JOBS/run-kernel" cg --class A --yield true
}

# once_computing JOB COMMAND...: in the background.
once_computing() {
  local job=$1
  shift
  (
    trap - EXIT
    eventually is_computing "$job"
    "$@"
  ) &
}

# check_bundle FOLDER: the manifest and every file that it names; prints status, state, job.
check_bundle() {
  python3 - "$1" <<'END_OF_CHECK'
import hashlib, json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text())
names = sorted(entry["name"] for entry in manifest["files"])
there = sorted(path.name for path in folder.iterdir() if path.name != "manifest.json")
assert names == there, f"the manifest names {names}, and there are {there}"
for entry in manifest["files"]:
    content = (folder / entry["name"]).read_bytes()
    assert len(content) == entry["bytes"], entry
    assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry
result = json.loads((folder / "result.json").read_text())
job = result["job"]
print(result["status"], result.get("failure", {}).get("state", "-"), job["cluster"], job["jobId"], job["attempt"])
END_OF_CHECK
}

# failed_bundle JOB STATES [ATTEMPT]: a whole bundle of the first attempt, marked as failed, whose run or job ended in one of these
# states, once the note of the (first) attempt has been worked through.
failed_bundle() {
  local folder=$BUNDLES/weft-$1-0/cg said
  eventually test -e "$SPOOL/sent/weft-$1-${3:-0}.json"
  said=$(check_bundle "$folder")
  [[ $said =~ ^failed\ ($2)\ weft\ $1\ 0$ ]] || broken "job $1: the bundle says '$said', not $2; $(cat /mnt/spool.log)"
}

# user_processes NODE: the job user's, as that node sees them.
user_processes() {
  on_node "$1" pgrep -u "$JOB_UID" -l
}

# clean NODES...: no process of the user is left, and no node is drained, down or failing.
clean() {
  local node
  for node in "$@"; do
    eventually lacks_processes "$node"
    eventually is_fine "$node"
  done
}

lacks_processes() {
  ! user_processes "$1" >/dev/null
}

is_fine() {
  [[ $(sinfo --noheader --Node --nodes "$1" --format '%T') =~ ^(idle|allocated|mixed)$ ]]
}

both_hosts() {
  contains "$(cat "$OUT/$1")" 'on 4 ranks, '
  grep -Eq '^run .*, (n1, n2|n2, n1)$' "$OUT/$1" || broken "job $1 did not run on n1 and n2: $(cat "$OUT/$1")"
}

verified() {
  over "$1" COMPLETED
  both_hosts "$1"
  contains "$(cat "$OUT/$1")" 'verified      zeta'
}

job_script_runs() {
  verified "$1"
  contains "$(cat "$OUT/$1")" "really used   cg: tcp (veth)"
  contains "$(cat "$OUT/$1")" "$2"
  eventually test -e "$SPOOL/sent/weft-$1-0.json"
  equal "$(check_bundle "$BUNDLES/weft-$1-0/cg")" "verified - weft $1 0"
}

doctor_comes_first() {
  [[ $DOCTOR == on ]] || skip_case "this build has no weft doctor: the job scripts ran with WEFT_DOCTOR=off, which they say"
  local said
  over "$1" COMPLETED
  said=$(cat "$OUT/$1")
  # Asked of ranks on both nodes, before the run.
  contains "${said%%'run           cg'*}" 'by itself: tcp (veth)'
  # There is no EFA here: a job that wants it starts no run.
  over "$2" FAILED
  contains "$(cat "$OUT/$2")" 'no run was started'
  absent "$BUNDLES/weft-$2-0/cg"
}

bytes_crossed() {
  local before after
  before=$(<"$WORK/sent-$1")
  after=$(sent "$1")
  # CG of class S moves 13.4 MiB, half of it between nodes, four times.
  ((after - before > 4 * 1000 * 1000)) || broken "$1 has sent $((after - before)) bytes to the other node"
}

without_plugin_is_refused() {
  over "$1" FAILED
  contains "$(cat "$OUT/$1")" '--mpi=pmix'
}

# The exit status of a job script is the job's.
status_arrives() {
  over "$1" FAILED
  contains "$(scontrol --oneliner show job "$1")" ' ExitCode=2:0 '
  contains "$(cat "$OUT/$1")" 'no class X'
}

killed_rank() {
  local pid
  eventually is_computing "$1"
  # A rank of this job on n2.
  # shellcheck disable=SC2016  # Expanded on the node.
  pid=$(on_node n2 bash -c 'for p in /proc/[0-9]*; do
      if grep -qsz "^SLURM_JOB_ID=$1$" "$p/environ" && grep -qsz "^OMPI_COMM_WORLD_RANK=" "$p/environ" && [[ $(readlink "$p/exe") == */java ]]; then
        echo "${p#/proc/}"; break
      fi
    done' _ "$1")
  [[ -n $pid ]] || broken "no rank of job $1 on n2: $(on_node n2 ps -ef)"
  on_node n2 kill -KILL "$pid"
  over "$1" FAILED
  contains "$(scontrol --oneliner show job "$1")" ' ExitCode=1:0 '
  failed_bundle "$1" FAILED
  clean n1 n2
}

near_time_limit() {
  over "$1" FAILED
  contains "$(scontrol --oneliner show job "$1")" ' ExitCode=143:0 '
  contains "$(cat "$OUT/$1")" 'the time limit is near'
  failed_bundle "$1" INTERRUPTED
  clean n1 n2
}

cancelled() {
  eventually is_computing "$1"
  as_user scancel "$1"
  over "$1" CANCELLED
  failed_bundle "$1" 'INTERRUPTED|CANCELLED|FAILED'
  clean n1 n2
}

killed_batch_step() {
  eventually is_computing "$1"
  scancel --batch --signal=KILL "$1"
  over "$1" FAILED
  failed_bundle "$1" 'FAILED'
  clean n1 n2
}

kill_slurmd() {
  # shellcheck disable=SC2016  # Expanded on the node.
  on_node n4 bash -c 'kill -KILL $(pgrep -x slurmd)'
}

killed_slurmd() {
  over "$1" NODE_FAIL
  failed_bundle "$1" 'NODE_FAIL|INTERRUPTED|FAILED'
  # As systemd, or whoever is called, starts it again. It ends what it finds of jobs that are over.
  start_slurmd n4
  clean n3 n4
}

killed_at_time_limit() {
  [[ $LONG == yes ]] || skip_case 'it takes two minutes: scripts/test --long'
  over "$1" TIMEOUT
  failed_bundle "$1" 'TIMEOUT|INTERRUPTED|FAILED'
  clean n1 n2
}

srun_without_mpi() {
  [[ $LONG == yes ]] || skip_case 'scripts/test --long'
  verified "$1"
  contains "$(cat "$OUT/$1")" 'via           libfabric'
}

requeued() {
  [[ $LONG == yes ]] || skip_case 'scripts/test --long'
  eventually is_computing "$1"
  scontrol requeue "$1"
  eventually test -e "$BUNDLES/weft-$1-1"
  over "$1" COMPLETED
  # Slurm has counted the next attempt when it tells the epilog that the first has ended: one name for the notes of both.
  failed_bundle "$1" 'INTERRUPTED|CANCELLED|FAILED|REQUEUED' 1
  equal "$(check_bundle "$BUNDLES/weft-$1-1/cg")" "verified - weft $1 1"
}

compared() {
  [[ $LONG == yes ]] || skip_case 'scripts/test --long'
  over "$1" COMPLETED
  contains "$(cat "$OUT/$1")" 'really used   ena-1: tcp (veth)'
  contains "$(cat "$OUT/$1")" 'time to first'
  equal "$(check_bundle "$BUNDLES/weft-$1-0/cg/ena-2")" "verified - weft $1 0"
  absent "$BUNDLES/weft-$1-0/cg/running.json"
}

benchmarked() {
  [[ $LONG == yes ]] || skip_case 'scripts/test --long'
  over "$1" COMPLETED
  contains "$(cat "$OUT/$1")" 'really used   tcp (veth), in 1 cells'
  exists "$BUNDLES/weft-$1-0/bench/page.html"
}

one_note_per_job() {
  eventually all_notes_sent "$SUBMITTED"
  equal "$(find "$SPOOL/refused" "$SPOOL/incoming" -type f)" ''
  # slurmctld complains of an epilog that does not end with 0.
  lacks "$(cat /mnt/slurmctld.log)" 'epilog_slurmctld'
}

all_notes_sent() {
  [[ $(find "$SPOOL/sent" -name '*.json' | wc -l) == "$1" ]]
}

epilog() {
  env -i SLURM_CLUSTER_NAME=weft SLURM_JOB_ID=4711 SLURM_JOB_RESTART_COUNT=2 SLURM_JOB_EXIT_CODE2=3:0 "$@"
}

epilog_alone() {
  local note
  mkdir -p "$CASE/spool/incoming"
  cp "$SHARED/weft/epilog-slurmctld" "$CASE/"
  printf 'WEFT_SPOOL=%s\nWEFT_BUNDLES=/b\n' "$CASE/spool" >"$CASE/weft.conf"
  epilog "$CASE/epilog-slurmctld"
  note=$(<"$CASE/spool/incoming/weft-4711-2.json")
  contains "$note" '"cluster":"weft","jobId":"4711","attempt":2,"state":"UNKNOWN","exitCode":3,"bundles":["/b/weft-4711-0","/b/weft-4711-1","/b/weft-4711-2"]'
  equal "$(find "$CASE/spool/incoming" -type f | wc -l)" 1
  # Nothing of this name can become a path, and nothing fails.
  epilog SLURM_CLUSTER_NAME=../../up "$CASE/epilog-slurmctld"
  epilog SLURM_JOB_ID= "$CASE/epilog-slurmctld"
  equal "$(find "$CASE/spool/incoming" -type f | wc -l)" 1
  rm -r "$CASE/spool"
  epilog "$CASE/epilog-slurmctld"
}

epilog_on_hanging_storage() {
  mkdir -p "$CASE/spool/incoming"
  cp "$SHARED/weft/epilog-slurmctld" "$CASE/"
  printf 'WEFT_SPOOL=%s\n' "$CASE/spool" >"$CASE/weft.conf"
  # A pipe that nobody reads takes the writer as storage does that does not answer; exec keeps the process's number.
  # shellcheck disable=SC2016  # Expanded inside.
  epilog timeout --foreground "$PATIENCE" bash -c 'mkfifo "$1/spool/incoming/.weft-4711-2.$$.part"; exec "$1/epilog-slurmctld"' _ "$CASE"
  absent "$CASE/spool/incoming/weft-4711-2.json"
}

t 'slurmctld and four slurmd are up' cluster_is_up
for node in n1 n2; do sent "$node" >"$WORK/sent-$node"; done

job -w n[1-2] -N2 "$JOBS/run-kernel" cg && open_mpi=$JOB
job -w n[1-2] -N2 "$JOBS/run-kernel" cg --mpi mpich && mpich=$JOB
step n[1-2] --mpi=pmix "$SHARED/weft/toolkit/scripts/weft" run cg && pmix=$JOB
step n[1-2] --mpi=pmi2 "$SHARED/weft/toolkit/scripts/weft" run cg && pmi2=$JOB
job -w n[1-2] -N2 "$JOBS/run-kernel" cg --class X && wrong=$JOB
job -w n[1-2] -N2 "$JOBS/run-kernel" cg --network efa && efa=$JOB
t 'run-kernel over Open MPI, two nodes and two ranks on each' job_script_runs "$open_mpi" 'via           mpi (Open MPI'
t 'run-kernel over MPICH, two nodes and two ranks on each' job_script_runs "$mpich" 'via           mpi (MPICH'
t 'srun --mpi=pmix starts ranks of Open MPI' verified "$pmix"
t 'srun --mpi=pmi2 starts ranks of MPICH' verified "$pmi2"
t 'the messages of n1 really crossed the network' bytes_crossed n1
t 'the messages of n2 really crossed the network' bytes_crossed n2
t 'the doctor is asked before the run' doctor_comes_first "$open_mpi" "$efa"
t "weft run's status is the job's" status_arrives "$wrong"

endless n[3-4] && slurmd=$JOB
endless n[1-2] && limit=$JOB
endless n[1-2] && rank=$JOB
step n[1-2] --mpi=none "$SHARED/weft/toolkit/scripts/weft" run cg && none=$JOB
once_computing "$slurmd" kill_slurmd
# Less is left than the 120 s of --signal.
once_computing "$limit" scontrol update JobId="$limit" TimeLimit=1
t 'a killed rank leaves a failed bundle and a clean node' killed_rank "$rank"
endless n[1-2] && cancel=$JOB
t 'scancel leaves a failed bundle and a clean node' cancelled "$cancel"
endless n[1-2] && batch=$JOB
t 'a killed batch step leaves a failed bundle and a clean node' killed_batch_step "$batch"
t 'a killed slurmd leaves a failed bundle and a clean node' killed_slurmd "$slurmd"
t 'a run near its time limit ends itself, with a failed bundle' near_time_limit "$limit"
if [[ $LONG == yes ]]; then
  step n[1-2] --mpi=pmix env WEFT_RENDEZVOUS=launcher "$SHARED/weft/toolkit/scripts/weft" run cg --via libfabric --network ena && free=$JOB
  step n[1-2] --mpi=pmi2 env WEFT_RENDEZVOUS=launcher "$SHARED/weft/toolkit/scripts/weft" run cg --via libfabric --network ena && pmi1=$JOB
  # It does not hear of --signal: it is killed at its time limit.
  script=$(mktemp "$OUT/deaf-XXXXXX")
  # shellcheck disable=SC2016  # Expanded in the job.
  printf '%s\n' '#!/usr/bin/env bash' 'trap "" TERM' 'mkdir "$WEFT_BUNDLES/weft-$SLURM_JOB_ID-0"' \
    '"$WEFT_HOME/toolkit/scripts/weft" run cg --class A --yield true --ranks 4 --bundle "$WEFT_BUNDLES/weft-$SLURM_JOB_ID-0/cg"' >"$script"
  chmod 0755 "$script"
  job -w n[1-2] -N2 --time 1 --export "ALL,WEFT_WARM_UP_SECONDS=3600,WEFT_BUNDLES=$BUNDLES" "$script" && deaf=$JOB
  job -w n[1-2] -N2 --export ALL,WEFT_NETWORKS=ena "$JOBS/compare-networks" cg --rounds 2 && compare=$JOB
  job -w n[1-2] -N2 "$JOBS/benchmark" PingPong -p via=mpi -p network=ena -p bytes=8 --quick && bench=$JOB
  again=$(mktemp "$OUT/again-XXXXXX")
  # shellcheck disable=SC2016  # Expanded in the job.
  printf '%s\n' '#!/usr/bin/env bash' 'class=A; if [[ -n ${SLURM_RESTART_COUNT:-} ]]; then class=S WEFT_WARM_UP_SECONDS=0; fi' \
    "exec $JOBS/run-kernel cg --class \$class" >"$again"
  chmod 0755 "$again"
  job -w n[3-4] -N2 --requeue --open-mode append --export ALL,WEFT_WARM_UP_SECONDS=3600 "$again" && requeue=$JOB
fi
t 'srun without a plug-in for MPI is refused' without_plugin_is_refused "$none"
t 'srun --mpi=pmix starts ranks without MPI' srun_without_mpi "${free:-}"
t 'srun --mpi=pmi2 starts ranks without MPI' srun_without_mpi "${pmi1:-}"
t 'a job that is killed at its time limit leaves a failed bundle' killed_at_time_limit "${deaf:-}"
t 'compare-networks has a bundle for each run' compared "${compare:-}"
t 'benchmark measures between nodes' benchmarked "${bench:-}"
t 'a requeued job has a bundle for each attempt' requeued "${requeue:-}"
t 'each job has left one note, and all were sent' one_note_per_job
t 'the epilog writes one note, and never fails' epilog_alone
t 'the epilog ends though storage hangs' epilog_on_hanging_storage
finish
