#!/usr/bin/env bash
# scripts/cluster: what it wants to be told, what it costs, and what it would do to AWS. The aws and pcluster commands are
# stand-ins that write down their arguments and answer in the words of the real ones.
# shellcheck disable=SC2016  # The bodies of stand-ins are expanded when they run.

# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# cloud: a home with stand-ins, a packed toolkit and nothing in the environment.
cloud() {
  mkdir -p "$CASE/bin"
  : >"$CASE/calls"
  echo toolkit >"$CASE/weft.tar.gz"
  answer aws '
    case "$*" in
      *"sts get-caller-identity"*) echo arn:aws:iam::111122223333:user/somebody ;;
      *s3api*) [ ! -e "$CASE/no-bucket" ] || { echo "An error occurred (404) when calling the HeadBucket operation: Not Found" >&2; exit 254; } ;;
      *describe-key-pairs*) echo somebody ;;
      *"cloudformation deploy"*) [ ! -e "$CASE/deploy-fails" ] || { echo "Failed to create/update the stack." >&2; exit 255; } ;;
      *AvailabilityZone*) [ -e "$CASE/zone" ] || { echo "Stack with id weft-network does not exist" >&2; exit 254; }; cat "$CASE/zone" ;;
      *PrivateSubnetId*) echo subnet-0aaaaaaaaaaaaaaaa ;;
      *PublicSubnetId*) echo subnet-0bbbbbbbbbbbbbbbb ;;
      *EfaSecurityGroupId*) echo sg-0cccccccccccccccc ;;
      *PlacementGroupName*) [ ! -e "$CASE/no-output" ] || { echo None; exit 0; }; echo weft-network-PlacementGroup-1A2B ;;
      *VpcCidr*) echo 10.0.0.0/16 ;;
    esac'
  answer pcluster '
    case "$*" in
      *--dryrun*)
        [ ! -e "$CASE/refused" ] || { echo "{ \"message\": \"Invalid cluster configuration.\" }"; exit 1; }
        echo "{ \"message\": \"Request would have succeeded, but DryRun flag is set.\" }"; exit 1 ;;
      create-cluster*) echo "{ \"cluster\": { \"clusterStatus\": \"CREATE_IN_PROGRESS\" } }" ;;
      describe-cluster*) echo "{ \"message\": \"Cluster does not exist.\" }"; [ ! -e "$CASE/describe-fails" ] ;;
    esac'
  CLOUD_ENV=(PATH="$CASE/bin:/usr/bin:/bin" HOME="$CASE" CASE="$CASE" WEFT_POLL_SECONDS=0 WEFT_TEST_RUN="${WEFT_TEST_RUN:-}")
  GIVEN=(--region us-east-2 --price-class ondemand --key somebody --bucket my-bucket --allow 192.0.2.0/24 --toolkit "$CASE/weft.tar.gz")
  MONEY=(--zone us-east-2b --budget 500 --email somebody@example.com)
  NETWORK=(--private-subnet subnet-00000001 --public-subnet subnet-00000002 --efa-group sg-00000003 --placement-group group --vpc-cidr 10.1.0.0/16)
}

answer() {
  printf '#!%s\n%s\n%s\n' "$BASH" 'echo "${0##*/} $*" >>"$CASE/calls"' "$2" >"$CASE/bin/$1"
  chmod +x "$CASE/bin/$1"
}

# cluster ARGS...: sets CODE, TEXT (both outputs).
cluster() {
  CODE=0
  TEXT=$(env -i "${CLOUD_ENV[@]}" "$SCRIPTS/cluster" "$@" 2>&1 </dev/null) || CODE=$?
}

calls() {
  grep -cE -- "$1" "$CASE/calls" || true
}

everything_missing_is_named_at_once() {
  cloud
  cluster create x86
  equal "$CODE" 2
  local option
  for option in --region --price-class --key --bucket --allow --zone --budget --email; do contains "$TEXT" "Give $option or set WEFT_"; done
  equal "$(calls .)" 0
}

