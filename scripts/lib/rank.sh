# shellcheck shell=bash
# Whether this process is one rank of many that a launcher has started.

# in_rank: sets RANK. SLURM_PROCID alone is no sign: Slurm also sets it for the batch script itself; SLURM_MPI_TYPE comes
# with srun's MPI plug-in.
in_rank() {
  RANK=${OMPI_COMM_WORLD_RANK:-${PMIX_RANK:-${PMI_RANK:-}}}
  if [[ -z $RANK && -n ${SLURM_MPI_TYPE:-} ]]; then
    RANK=${SLURM_PROCID:-}
  fi
  [[ -n $RANK ]]
}
