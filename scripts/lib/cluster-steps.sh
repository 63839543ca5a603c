# shellcheck shell=bash
# What scripts/cluster does to AWS: each call goes through run, which only says it under --dry-run.

# The parameters (cluster-parameters.sh): by name.
declare -gA P

# shown COMMAND...: as it could be pasted.
shown() {
  local word text=
  for word in "$@"; do printf -v word '%q' "$word" && text+=" $word"; done
  printf '%s' "${text# }"
}

# run COMMAND...: says it and does it.
run() {
  if [[ $DRY_RUN == yes ]]; then
    # Past whatever the caller does with the command's own output.
    echo "would run: $(shown "$@")" >&3
    return 0
  fi
  say "+ $(shown "$@")"
  "$@"
}

# aws_in COMMAND...: the AWS command line in the region, never waiting for a person at a pager.
aws_in() {
  run aws --region "${P[REGION]}" --no-cli-pager "$@"
}

# find_tools TOOL...: each must be there; all that are missing are named together.
find_tools() {
  local tool lines=()
  for tool in "$@"; do
    type -P "$tool" >/dev/null && continue
    case $tool in
      aws) lines+=("  aws: the AWS command line, version 2 (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)") ;;
      pcluster) lines+=("  pcluster: AWS ParallelCluster's command line, 3.15 or newer: pipx install 'aws-parallelcluster>=3.15,<4' (it wants Node.js too)") ;;
      *) lines+=("  $tool") ;;
    esac
  done
  ((${#lines[@]} > 0)) || return 0
  if [[ $DRY_RUN == yes ]]; then
    say "not on this machine, and needed without --dry-run:"
    printf '%s\n' "${lines[@]}" >&2
    return 0
  fi
  die "$EXIT_MISSING" "missing on this machine:" "${lines[@]}" "Install it, put it on PATH, and start again."
}

# check_account: what would make the creation fail after minutes is asked before.
check_account() {
  aws_in sts get-caller-identity --query Arn --output text >&2 ||
    die "$EXIT_AWS" "AWS does not accept your credentials." "aws configure sso, or set AWS_PROFILE; aws sts get-caller-identity tells."
  [[ $KIND != batch ]] || return 0
  aws_in s3api head-bucket --bucket "${P[BUCKET]}" >&2 ||
    die "$EXIT_AWS" "bucket ${P[BUCKET]} is not there, or not yours." "aws s3 mb s3://${P[BUCKET]} --region ${P[REGION]}"
  aws_in ec2 describe-key-pairs --key-names "${P[KEY_NAME]}" --query 'KeyPairs[].KeyName' --output text >&2 ||
    die "$EXIT_AWS" "there is no key pair ${P[KEY_NAME]} in ${P[REGION]}." \
      "aws ec2 import-key-pair --region ${P[REGION]} --key-name ${P[KEY_NAME]} --public-key-material fileb://~/.ssh/id_ed25519.pub"
}

# deploy STACK TEMPLATE [PARAMETER=VALUE...]: creates or updates a stack; a stack that is up to date is no error.
deploy() {
  local stack=$1 template=$2 tags=("project=${P[PROJECT]}")
  # Network and budget are there for all clusters.
  [[ $stack != "${P[CLUSTER]}" ]] || tags+=("cluster=${P[CLUSTER]}" "kind=$KIND")
  shift 2
  aws_in cloudformation deploy --stack-name "$stack" --template-file "$template" --no-fail-on-empty-changeset \
    --capabilities CAPABILITY_IAM --tags "${tags[@]}" --parameter-overrides "$@" >&2 ||
    die "$EXIT_AWS" "stack $stack was not made." \
      "aws cloudformation describe-stack-events --region ${P[REGION]} --stack-name $stack says why; then start again: what is there stays."
}

make_network() {
  local zone=
  [[ -z ${P[PRIVATE_SUBNET]:-} ]] || return 0
  if [[ $DRY_RUN == no ]]; then
    # No stack is no error here.
    zone=$(aws --region "${P[REGION]}" --no-cli-pager cloudformation describe-stacks --stack-name "${P[NETWORK_STACK]}" \
      --query "Stacks[0].Parameters[?ParameterKey=='AvailabilityZone'].ParameterValue" --output text 2>/dev/null) || zone=
  fi
  # CloudFormation would try to replace the subnets under whatever runs in them.
  [[ -z $zone || $zone == None || $zone == "${P[ZONE]}" ]] || die "$EXIT_USAGE" "network ${P[NETWORK_STACK]} is in zone $zone, not in ${P[ZONE]}." \
    "Give --zone $zone, or another --network-stack for a network of its own."
  deploy "${P[NETWORK_STACK]}" "$CLUSTER_HOME/network/network.yaml" "AvailabilityZone=${P[ZONE]}" "Project=${P[PROJECT]}"
}

make_budget() {
  [[ $WITH_BUDGET == yes ]] || return 0
  deploy "${P[NETWORK_STACK]}-budget" "$CLUSTER_HOME/network/budget.yaml" "Project=${P[PROJECT]}" "LimitUsd=${P[BUDGET]}" "Email=${P[EMAIL]}"
}

# read_network: the five values, from options or from the stack's outputs.
read_network() {
  local name output value
  [[ -z ${P[PRIVATE_SUBNET]:-} ]] || return 0
  for name in "${NETWORK_PARAMETERS[@]}"; do
    case $name in
      PRIVATE_SUBNET) output=PrivateSubnetId ;;
      PUBLIC_SUBNET) output=PublicSubnetId ;;
      EFA_GROUP) output=EfaSecurityGroupId ;;
      PLACEMENT_GROUP) output=PlacementGroupName ;;
      VPC_CIDR) output=VpcCidr ;;
    esac
    if [[ $DRY_RUN == yes ]]; then
      P[$name]="($output of stack ${P[NETWORK_STACK]})"
      continue
    fi
    value=$(aws_in cloudformation describe-stacks --stack-name "${P[NETWORK_STACK]}" \
      --query "Stacks[0].Outputs[?OutputKey=='$output'].OutputValue" --output text) || value=
    [[ -n $value && $value != None ]] || die "$EXIT_AWS" "stack ${P[NETWORK_STACK]} in ${P[REGION]} has no output $output." \
      "scripts/cluster create makes the network; for one of your own give --private-subnet, --public-subnet, --efa-group, --placement-group, --vpc-cidr."
    P[$name]=$value
  done
}