# one_missing KIND OPTION [MORE...]: everything but this one is given, and only this one is named.
one_missing() {
  cloud
  local kind=$1 option=$2 given=() i all=("${GIVEN[@]}" "${MONEY[@]}")
  for ((i = 0; i < ${#all[@]}; i += 2)); do [[ ${all[i]} == "$option" ]] || given+=("${all[i]}" "${all[i + 1]}"); done
  cluster create "$kind" "${given[@]}"
  equal "$CODE" 2
  contains "$TEXT" "Give $option or set"
  equal "$(grep -c '^  ' <<<"$TEXT")" 1
  equal "$(calls .)" 0
}

# refused KIND MESSAGE OPTIONS...: a value that does not fit, with all else given.
refused() {
  cloud
  local kind=$1 message=$2
  shift 2
  cluster create "$kind" "${GIVEN[@]}" "${MONEY[@]}" "$@"
  equal "$CODE" 2
  contains "$TEXT" "$message"
  equal "$(calls .)" 0
}

environment_serves_as_well() {
  cloud
  CLOUD_ENV+=(AWS_REGION=eu-north-1 WEFT_PRICE_CLASS=spot WEFT_KEY=me WEFT_BUCKET=their-bucket WEFT_ALLOW=198.51.100.7/32 WEFT_NODES=7)
  cluster render small --toolkit "$CASE/weft.tar.gz" "${NETWORK[@]}"
  equal "$CODE" 0
  local part
  for part in 'Region: "eu-north-1"' 'KeyName: "me"' 'BucketName: "their-bucket"' 'AllowedIps: "198.51.100.7/32"' 'MaxCount: 7' \
    '      CapacityType: SPOT'; do contains "$TEXT" "$part"; done
}

rendering_fills_everything_in() {
  cloud
  cluster render "$1" "${GIVEN[@]}" "${NETWORK[@]}"
  equal "$CODE" 0
  # Comments may speak of names; nothing else may have one left.
  lacks "$(grep -v '^ *#' <<<"$TEXT")" '${'
  contains "$TEXT" 'subnet-00000001'
  contains "$TEXT" "$(sha256sum <"$CASE/weft.tar.gz" | cut -d ' ' -f 1)"
  # What was not chosen stays a comment.
  lacks "$(grep -v '^ *#' <<<"$TEXT")" AdditionalIamPolicies
  lacks "$(grep -v '^ *#' <<<"$TEXT")" SPOT
  equal "$(calls .)" 0
}

rendering_twice_gives_the_same() {
  cloud
  cluster render comparison "${GIVEN[@]}" "${NETWORK[@]}"
  local first=$TEXT
  cluster render comparison "${GIVEN[@]}" "${NETWORK[@]}" --out "$CASE/out/cluster.yaml"
  equal "$CODE" 0
  equal "$(cat "$CASE/out/cluster.yaml")" "$first"
}

choices_become_lines() {
  cloud
  cluster render small "${GIVEN[@]}" "${NETWORK[@]}" --price-class spot --publish-policy arn:aws:iam::111122223333:policy/publish
  contains "$TEXT" $'\n    AdditionalIamPolicies:\n      - Policy: "arn:aws:iam::111122223333:policy/publish"\n'
  contains "$TEXT" $'\n      CapacityType: SPOT\n'
}

create_says_the_cost_first() {
  cloud
  cluster create "$1" "${GIVEN[@]}" "${MONEY[@]}"
  # Without --yes, and with nobody to ask, it stops there.
  equal "$CODE" 2
  contains "$TEXT" "US dollars per hour, while no job runs"
  contains "$TEXT" "--yes"
  contains "$TEXT" "$2"
  contains "$TEXT" "$3"
  contains "$TEXT" Estimates
  equal "$(calls .)" 0
}

# The idle cost of the small cluster, added up here from the price list's numbers by hand.
idle_cost_adds_up() {
  cloud
  cluster create small "${GIVEN[@]}" "${MONEY[@]}" --dry-run
  # 0.0416 head node, 2 x 0.005 addresses, 0.045 NAT, 95 GiB x 0.08 / 730 = 0.0104110
  contains "$TEXT" '    0.1070  together: about 78 a month'
  contains "$TEXT" 'each c5n.9xlarge adds 1.9440; at most 2 of them, 3.89'
  cluster create comparison "${GIVEN[@]}" "${MONEY[@]}" --dry-run --nodes 3
  contains "$TEXT" 'at most 6 of them, 17.28'
  # 0.1785 + 0.0416 + 0.0225 + 3 x 0.005 + 0.045 + 90 x 0.08 / 730 + 2400 x 0.145 / 730 = 0.7891753
  cluster create x86 "${GIVEN[@]}" "${MONEY[@]}" --dry-run --fsx-gib 2400
  contains "$TEXT" '    0.7892  together'
}

type_without_a_price() {
  cloud
  cluster create graviton "${GIVEN[@]}" "${MONEY[@]}" --type hpc7g.4xlarge --dry-run
  equal "$CODE" 0
  contains "$TEXT" 'there is no estimate of hpc7g.4xlarge'
}

dry_run_calls_nothing() {
  cloud
  rm "$CASE/bin/pcluster"
  cluster create x86 "${GIVEN[@]}" "${MONEY[@]}" --dry-run
  equal "$CODE" 0
  equal "$(calls .)" 0
  contains "$TEXT" 'would run: aws --region us-east-2 --no-cli-pager cloudformation deploy --stack-name weft-network '
  contains "$TEXT" 'would run: aws --region us-east-2 --no-cli-pager cloudformation deploy --stack-name weft-network-budget '
  contains "$TEXT" 'would run: pcluster create-cluster --cluster-name weft-x86 '
  contains "$TEXT" '(PrivateSubnetId of stack weft-network)'
  contains "$TEXT" 'pcluster: AWS ParallelCluster'
  cluster delete x86 --region us-east-2 --dry-run --with-network
  equal "$CODE" 0
  contains "$TEXT" 'would run: pcluster delete-cluster'
  contains "$TEXT" 'would run: aws --region us-east-2 --no-cli-pager cloudformation delete-stack --stack-name weft-network'
  cluster status batch --region us-east-2 --dry-run
  equal "$CODE" 0
  equal "$(calls .)" 0
}

create_in_order() {
  cloud
  cluster create x86 "${GIVEN[@]}" "${MONEY[@]}" --yes --name run-one --out "$CASE/run-one.yaml"
  equal "$CODE" 0
  local expected seen
  expected='sts get-caller-identity
s3api head-bucket
ec2 describe-key-pairs
cloudformation describe-stacks
cloudformation deploy
cloudformation deploy
s3 cp
s3 cp
s3 cp
s3 cp
cloudformation describe-stacks
cloudformation describe-stacks
cloudformation describe-stacks
cloudformation describe-stacks
cloudformation describe-stacks
create-cluster --dryrun
create-cluster'
  seen=$(sed -E 's/^aws --region us-east-2 --no-cli-pager ([a-z0-9-]+ [a-z-]+).*/\1/; s/^pcluster create-cluster .*--dryrun true.*/create-cluster --dryrun/; s/^pcluster (create-cluster) .*/\1/' "$CASE/calls")
  equal "$seen" "$expected"
  contains "$(cat "$CASE/calls")" 'AvailabilityZone=us-east-2b Project=weft'
  contains "$(cat "$CASE/calls")" 'LimitUsd=500 Email=somebody@example.com'
  contains "$(cat "$CASE/calls")" '--tags project=weft --parameter-overrides'
  contains "$(cat "$CASE/run-one.yaml")" 'subnet-0aaaaaaaaaaaaaaaa'
  contains "$(cat "$CASE/run-one.yaml")" 'weft-network-PlacementGroup-1A2B'
  # What was uploaded is what the configuration names.
  local folder
  folder=$(grep -oE 's3://my-bucket/software/weft-[0-9a-f]{12}' "$CASE/run-one.yaml" | sort -u)
  equal "$(calls "s3 cp .* $folder/(head-start|head-configured|compute-check|weft.tar.gz)\$")" 4
}

own_network_makes_no_stack() {
  cloud
  cluster create small "${GIVEN[@]}" "${NETWORK[@]}" --no-budget --yes --out "$CASE/c.yaml"
  equal "$CODE" 0
  equal "$(calls cloudformation)" 0
}

missing_tools_are_named() {
  cloud
  rm "$CASE/bin/aws" "$CASE/bin/pcluster"
  # A PATH on which nothing else can serve.
  local tool
  for tool in bash awk sed dirname readlink mktemp rm cat grep cut sha256sum mkdir; do ln -s "$(type -P "$tool")" "$CASE/bin/$tool"; done
  CLOUD_ENV[0]=PATH=$CASE/bin
  cluster create small "${GIVEN[@]}" "${MONEY[@]}" --yes
  equal "$CODE" 3
  contains "$TEXT" 'aws: the AWS command line'
  contains "$TEXT" "pcluster: AWS ParallelCluster's command line"
}

# aws_refuses FILE MESSAGE
aws_refuses() {
  cloud
  touch "$CASE/$1"
  cluster create small "${GIVEN[@]}" "${MONEY[@]}" --yes --out "$CASE/c.yaml"
  equal "$CODE" 7
  contains "$TEXT" "$2"
  # No more than ParallelCluster's dry run.
  equal "$(calls '^pcluster create-cluster')" "$(calls '^pcluster create-cluster .*--dryrun true')"
}

network_in_another_zone_stays() {
  cloud
  echo us-east-2a >"$CASE/zone"
  cluster create small "${GIVEN[@]}" "${MONEY[@]}" --yes --out "$CASE/c.yaml"
  equal "$CODE" 2
  contains "$TEXT" 'network weft-network is in zone us-east-2a, not in us-east-2b'
  equal "$(calls deploy)" 0
}

delete_waits_and_says_what_remains() {
  cloud
  cluster delete small --region us-east-2
  equal "$CODE" 2
  equal "$(calls .)" 0
  cluster delete small --region us-east-2 --yes
  equal "$CODE" 0
  equal "$(calls 'pcluster delete-cluster --cluster-name weft-small')" 1
  contains "$TEXT" 'weft-small is gone'
  contains "$TEXT" 'about 0.0450 US dollars per hour'
  equal "$(calls delete-stack)" 0
  cluster delete small --region us-east-2 --yes --with-network
  equal "$(calls 'delete-stack --stack-name weft-network')" 2
}

status_asks_both() {
  cloud
  cluster status graviton --region us-east-2
  equal "$CODE" 0
  equal "$(calls 'pcluster describe-cluster --cluster-name weft-graviton')" 1
  equal "$(calls 'describe-stacks --stack-name weft-network')" 1
  touch "$CASE/describe-fails"
  cluster status graviton --region us-east-2
  equal "$CODE" 7
}

batch_gives_the_template_its_parameters() {
  cloud
  local image=111122223333.dkr.ecr.us-east-2.amazonaws.com/weft:1
  cluster create batch --region us-east-2 --price-class ondemand --image "$image" "${MONEY[@]}" --yes
  equal "$CODE" 0
  equal "$(calls pcluster)" 0
  contains "$(cat "$CASE/calls")" "NetworkStack=weft-network InstanceType=hpc7a.96xlarge NetworkCards=2 VcpusPerNode=192 MaxVcpus=768 MemoryMiB=707788"
  contains "$(cat "$CASE/calls")" "Image=$image BundleFileSystemId= BundleAccessPointId= ShipCommand= PublishPolicyArn= Project=weft"
  cluster create batch --region us-east-2 --price-class ondemand --image "$image" "${MONEY[@]}" --yes --efs fs-0123abcd --efs-access-point fsap-0123abcd
  equal "$CODE" 0
  contains "$(cat "$CASE/calls")" "BundleFileSystemId=fs-0123abcd BundleAccessPointId=fsap-0123abcd ShipCommand= "
  cluster create batch --region us-east-2 --price-class ondemand --image "$image" "${MONEY[@]}" --yes --ship 'ship it'
  equal "$CODE" 0
  contains "$(cat "$CASE/calls")" "ShipCommand=ship it "
}

# checkout: as much of this one as scripts/cluster reads, without a build.
checkout() {
  mkdir -p "$CASE/repo/parallelcluster-config"
  cp -r "$SCRIPTS" "$CASE/repo/scripts"
  cp -r "$SCRIPTS/../parallelcluster-config/"{clusters,instance-types.tsv,prices.tsv} "$CASE/repo/parallelcluster-config/"
}

no_build_to_take_along() {
  cloud
  checkout
  CODE=0
  TEXT=$(env -i "${CLOUD_ENV[@]}" "$CASE/repo/scripts/cluster" render small "${GIVEN[@]:0:10}" "${NETWORK[@]}" 2>&1 </dev/null) || CODE=$?
  equal "$CODE" 3
  contains "$TEXT" 'no build to take along'
}

# built_checkout: with what a build leaves: a jar in each folder that the command wants.
built_checkout() {
  local folder
  checkout
  mkdir -p "$CASE/repo/"{build,parallelcluster-config/slurm,native/ffi/src/main/java}
  echo epilog >"$CASE/repo/parallelcluster-config/slurm/epilog-slurmctld"
  touch "$CASE/repo/native/ffi/src/main/java/A.java"
  # shellcheck disable=SC2016  # Expanded by the inner shell.
  for folder in $(WEFT_ROOT='' bash -c 'source "$SCRIPTS/lib/build.sh"; echo "$APP" "${PLUG_INS[@]}"'); do
    mkdir -p "$CASE/repo$folder"
    touch "$CASE/repo$folder/some.jar"
  done
  touch "$CASE/repo/build/weft.stamp"
}

# is_whole FOLDER: whether scripts/weft would start there without building.
is_whole() {
  # shellcheck disable=SC2016  # Expanded by the inner shell.
  WEFT_ROOT=$1 bash -c 'source "$SCRIPTS/lib/build.sh"; build_is_fresh || { echo "$STALE $LACKING"; exit 1; }'
}

toolkit_is_whole() {
  cloud
  built_checkout
  cp -r "$SCRIPTS/../parallelcluster-config/clusters/bootstrap" "$CASE/bootstrap"
  # As create packs it: kept where its stand-in for aws finds it.
  answer aws 'case "$*" in *weft.tar.gz*) for word in "$@"; do case $word in */weft.tar.gz) [ ! -f "$word" ] || cp "$word" "$CASE/packed" ;; esac; done ;;
    *PlacementGroupName*) echo group ;; *SubnetId*) echo subnet-0aaaaaaaaaaaaaaaa ;; *Efa*) echo sg-0cccccccccccccccc ;; *VpcCidr*) echo 10.0.0.0/16 ;; esac'
  CODE=0
  TEXT=$(env -i "${CLOUD_ENV[@]}" "$CASE/repo/scripts/cluster" create small "${GIVEN[@]:0:10}" --no-budget "${NETWORK[@]}" --yes --out "$CASE/c.yaml" 2>&1 </dev/null) || CODE=$?
  equal "$CODE" 0
  mkdir "$CASE/unpacked"
  tar -xzf "$CASE/packed" -C "$CASE/unpacked"
  is_whole "$CASE/unpacked"
  exists "$CASE/unpacked/parallelcluster-config/slurm/epilog-slurmctld"
  absent "$CASE/unpacked/scripts/test.d"
}

