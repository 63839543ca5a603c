# shellcheck shell=bash
# What the job scripts share.

WEFT_HOME=${WEFT_HOME:-/shared/weft}
WEFT_BUNDLES=${WEFT_BUNDLES:-$WEFT_HOME/bundles}
STATUS=0 ATTENDED=
# A node that lacks something says so: it does not install it, with all others, in the middle of a job.
export WEFT_NO_INSTALL=1

# tell LINE...: what and where, then what to do.
tell() {
  printf 'weft job: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '  %s\n' "$@" >&2
}

# begin_job: the environment, and JOB_BUNDLES, a folder of this job's own.
begin_job() {
  trap stop TERM
  if [[ -r $WEFT_HOME/env.sh ]]; then
    # shellcheck source=/dev/null
    source "$WEFT_HOME/env.sh"
  fi
  [[ -x $WEFT_HOME/toolkit/scripts/weft ]] || {
    tell "there is no $WEFT_HOME/toolkit/scripts/weft on $(hostname)" "Set WEFT_HOME to where jdk and toolkit are on all nodes."
    exit 3
  }
  JOB_BUNDLES=$WEFT_BUNDLES/${SLURM_CLUSTER_NAME:-slurm}-$SLURM_JOB_ID-${SLURM_RESTART_COUNT:-0}
  mkdir "$JOB_BUNDLES" || {
    tell "cannot make $JOB_BUNDLES" "$WEFT_BUNDLES is to be on shared storage, and writable for you; or set WEFT_BUNDLES."
    exit 3
  }
  echo "job           $SLURM_JOB_ID on $SLURM_JOB_NUM_NODES nodes: $SLURM_JOB_NODELIST"
  echo "bundles       $JOB_BUNDLES"
}

weft() {
  exec "$WEFT_HOME/toolkit/scripts/weft" "$@"
}

# ranks: as many as sbatch was told, else one for each processor of the job.
ranks() {
  local part sum=0
  if [[ -n ${SLURM_NTASKS:-} ]]; then
    echo "$SLURM_NTASKS"
    return 0
  fi
  if [[ -n ${SLURM_NTASKS_PER_NODE:-} ]]; then
    echo $((SLURM_NTASKS_PER_NODE * SLURM_JOB_NUM_NODES))
    return 0
  fi
  # Such as 96(x2),48.
  for part in ${SLURM_JOB_CPUS_PER_NODE//,/ }; do
    [[ $part =~ ^([0-9]+)(\(x([0-9]+)\))?$ ]] || {
      tell "SLURM_JOB_CPUS_PER_NODE=$SLURM_JOB_CPUS_PER_NODE is not as Slurm writes it" "Say sbatch --ntasks-per-node."
      return 1
    }
    sum=$((sum + BASH_REMATCH[1] * ${BASH_REMATCH[3]:-1}))
  done
  echo "$sum"
}

# ask_doctor ARGS...: it starts ranks on all nodes of the job (so not under srun); with --network efa among the arguments
# they must find EFA in use.
ask_doctor() {
  local require=()
  if [[ ${WEFT_DOCTOR:-on} == off ]]; then
    tell "the doctor was not asked (WEFT_DOCTOR=off)"
    return 0
  fi
  if [[ " $* " == *' --network efa '* || " $* " == *' --network=efa '* ]]; then require=(--require efa); fi
  attended "$WEFT_HOME/toolkit/scripts/weft" doctor ${require[@]+"${require[@]}"}
  if ((STATUS != 0)); then
    tell "weft doctor ended with $STATUS: no run was started" "See what it says above."
    end_job
  fi
}

# attended COMMAND...: in the background, for bash waits with a trap only until a signal comes. Sets STATUS.
attended() {
  STATUS=0
  "$@" &
  ATTENDED=$!
  wait "$ATTENDED" || STATUS=$?
  ATTENDED=
}

# stop: Slurm says that time is running out, or the job is cancelled. The run ends its ranks and marks its bundle.
stop() {
  trap '' TERM
  STATUS=143
  tell "ended by a signal: the time limit is near, or the job was cancelled"
  if [[ -n $ATTENDED ]]; then
    kill -TERM "$ATTENDED" 2>/dev/null || true
    wait "$ATTENDED" || true
  fi
  exit "$STATUS"
}

# show_network BUNDLE: what messages really crossed, as found by the run, not as asked for.
show_network() {
  local report=$1/report.txt
  if [[ -r $report ]]; then
    sed -n "s|^network  *|really used   ${1##*/}: |p" "$report"
  else
    tell "${1##*/}: no network was used to the end: there is no $report"
  fi
}

# show_measured SAMPLES: the networks of the cells that were filled.
show_measured() {
  if [[ -r $1 ]]; then
    tr -d '\n' <"$1" | grep -o '"found" *: *{[^}]*}' | sed 's/.*"network" *: *"\([^"]*\)".*/really used   \1/' | sort | uniq -c |
      sed 's/^ *\([0-9]*\) \(.*\)/\2, in \1 cells/' || tell "no cell was filled: see $1"
  else
    tell "nothing was measured: there is no $1"
  fi
}

end_job() {
  exit "$STATUS"
}