# get_toolkit: packs it, or takes the one that was given; sets TOOLKIT_FILE.
get_toolkit() {
  if [[ -n $TOOLKIT_FILE ]]; then
    [[ -r $TOOLKIT_FILE ]] || die "$EXIT_USAGE" "--toolkit $TOOLKIT_FILE cannot be read."
  else
    TOOLKIT_FILE=$TMP/weft.tar.gz
    pack_toolkit "$TOOLKIT_FILE"
  fi
  name_toolkit "$TOOLKIT_FILE"
}

upload_toolkit() {
  local to=s3://${P[BUCKET]}/software/${P[TOOLKIT]} file
  for file in "$CLUSTER_HOME"/clusters/bootstrap/*; do
    aws_in s3 cp --only-show-errors "$file" "$to/${file##*/}" >&2 || die "$EXIT_AWS" "cannot write to $to" "May you write to the bucket?"
  done
  aws_in s3 cp --only-show-errors "$TOOLKIT_FILE" "$to/weft.tar.gz" >&2 || die "$EXIT_AWS" "cannot write to $to" "May you write to the bucket?"
}

# pcluster_in COMMAND...
pcluster_in() {
  run pcluster "$@" --region "${P[REGION]}"
}

make_slurm_cluster() {
  local file=$1 answer code=0
  # Its own dry run asks AWS what our checks cannot. It ends with an error status even when all is well.
  answer=$(pcluster_in create-cluster --cluster-name "${P[CLUSTER]}" --cluster-configuration "$file" --dryrun true 2>&1) || code=$?
  if [[ $DRY_RUN == no && $answer != *'Request would have succeeded'* ]]; then
    printf '%s\n' "$answer" >&2
    die "$EXIT_AWS" "ParallelCluster refuses the configuration (status $code); nothing but the network was made." "Its messages are above; the configuration is $file."
  fi
  pcluster_in create-cluster --cluster-name "${P[CLUSTER]}" --cluster-configuration "$file" ||
    die "$EXIT_AWS" "ParallelCluster did not begin the cluster." "Its message is above; the configuration is $file."
}

