#!/usr/bin/env bash
# A run whose topic is away when it ends, and whose node is gone when the topic is back: another node ships it. Nodes are namespaces
# with a network and disks of their own; AWS is a server on the bridge; bundles and spool lie on what both nodes have.

# shellcheck source=scripts/lib/ssh-server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/ssh-server.sh"
# shellcheck source=scripts/test.d/nodes.sh
source "$(dirname "${BASH_SOURCE[0]}")/nodes.sh"
WEFT_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for lib in say jdk python; do
  # shellcheck source=/dev/null
  source "$WEFT_ROOT/scripts/lib/$lib.sh"
done
readonly MOTO=$WEFT_ROOT/parallelcluster-config/results-pipeline/moto
if [[ ${WEFT_INSIDE:-} != yes ]]; then
  # There is no network inside.
  "$WEFT_ROOT/scripts/weft" --version >/dev/null
  python_env "$MOTO"
fi
in_own_namespaces "${BASH_SOURCE[0]}" 'results of a node that is gone'
# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
python_env "$MOTO"
find_jdk
# shellcheck disable=SC2034  # Read by on_node.
NODE_WEFT=$WEFT_ROOT NODE_JDK=$JDK_HOME BATCH=$WEFT_ROOT/parallelcluster-config/batch
mkdir -m 0755 "$WORK/bin"
chmod 0755 "$WORK"
make_network
ip address add 10.99.0.1/24 dev br0
readonly SHARED=/run/shared AWS=http://10.99.0.1:5000
install -d -o "$NODE_UID" -g "$NODE_UID" -m 0755 "$SHARED" "$SHARED/bundles"

# serve: the server, with the pipeline's topic, queue, bucket and table; sets MOTO_PID.
serve() {
  local i
  MOTO_ACCOUNT_ID=111122223333 "$PYTHON_ENV/bin/moto_server" -H 10.99.0.1 -p 5000 >"$WORK/moto.log" 2>&1 &
  MOTO_PID=$!
  for ((i = 0; i < 600; i++)); do
    ! grep -q 'Running on' "$WORK/moto.log" || break
    kill -0 "$MOTO_PID" || return 1
    sleep 0.1
  done
  aws_says 'import json
sqs, sns = boto3.client("sqs"), boto3.client("sns")
queue = lambda name, **more: sqs.create_queue(QueueName=name, Attributes=more)["QueueUrl"]
arn = lambda url: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
ship = queue("ship", RedrivePolicy=json.dumps({"deadLetterTargetArn": arn(queue("ship-dlq")), "maxReceiveCount": "5"}))
topic = sns.create_topic(Name="runs.fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn(ship), Attributes={"RawMessageDelivery": "true"})
boto3.client("s3").create_bucket(Bucket="weft-results", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})'
}

# aws_says PROGRAM: asks the server by boto3.
aws_says() {
  timeout 60 env "AWS_ENDPOINT_URL=$AWS" AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1 AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=secret \
    "$PYTHON_ENV/bin/python" -c "import boto3"$'\n'"$1"
}

# on PLACE STATUS [NAME=VALUE...] -- COMMAND...: runs it there to its end, which must be that; its words are in $CASE/log.
on() {
  local place=$1 status=$2 code=0
  shift 2
  on_node "$place" "$CASE/log" JAVA_HOME=/mnt/jdk WEFT_NO_INSTALL=1 "AWS_ENDPOINT_URL=$AWS" AWS_REGION=eu-west-1 AWS_ACCESS_KEY_ID=AKIDEXAMPLE \
    AWS_SECRET_ACCESS_KEY=secret AWS_EC2_METADATA_DISABLED=true SLURM_CLUSTER_NAME=site1 SLURM_JOB_ID=42 SLURM_RESTART_COUNT=0 \
    WEFT_RESULTS_TOPIC=arn:aws:sns:eu-west-1:111122223333:runs.fifo "WEFT_RESULTS_SHIP_QUEUE=$AWS/111122223333/ship" \
    WEFT_RESULTS_BUCKET=weft-results WEFT_RESULTS_BUCKET_OWNER=111122223333 "WEFT_RESULTS_SPOOL=$SHARED/spool" "$@"
  until_true 150 gone_or_zombie "$NODE_PID"
  wait "$NODE_PID" || code=$?
  [[ $code == "$status" ]] || broken "it ended with $code, not $status:"$'\n'"$(cat "$CASE/log")"
}

