# shellcheck shell=bash
# What scripts/cluster must be told: options and environment, checked before anything else happens.

readonly CLUSTER_HOME=$WEFT_ROOT/parallelcluster-config

# The parameters, by the name that they have in the templates.
declare -gA P=()
# Named more than once: the errors are told together.
COMPLAINTS=()

# set_defaults: what the environment says, and then what needs no saying.
set_defaults() {
  P[REGION]=${WEFT_REGION:-${AWS_REGION:-${AWS_DEFAULT_REGION:-}}}
  P[ZONE]=${WEFT_ZONE:-}
  P[CLUSTER]=${WEFT_CLUSTER:-weft-$KIND}
  P[PROJECT]=${WEFT_PROJECT:-weft}
  P[KEY_NAME]=${WEFT_KEY:-}
  P[BUCKET]=${WEFT_BUCKET:-}
  P[ALLOWED_IPS]=${WEFT_ALLOW:-}
  P[PRICE_CLASS]=${WEFT_PRICE_CLASS:-}
  P[BUDGET]=${WEFT_BUDGET:-}
  P[EMAIL]=${WEFT_EMAIL:-}
  P[IMAGE]=${WEFT_IMAGE:-}
  P[EFS]=${WEFT_EFS:-}
  P[EFS_ACCESS_POINT]=${WEFT_EFS_ACCESS_POINT:-}
  P[SHIP]=${WEFT_SHIP:-}
  P[PUBLISH_POLICY]=${WEFT_PUBLISH_POLICY:-}
  P[NETWORK_STACK]=${WEFT_NETWORK_STACK:-weft-network}
  P[STORAGE_DELETION]=Retain
  P[FSX_GIB]=1200
  case $KIND in
    small) P[COMPUTE_TYPE]=c5n.9xlarge P[MAX_NODES]=2 P[STORAGE_DELETION]=Delete ;;
    x86) P[COMPUTE_TYPE]=hpc7a.96xlarge P[MAX_NODES]=16 ;;
    graviton) P[COMPUTE_TYPE]=hpc7g.16xlarge P[MAX_NODES]=16 ;;
    comparison) P[COMPUTE_TYPE]=hpc6a.48xlarge P[MAX_NODES]=2 P[STORAGE_DELETION]=Delete ;;
    batch) P[COMPUTE_TYPE]=hpc7a.96xlarge P[MAX_NODES]=4 ;;
  esac
  P[COMPUTE_TYPE]=${WEFT_TYPE:-${P[COMPUTE_TYPE]}}
  P[MAX_NODES]=${WEFT_NODES:-${P[MAX_NODES]}}
}

# want NAME PATTERN OPTION VARIABLE WHAT: the parameter must be there and match; complains otherwise.
want() {
  local value=${P[$1]:-}
  if [[ -z $value ]]; then
    COMPLAINTS+=("missing: $5. Give $3 or set $4.")
  elif [[ ! $value =~ $2 ]]; then
    COMPLAINTS+=("'$value' is not $5 ($3 or $4).")
  fi
}

# may NAME PATTERN OPTION VARIABLE WHAT: the same, but it may be absent.
may() {
  [[ -z ${P[$1]:-} ]] || want "$@"
}

readonly LABEL='^[a-z][a-z0-9-]{0,30}$' COUNT='^[1-9][0-9]{0,3}$'
readonly SUBNET='^subnet-[0-9a-f]{8,17}$'
readonly BUCKET_NAME='^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$'
readonly CIDR='^([0-9]{1,3}\.){3}[0-9]{1,3}/([1-9]|[12][0-9]|3[0-2])$'
readonly POLICY='^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+$'