# What Docker would do with the Dockerfile's COPY lines and its .dockerignore, as far as they go here: plain paths.
image_is_whole() {
  local words from to batch=$SCRIPTS/../parallelcluster-config/batch
  CASE_REPO=$CASE/repo
  built_checkout
  cp -r "$batch/." "$CASE_REPO/parallelcluster-config/batch"
  while read -ra words; do
    [[ ${words[0]:-} == COPY ]] || continue
    to=$CASE/image${words[-1]}
    for from in "${words[@]:1:${#words[@]}-2}"; do
      grep -qxE "!(${from%%/*}|${from%/*}|$from)" "$batch/Dockerfile.dockerignore" || broken "Dockerfile.dockerignore keeps out $from"
      mkdir -p "$(dirname "$to/x")"
      if [[ -d $CASE_REPO/$from ]]; then cp -r "$CASE_REPO/$from/." "$to"; elif [[ $to == */ ]]; then cp "$CASE_REPO/$from" "$to"; else
        rmdir "$to"
        cp "$CASE_REPO/$from" "$to"
      fi
    done
  done <"$batch/Dockerfile"
  is_whole "$CASE/image/opt/weft"
  exists "$CASE/image$(sed -n 's/^ENTRYPOINT \["\(.*\)"\]$/\1/p' "$batch/Dockerfile")"
}