hook_refuses_the_nodes_own_disk() {
  on node0 1 -- bash -c '/mnt/weft/scripts/weft run cg --ranks 1 --out bundle >/dev/null && exec /mnt/weft/scripts/weft results announce bundle'
  contains "$(cat "$CASE/log")" 'on /home (tmpfs), which may end with this node'
}

# The topic hangs, as one does whose answers are lost: nobody is told that it is away.
hook_spools_while_the_topic_hangs() {
  kill -STOP "$MOTO_PID"
  # The kernel here serves no NFS: what both nodes have is said to stay.
  on node0 0 WEFT_RESULTS_OUTLIVES_NODE=true -- /mnt/weft/scripts/weft run cg --ranks 1 --bundle "$SHARED/bundles/one" --publish
  contains "$(cat "$CASE/log")" "kept as $SHARED/spool/"
  equal "$(find "$SHARED/spool" -name '*.json' | wc -l)" 1
}

node_goes() {
  # Its processes have ended, and its disks (mounts of its own) with them; now its network.
  ip link delete v-node0
  ip netns delete node0
  kill -CONT "$MOTO_PID"
  lacks "$(ip netns list)" node0
  equal "$(aws_says 'print(boto3.client("s3").list_objects_v2(Bucket="weft-results")["KeyCount"])')" 0
}

another_node_ships() {
  on node1 0 -- /mnt/weft/scripts/weft results ship
  contains "$(cat "$CASE/log")" 'published 1 events of the spool'
  # More than one where the topic had taken it after all, and only its answer was lost: that is one result, too, as is seen below.
  [[ $(cat "$CASE/log") =~ shipped\ [1-9][0-9]*,\ failed\ 0 ]] || broken "$(cat "$CASE/log")"
  equal "$(find "$SHARED/spool" -type f | wc -l)" 0
}

# What is in the bucket, by its digests, is what is in the folder; PREFIX/MANIFEST once.
all_of_it_once() {
  aws_says 'import hashlib
s3 = boto3.client("s3")
for one in s3.list_objects_v2(Bucket="weft-results")["Contents"]:
    print(hashlib.sha256(s3.get_object(Bucket="weft-results", Key=one["Key"])["Body"].read()).hexdigest() + "  ./" + one["Key"].split("/", 5)[5])
' | sort >"$CASE/bucket"
  (cd "$SHARED/bundles/one" && find . -type f -exec sha256sum {} +) | sort >"$CASE/folder"
  diff "$CASE/folder" "$CASE/bucket"
  (($(wc -l <"$CASE/folder") >= 3)) || broken "a bundle of $(wc -l <"$CASE/folder") files"
}

make_place node0 10.99.0.10
make_place node1 10.99.0.11
serve
trap 'kill -CONT "$MOTO_PID"; kill "$MOTO_PID"; rm -rf "$WORK"' EXIT
t "the hook refuses a bundle on the node's own disk" hook_refuses_the_nodes_own_disk
t 'while the topic hangs the event goes to the spool' hook_spools_while_the_topic_hangs
t 'the node goes, and the topic is back' node_goes
t 'another node publishes and ships' another_node_ships
t 'the bundle is in the bucket once, byte for byte' all_of_it_once
t 'announced again from there, nothing is doubled' on node1 0 WEFT_RESULTS_OUTLIVES_NODE=true -- bash -c \
  "/mnt/weft/scripts/weft results announce $SHARED/bundles/one --job site1,42,0 && /mnt/weft/scripts/weft results ship"
t 'and still once' all_of_it_once
finish