# check_parameters VERB: everything that KIND and the verb need; all complaints together, then exit 2.
check_parameters() {
  local line
  want REGION '^[a-z]{2}(-[a-z]+)+-[0-9]$' --region WEFT_REGION "the region, such as us-east-2"
  want CLUSTER "$LABEL" --name WEFT_CLUSTER "the cluster's name: lower case letters, digits and hyphens, at most 31"
  want NETWORK_STACK '^[A-Za-z][A-Za-z0-9-]{0,100}$' --network-stack WEFT_NETWORK_STACK "the network stack's name"
  if [[ $1 == render || $1 == create ]]; then
    want PROJECT "$LABEL" --project WEFT_PROJECT "the value of the cost-allocation tag project"
    want PRICE_CLASS '^(ondemand|spot)$' --price-class WEFT_PRICE_CLASS "the price class, ondemand or spot"
    want COMPUTE_TYPE '^[a-z0-9-]+\.[a-z0-9-]+$' --type WEFT_TYPE "the compute nodes' instance type"
    want MAX_NODES "$COUNT" --nodes WEFT_NODES "the largest number of compute nodes"
    may PUBLISH_POLICY "$POLICY" --publish-policy WEFT_PUBLISH_POLICY "the ARN of the results pipeline's publish-only policy"
    if [[ $KIND == batch ]]; then
      want IMAGE '^[A-Za-z0-9][A-Za-z0-9._:/@-]+$' --image WEFT_IMAGE "the container image"
      may EFS '^fs-[0-9a-f]{8,17}$' --efs WEFT_EFS "the file system (EFS) for result bundles"
      may EFS_ACCESS_POINT '^fsap-[0-9a-f]{8,17}$' --efs-access-point WEFT_EFS_ACCESS_POINT "the access point of that file system"
      may SHIP '^[A-Za-z0-9._/= -]+$' --ship WEFT_SHIP "the command that ships a bundle"
      [[ -z ${P[EFS_ACCESS_POINT]} || -n ${P[EFS]} ]] || COMPLAINTS+=("--efs-access-point wants --efs, the file system that it belongs to.")
      [[ -z ${P[SHIP]} || -z ${P[EFS]} ]] || COMPLAINTS+=("--ship and --efs exclude each other: with a file system bundles stay on it.")
    else
      want KEY_NAME '^[A-Za-z0-9][A-Za-z0-9._@ -]{0,254}$' --key WEFT_KEY "the name of your EC2 key pair"
      want BUCKET "$BUCKET_NAME" --bucket WEFT_BUCKET "the S3 bucket for software, inputs and results"
      want ALLOWED_IPS "$CIDR" --allow WEFT_ALLOW "the addresses that may log in, such as 192.0.2.7/32 (not everyone's)"
      want FSX_GIB '^[1-9][0-9]{3,6}$' --fsx-gib - "the size of FSx for Lustre in GiB: 1200 or a multiple of 2400"
      [[ ! ${P[FSX_GIB]} =~ ^[1-9][0-9]*$ ]] || ((P[FSX_GIB] == 1200 || P[FSX_GIB] % 2400 == 0)) ||
        COMPLAINTS+=("FSx for Lustre has 1200 GiB or a multiple of 2400, not ${P[FSX_GIB]} (--fsx-gib).")
      want STORAGE_DELETION '^(Delete|Retain)$' --storage - "what becomes of shared storage: delete or retain"
    fi
    check_types
    check_network_options
  fi
  if [[ $1 == create ]]; then
    [[ -n ${P[PRIVATE_SUBNET]:-} ]] || want ZONE '^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$' --zone WEFT_ZONE \
      "the availability zone of the network, such as us-east-2b"
    [[ -z ${P[ZONE]} || -z ${P[REGION]} || ${P[ZONE]} == "${P[REGION]}"? ]] || COMPLAINTS+=("zone ${P[ZONE]} is not in region ${P[REGION]}.")
    if [[ $WITH_BUDGET == yes ]]; then
      want BUDGET '^[1-9][0-9]{0,6}$' --budget WEFT_BUDGET "the month's budget in US dollars (or --no-budget)"
      want EMAIL '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$' --email WEFT_EMAIL "the address that the budget's alarm goes to"
    fi
  fi
  ((${#COMPLAINTS[@]} > 0)) || return 0
  say "error: $1 $KIND cannot begin:"
  for line in "${COMPLAINTS[@]}"; do printf '  %s\n' "$line" >&2; done
  exit "$EXIT_USAGE"
}

# type_field TYPE COLUMN: prints one field of the table of instance types; fails for a type that is not there.
type_field() {
  awk -F '\t' -v type="$1" -v column="$2" '$1 == type { print $column; found = 1 } END { exit !found }' "$CLUSTER_HOME/instance-types.tsv"
}

check_types() {
  local type=${P[COMPUTE_TYPE]} arch cards
  if ! arch=$(type_field "$type" 2); then
    COMPLAINTS+=("instance type '$type' is not in parallelcluster-config/instance-types.tsv; add its line from aws ec2 describe-instance-types.")
    return 0
  fi
  P[CARDS]=$(type_field "$type" 7)
  ((P[CARDS] > 0)) || COMPLAINTS+=("instance type $type has no EFA.")
  case $KIND in
    graviton) [[ $arch == arm64 ]] || COMPLAINTS+=("$type is not of Graviton; kind graviton wants one that is.") ;;
    small | x86 | comparison) [[ $arch == x86_64 ]] || COMPLAINTS+=("$type is of Graviton; the head node of kind $KIND is x86.") ;;
  esac
  cards=$(type_field "$type" 6)
  if [[ $KIND == comparison && $cards != 1 ]]; then
    COMPLAINTS+=("$type has $cards network cards; a comparison wants one card (hpc6a.48xlarge, c5n.18xlarge): see clusters/comparison.yaml.")
  fi
  [[ ${P[PRICE_CLASS]:-} == spot ]] || return 0
  if [[ $KIND == batch ]]; then
    COMPLAINTS+=("AWS Batch runs no multi-node parallel jobs on Spot: give --price-class ondemand.")
  elif [[ $(type_field "$type" 9) != yes ]]; then
    COMPLAINTS+=("$type is not sold as Spot: give --price-class ondemand.")
  elif [[ $KIND == x86 || $KIND == graviton ]]; then
    COMPLAINTS+=("production clusters run on demand: give --price-class ondemand.")
  fi
}

# A network of one's own: all of it by options, or none.
readonly NETWORK_PARAMETERS=(PRIVATE_SUBNET PUBLIC_SUBNET EFA_GROUP PLACEMENT_GROUP VPC_CIDR)
check_network_options() {
  local name given=0
  for name in "${NETWORK_PARAMETERS[@]}"; do [[ -z ${P[$name]:-} ]] || given=$((given + 1)); done
  ((given > 0)) || return 0
  if [[ $KIND == batch ]]; then
    COMPLAINTS+=("kind batch takes its network from the exports of a network stack: give --network-stack alone.")
    return 0
  fi
  want PRIVATE_SUBNET "$SUBNET" --private-subnet - "the subnet of compute nodes"
  want PUBLIC_SUBNET "$SUBNET" --public-subnet - "the subnet of login nodes"
  want EFA_GROUP '^sg-[0-9a-f]{8,17}$' --efa-group - "the security group that lets EFA through"
  want PLACEMENT_GROUP '^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$' --placement-group - "the cluster placement group's name"
  want VPC_CIDR "$CIDR" --vpc-cidr - "the addresses of the VPC"
}
