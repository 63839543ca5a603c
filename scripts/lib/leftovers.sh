# shellcheck shell=bash
# What a test run leaves behind: processes and shared memory.

readonly SHM=${WEFT_TEST_SHM:-/dev/shm}

# mark_run: from here on every process that is started carries the mark in its environment; this shell itself does not,
# since /proc shows the environment that a process was started with.
mark_run() {
  WEFT_TEST_RUN=$$-$RANDOM$RANDOM$RANDOM
  export WEFT_TEST_RUN
}

# shared_memory: the names in /dev/shm, one a line, sorted.
shared_memory() {
  [[ ! -d $SHM ]] || find "$SHM" -mindepth 1 -user "$(id -u)" | LC_ALL=C sort
}

# marked_processes: sets PIDS. Zombies have no environment left and are none of ours to reap.
marked_processes() {
  local file pid
  PIDS=()
  while IFS= read -r file; do
    pid=${file#/proc/}
    pid=${pid%/environ}
    PIDS+=("$pid")
    # The grep that looks must not find itself.
  done < <(env -u WEFT_TEST_RUN grep -lszF "WEFT_TEST_RUN=$WEFT_TEST_RUN" /proc/[0-9]*/environ)
}

# held_by_others FILE: true when a process that this run did not start has the file mapped or open: then it is not ours.
held_by_others() {
  local file pid
  while IFS= read -r file; do
    pid=${file#/proc/}
    pid=${pid%%/*}
    grep -qszF "WEFT_TEST_RUN=$WEFT_TEST_RUN" "/proc/$pid/environ" && continue
    [[ ! -d /proc/$pid ]] || return 0
  done < <(grep -lsF -- " $1" /proc/[0-9]*/maps || true; find /proc/[0-9]*/fd -lname "$1" 2>/dev/null)
  return 1
}

# of_killed_rank FILE: true for what Open MPI, UCX, MPICH and libfabric's shm and efa providers keep there while a rank lives. Tests
# kill ranks with SIGKILL, after which nobody is left to remove these; any other name is a leftover.
of_killed_rank() {
  case ${1##*/} in
    vader_segment.* | sm_segment.* | ucx_shm_posix_* | mpich_shar_* | [0-9]*:[0-9]*:[0-9]* | fe80::*) return 0 ;;
    *) return 1 ;;
  esac
}

# find_leftovers BEFORE: sets LEFTOVERS, a line each. BEFORE is a file with shared_memory's list from before the run.
# A process that is on its way out is given three seconds.
find_leftovers() {
  local pid name command i
  LEFTOVERS=()
  for i in {1..15}; do
    marked_processes
    ((${#PIDS[@]} > 0)) || break
    ((i == 15)) || sleep 0.2
  done
  for pid in ${PIDS[@]+"${PIDS[@]}"}; do
    command=$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null) || continue
    LEFTOVERS+=("process $pid still runs: ${command:0:200}")
  done
  while IFS= read -r name; do
    [[ -e $name ]] || continue
    held_by_others "$name" && continue
    if of_killed_rank "$name"; then
      say "swept $name, which a rank that a test killed could not remove"
      rm -f -- "$name"
      continue
    fi
    LEFTOVERS+=("file left in shared memory: $name")
  done < <(LC_ALL=C comm -13 "$1" <(shared_memory))
}

# end_marked_processes: what the tests forgot would disturb the next run.
end_marked_processes() {
  marked_processes
  ((${#PIDS[@]} == 0)) || kill -TERM "${PIDS[@]}" 2>/dev/null || true
}