toolkit_is_named_by_its_content() {
  cloud
  built_checkout
  local names=() i
  for i in 1 2 3; do
    ((i < 3)) || echo changed >>"$CASE/repo/parallelcluster-config/slurm/epilog-slurmctld"
    TEXT=$(env -i "${CLOUD_ENV[@]}" "$CASE/repo/scripts/cluster" render small "${GIVEN[@]:0:10}" "${NETWORK[@]}" </dev/null)
    names+=("$(grep -oE 'software/weft-[0-9a-f]{12}' <<<"$TEXT" | sort -u)")
    touch "$CASE/repo/build/weft.stamp"
  done
  equal "${names[0]}" "${names[1]}"
  [[ ${names[0]} != "${names[2]}" ]] || broken "another content has the same name ${names[2]}"
}

wrong_usage() {
  cloud
  cluster frobnicate
  equal "$CODE" 2
  contains "$TEXT" 'render, create, status and delete'
  cluster create huge
  equal "$CODE" 2
  contains "$TEXT" 'small, x86, graviton, comparison and batch'
  cluster create small --frob
  equal "$CODE" 2
  cluster create small --region
  equal "$CODE" 2
  contains "$TEXT" '--region wants a value'
  cluster --help
  equal "$CODE" 0
}

t 'everything that is missing is named at once' everything_missing_is_named_at_once
for option in --region --price-class --key --bucket --allow --zone --budget --email; do
  t "create x86 without $option names it" one_missing x86 "$option"