make_batch() {
  local vcpus
  vcpus=$(type_field "${P[COMPUTE_TYPE]}" 3)
  deploy "${P[CLUSTER]}" "$CLUSTER_HOME/batch/batch.yaml" "NetworkStack=${P[NETWORK_STACK]}" "InstanceType=${P[COMPUTE_TYPE]}" \
    "NetworkCards=${P[CARDS]}" "VcpusPerNode=$vcpus" "MaxVcpus=$((vcpus * P[MAX_NODES]))" "MemoryMiB=$(batch_memory)" \
    "Image=${P[IMAGE]}" "BundleFileSystemId=${P[EFS]}" "BundleAccessPointId=${P[EFS_ACCESS_POINT]}" \
    "ShipCommand=${P[SHIP]}" "PublishPolicyArn=${P[PUBLISH_POLICY]}" "Project=${P[PROJECT]}"
}

# batch_memory: ECS's agent and the kernel keep some of it: a job that asks for all of it waits for ever.
batch_memory() {
  local gib
  gib=$(type_field "${P[COMPUTE_TYPE]}" 5)
  echo $((gib * 1024 * 9 / 10))
}

confirm() {
  local answer
  [[ $DRY_RUN == no && $YES == no ]] || return 0
  [[ -t 0 ]] || die "$EXIT_USAGE" "$1, and nobody is there to ask." "Give --yes to go on without asking."
  printf '%s. Go on? (yes/no) ' "$1" >&2
  read -r answer || answer=
  [[ $answer == yes ]] || die "$EXIT_USAGE" "nothing was done."
}

show_status() {
  if [[ $KIND == batch ]]; then
    aws_in cloudformation describe-stacks --stack-name "${P[CLUSTER]}" --query 'Stacks[0].[StackName,StackStatus]' --output text || return 1
  else
    pcluster_in describe-cluster --cluster-name "${P[CLUSTER]}" || return 1
  fi
  aws_in cloudformation describe-stacks --stack-name "${P[NETWORK_STACK]}" --query 'Stacks[0].[StackName,StackStatus]' --output text
}

# delete_stack STACK: and waits for its end.
delete_stack() {
  { aws_in cloudformation delete-stack --stack-name "$1" && aws_in cloudformation wait stack-delete-complete --stack-name "$1"; } >&2 ||
    die "$EXIT_AWS" "stack $1 is still there." "aws cloudformation describe-stack-events --region ${P[REGION]} --stack-name $1 says why." \
      "A network that another cluster uses cannot be deleted: delete that one first."
}

delete_slurm_cluster() {
  local tries
  pcluster_in delete-cluster --cluster-name "${P[CLUSTER]}" || die "$EXIT_AWS" "ParallelCluster did not begin to delete ${P[CLUSTER]}." "Its message is above."
  [[ $DRY_RUN == no ]] || return 0
  for ((tries = 0; tries < 240; tries++)); do
    if [[ $(pcluster describe-cluster --cluster-name "${P[CLUSTER]}" --region "${P[REGION]}" 2>&1) == *'does not exist'* ]]; then
      say "${P[CLUSTER]} is gone"
      return 0
    fi
    sleep "${WEFT_POLL_SECONDS:-15}"
  done
  die "$EXIT_AWS" "${P[CLUSTER]} is not gone after an hour." "scripts/cluster status $KIND says how far it is; delete can be started again."
}

# show_remains: what costs money still, and how to look for it.
show_remains() {
  echo "Still there, for they may hold results: bucket, and shared storage that was made to be retained. This lists what carries the tag:"
  echo "  aws resourcegroupstaggingapi get-resources --region ${P[REGION]} --tag-filters Key=cluster,Values=${P[CLUSTER]} --query 'ResourceTagMappingList[].ResourceARN'"
  [[ $WITH_NETWORK == yes ]] || echo "The network (NAT gateway: about $(price nat-gateway) US dollars per hour) stays for other clusters; --with-network deletes it."
}
