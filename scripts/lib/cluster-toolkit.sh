# shellcheck shell=bash
# What the head node fetches: the built application and the scripts, in one file that is named by its content.

# pack_toolkit FILE: writes it from this checkout.
pack_toolkit() {
  local parts=(scripts build/weft.stamp parallelcluster-config/slurm) folder
  for folder in "$APP" "${PLUG_INS[@]}"; do parts+=("${folder#"$WEFT_ROOT"/}"); done
  build_is_fresh || die "$EXIT_MISSING" "there is no build to take along: $STALE" "Start scripts/weft --version, which builds."
  [[ -f $CLUSTER_HOME/slurm/epilog-slurmctld ]] || die "$EXIT_MISSING" "$CLUSTER_HOME/slurm/epilog-slurmctld is not there" \
    "Start from a complete checkout, or give a packed toolkit by --toolkit."
  # The same content gives the same bytes, and so the same name. The stamp must not be older than what it vouches for.
  tar -C "$WEFT_ROOT" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 --exclude='scripts/test.d' -c "${parts[@]}" | gzip -n >"$1"
}

# The parameters (cluster-parameters.sh): by name.
declare -gA P

# name_toolkit FILE: sets its hash and its name in the bucket, which covers the bootstrap scripts beside it too.
name_toolkit() {
  local all
  P[TOOLKIT_SHA256]=$(sha256sum <"$1" | cut -d ' ' -f 1)
  all=$(cat "$1" "$CLUSTER_HOME"/clusters/bootstrap/* | sha256sum | cut -c 1-12)
  # shellcheck disable=SC2034  # Read by the renderer.
  P[TOOLKIT]=weft-$all
}