done
t 'the environment serves as well as options' environment_serves_as_well
for kind in small x86 graviton comparison; do
  t "render $kind fills everything in" rendering_fills_everything_in "$kind"
done
t 'rendering twice gives the same' rendering_twice_gives_the_same
t 'choices become lines' choices_become_lines
t 'a region that is none' refused small "is not the region" --region Ohio
t 'a bucket with a line end' refused small "is not the S3 bucket" --bucket $'my-bucket\nX: y'
t 'a key with a quote' refused small "is not the name of your EC2 key pair" --key 'a"b'
t 'everyone may log in' refused small "is not the addresses that may log in" --allow 0.0.0.0/0
t 'a zone of another region' refused small 'zone us-east-1a is not in region us-east-2' --zone us-east-1a
t 'Spot of a type that has none' refused comparison 'is not sold as Spot' --price-class spot
t 'Spot in production' refused x86 'run on demand' --price-class spot --type c5n.18xlarge
t 'Spot for AWS Batch' refused batch 'no multi-node parallel jobs on Spot' --price-class spot --image image:1
t 'a file system and shipping' refused batch 'exclude each other' --image image:1 --efs fs-0123abcd --ship ship
t 'an access point of no file system' refused batch 'wants --efs' --image image:1 --efs-access-point fsap-0123abcd
t 'a command with a quote' refused batch 'is not the command that ships' --image image:1 --ship 'a;b'
t 'a type without EFA' refused small 'has no EFA' --type c7i.xlarge
t 'an unknown type' refused small "is not in parallelcluster-config/instance-types.tsv" --type z9.huge
t 'x86 in the Graviton cluster' refused graviton 'not of Graviton' --type hpc6a.48xlarge
t 'Graviton in the x86 cluster' refused x86 'is of Graviton' --type hpc7g.16xlarge
t 'two network cards in a comparison' refused comparison 'has 2 network cards' --type hpc7a.96xlarge
t 'a size that FSx does not have' refused x86 '1200 GiB or a multiple of 2400' --fsx-gib 3000
t 'half a network of one'"'"'s own' refused small 'Give --efa-group' --private-subnet subnet-00000001 --public-subnet subnet-00000002
t 'a policy that is none' refused small "is not the ARN" --publish-policy everything
t 'create says the cost before it asks (small)' create_says_the_cost_first small 't3.medium head node' nat-gateway
t 'create says the cost before it asks (graviton)' create_says_the_cost_first graviton 'c7g.xlarge head node' fsx-lustre
t 'the idle cost adds up' idle_cost_adds_up
t 'a type without a price says so' type_without_a_price
t '--dry-run calls nothing' dry_run_calls_nothing
t 'create goes step by step' create_in_order
t 'a network of one'"'"'s own makes no stack' own_network_makes_no_stack
t 'missing tools are named' missing_tools_are_named
t 'no such bucket' aws_refuses no-bucket 'aws s3 mb s3://my-bucket'
t 'a stack that fails' aws_refuses deploy-fails 'describe-stack-events'
t 'a network without the output' aws_refuses no-output 'has no output PlacementGroupName'
t 'a configuration that ParallelCluster refuses' aws_refuses refused 'refuses the configuration'
t 'a network in another zone stays as it is' network_in_another_zone_stays
t 'delete waits and says what remains' delete_waits_and_says_what_remains
t 'status asks ParallelCluster and CloudFormation' status_asks_both
t 'create batch gives the template its parameters' batch_gives_the_template_its_parameters
t 'no build to take along' no_build_to_take_along
t 'a toolkit holds a whole build' toolkit_is_whole
t 'the container image holds a whole build' image_is_whole
t 'a toolkit is named by its content' toolkit_is_named_by_its_content
t 'wrong usage' wrong_usage
finish
