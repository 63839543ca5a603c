"""The results pipeline's real template, deployed into MiniStack: what goes in at one end comes out at the others.

MiniStack and not moto: moto 5.2 leaves AWS::NoValue in lists, and takes no template with a condition around a part of a policy.
Only AWS can prove that queues refuse whom their policies do not name, and that the key admits those who need it: MiniStack asks neither. Nor does it drop
what a FIFO topic gets twice within five minutes: readers have to do without that anyway.
"""

import json
import sys
import time
from pathlib import Path

import yaml
from botocore.exceptions import ClientError

from cases import Cases
from local_server import LocalServer
from rendered import ACCOUNT, REGION

HOME = Path(__file__).resolve().parent.parent
TEMPLATE = (HOME / "results-pipeline/template.yaml").read_text(encoding="utf-8")
EVENTS = HOME / "results-pipeline/src/test/resources/events"
JOB_QUEUE = f"arn:aws:batch:{REGION}:{ACCOUNT}:job-queue/JobQueue-1"
KEY = "runs/weft/17/0/" + 64 * "a" + "/manifest.json"
# MiniStack makes no archive out of a template; one made by its API keeps what PutEvents brings, and not S3's own events.
COMMON = {"ArchiveDays": "0", "JobQueueArn": JOB_QUEUE, "WatchBucketPolicy": "true", "OperatorEmail": "operator@example.com", "AlertEmail": "someone@example.com"}
STACKS = {
    "results": {**COMMON, "BucketName": "my-bucket"},
    "straight": {**COMMON, "BucketName": "my-bucket-straight", "CatalogEvents": "s3"},
    "keyed": {**COMMON, "BucketName": "my-bucket-keyed", "Encryption": "kms"},
}
PATIENCE = 60


class Stack:
    """A deployed stack, and what can be done with it."""

    def __init__(self, server, name):
        self.name = name
        self.bucket = STACKS[name]["BucketName"]
        self.sns, self.sqs, self.s3 = server.client("sns"), server.client("sqs"), server.client("s3")
        self.table, self.events, self.iam = server.client("dynamodb"), server.client("events"), server.client("iam")
        self.watch, self.formation = server.client("cloudwatch"), server.client("cloudformation")
        self.formation.create_stack(StackName=name, TemplateBody=TEMPLATE, Capabilities=["CAPABILITY_IAM"],
                                    Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in STACKS[name].items()])
        end = time.monotonic() + PATIENCE
        while (found := self.formation.describe_stacks(StackName=name)["Stacks"][0])["StackStatus"].endswith("_IN_PROGRESS") and time.monotonic() < end:
            time.sleep(0.2)
        self.status = found["StackStatus"]
        self.out = {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}

    def failures(self):
        """What CloudFormation says went wrong."""
        found = self.formation.describe_stack_events(StackName=self.name)["StackEvents"]
        return [f"{one['LogicalResourceId']}: {one.get('ResourceStatusReason')}" for one in found if "FAILED" in one["ResourceStatus"]]

    def publish(self, event, status, group="17"):
        """As the hook announces a run."""
        attributes = {key: {"DataType": "String", "StringValue": value} for key, value in {"kind": "run", "id": event, "status": status}.items()}
        self.sns.publish(TopicArn=self.out["TopicArn"], Message=json.dumps({"id": event}), MessageGroupId=group, MessageDeduplicationId=event,
                         MessageAttributes=attributes)

    def take(self, queue, count):
        """The bodies of so many messages, deleted; and of more if there are."""
        url, bodies, end = self.out[queue], [], time.monotonic() + PATIENCE
        while True:
            enough = len(bodies) >= count
            found = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", [])
            for one in found:
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
                bodies.append(json.loads(one["Body"]))
            # A last look after the last that is waited for: one too many is as wrong as one too few.
            if not found and (enough or time.monotonic() > end):
                return bodies


def equal(found, expected):
    """Nothing, or how they differ."""
    return "" if found == expected else f"found    {found}\nexpected {expected}"


def raises(code, call, **arguments):
    """Nothing, or what came instead of an error with this code."""
    try:
        call(**arguments)
    except ClientError as error:
        return equal(error.response["Error"]["Code"], code)
    return f"no error, expected {code}"


def fan_out(cases, stack):
    """One publish, three queues."""
    stack.publish("one", "verified")
    stack.publish("two", "failed")
    ids = lambda queue, count: sorted(one.get("id") for one in stack.take(queue, count))
    cases.case(f"{stack.name}: a FIFO topic feeds the standard queue ship, raw, once", equal(ids("ShipQueueUrl", 2), ["one", "two"]))
    cases.case(f"{stack.name}: alerts gets failed runs only", equal(ids("AlertsQueueUrl", 1), ["two"]))
    cases.case(f"{stack.name}: the FIFO queue audit gets all", equal(ids("AuditQueueUrl", 2), ["one", "two"]))


def poison(cases, stack, queue):
    """What is received too often becomes a dead letter."""
    stack.publish(f"poison-{queue}", "verified", group=queue)
    received = 0
    end = time.monotonic() + PATIENCE
    while received < 6 and time.monotonic() < end:
        found = stack.sqs.receive_message(QueueUrl=stack.out[f"{queue}QueueUrl"], VisibilityTimeout=0, WaitTimeSeconds=1).get("Messages", [])
        if not found:
            break
        received += len(found)
    cases.case(f"{stack.name}: {queue} lends a message five times", equal(received, 5))
    cases.case(f"{stack.name}: then it is a dead letter of {queue}", equal([one["id"] for one in stack.take(f"{queue}DeadLettersUrl", 1)], [f"poison-{queue}"]))
    for other in ("Ship", "Audit"):
        stack.take(f"{other}QueueUrl", 0)


def shape(event):
    """Of an event of S3, in either shape: kind, bucket, key."""
    if "Records" in event:
        return [("created" if "ObjectCreated" in one["eventName"] else "removed", one["s3"]["bucket"]["name"], one["s3"]["object"]["key"]) for one in event["Records"]]
    if event.get("Event") == "s3:TestEvent":
        return []
    return [({"Object Created": "created", "Object Deleted": "removed"}[event["detail-type"]], event["detail"]["bucket"]["name"], event["detail"]["object"]["key"])]


def bucket(cases, stack):
    """Manifests are written once, and queues hear of them."""
    put = lambda body: stack.s3.put_object(Bucket=stack.bucket, Key=KEY, Body=body, IfNoneMatch="*")
    stack.s3.put_object(Bucket=stack.bucket, Key=KEY.replace("manifest", "result"), Body=b"{}", IfNoneMatch="*")
    put(b"{}")
    cases.case(f"{stack.name}: a manifest is not written over", raises("PreconditionFailed", put, body=b"[]"))
    cases.case(f"{stack.name}: and has one version", equal(len(stack.s3.list_object_versions(Bucket=stack.bucket, Prefix=KEY)["Versions"]), 1))
    upload = stack.s3.create_multipart_upload(Bucket=stack.bucket, Key=KEY)["UploadId"]
    part = stack.s3.upload_part(Bucket=stack.bucket, Key=KEY, UploadId=upload, PartNumber=1, Body=b"[]")
    cases.case(f"{stack.name}: nor by an upload in parts", raises(
        "PreconditionFailed", stack.s3.complete_multipart_upload, Bucket=stack.bucket, Key=KEY, UploadId=upload, IfNoneMatch="*",
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}))
    stack.s3.abort_multipart_upload(Bucket=stack.bucket, Key=KEY, UploadId=upload)
    stack.s3.delete_object(Bucket=stack.bucket, Key=KEY)
    seen = [one for event in stack.take("CatalogQueueUrl", 2) for one in shape(event)]
    cases.case(f"{stack.name}: catalog hears of the manifest, created and removed, and of nothing else",
               equal(sorted(seen), [("created", stack.bucket, KEY), ("removed", stack.bucket, KEY)]))
    seen = [one for event in stack.take("WebhookQueueUrl", 1) for one in shape(event)]
    cases.case(f"{stack.name}: webhook hears of the manifest that came", equal(seen, [("created", stack.bucket, KEY)]))
    access = stack.s3.get_public_access_block(Bucket=stack.bucket)["PublicAccessBlockConfiguration"]
    cases.case(f"{stack.name}: the bucket is private", equal(sorted(access.items()), [
        ("BlockPublicAcls", True), ("BlockPublicPolicy", True), ("IgnorePublicAcls", True), ("RestrictPublicBuckets", True)]))
    cases.case(f"{stack.name}: and versioned", equal(stack.s3.get_bucket_versioning(Bucket=stack.bucket).get("Status"), "Enabled"))
    policy = json.loads(stack.s3.get_bucket_policy(Bucket=stack.bucket)["Policy"])
    cases.case(f"{stack.name}: and has its policy", equal([one["Sid"] for one in policy["Statement"]], [
        "OnlyTls", "OnlyNewTls", "WrittenOnce", "AuditIsLocked", "AuditIsLockedForLong", "NobodyUnlocksTheAudit"]))


def queues(cases, stack):
    """Each queue as it was made."""
    for queue in ("Ship", "Alerts", "Audit", "Catalog", "Webhook"):
        found = stack.sqs.get_queue_attributes(QueueUrl=stack.out[f"{queue}QueueUrl"], AttributeNames=["All"])["Attributes"]
        dead = stack.sqs.get_queue_attributes(QueueUrl=stack.out[f"{queue}DeadLettersUrl"], AttributeNames=["All"])["Attributes"]
        what = (found["MessageRetentionPeriod"], dead["MessageRetentionPeriod"], json.loads(found["RedrivePolicy"])["deadLetterTargetArn"],
                found.get("FifoQueue", "false"), dead.get("FifoQueue", "false"), "KmsMasterKeyId" in found)
        fifo = "true" if queue == "Audit" else "false"
        cases.case(f"{stack.name}: {queue} keeps messages 14 days, and has dead letters of its type",
                   equal(what, ("1209600", "1209600", dead["QueueArn"], fifo, fifo, stack.name == "keyed")))


def patterns(cases, stack):
    """The rules as they were deployed, asked about events as AWS publishes them."""
    deployed = {one["Name"]: one["EventPattern"] for one in stack.events.list_rules()["Rules"] if one["Name"].startswith(f"{stack.name}-")}
    of = lambda name: next(pattern for rule, pattern in deployed.items() if rule.startswith(f"{stack.name}-{name}"))
    event = lambda name: json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))

    def changed(name, *path, value):
        found = event(name)
        inner = found
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        return found

    other_key = KEY.replace("manifest", "result")
    asked = [
        ("ManifestRule", "a manifest that came", event("object-created"), True),
        ("ManifestRule", "a manifest that went", event("object-deleted"), True),
        ("ManifestRule", "a replayed one", {**event("object-created"), "replay-name": "again"}, True),
        ("ManifestRule", "a manifest's tags", event("object-tags-added"), False),
        ("ManifestRule", "another object", changed("object-created", "detail", "object", "key", value=other_key), False),
        ("ManifestRule", "a name that only ends alike", changed("object-created", "detail", "object", "key", value=KEY.replace("/manifest", "/my-manifest")), False),
        ("ManifestRule", "another bucket", changed("object-created", "detail", "bucket", "name", value="my-bucket-2"), False),
        ("ManifestRule", "another service", changed("object-created", "source", value="my.s3"), False),
        ("ResultRule", "a manifest that came", event("object-created"), True),
        ("ResultRule", "a manifest that went", event("object-deleted"), False),
        ("BatchFailedRule", "a failed job", event("batch-job-failed"), True),
        ("BatchFailedRule", "a running job", changed("batch-job-failed", "detail", "status", value="RUNNING"), False),
        ("BatchFailedRule", "a failed job of another queue", changed("batch-job-failed", "detail", "jobQueue", value=JOB_QUEUE + "2"), False),
        ("BatchFailedRule", "a manifest", event("object-created"), False),
        ("PolicyChangedRule", "a new bucket policy", event("bucket-policy-changed"), True),
        ("PolicyChangedRule", "a removed bucket policy", changed("bucket-policy-changed", "detail", "eventName", value="DeleteBucketPolicy"), True),
        ("PolicyChangedRule", "a look at the policy", changed("bucket-policy-changed", "detail", "eventName", value="GetBucketPolicy"), False),
        ("PolicyChangedRule", "another bucket's policy", changed("bucket-policy-changed", "detail", "requestParameters", "bucketName", value="my-bucket-2"), False),
        ("PolicyChangedRule", "a manifest", event("object-created"), False),
    ]
    for rule, what, one, expected in asked:
        found = stack.events.test_event_pattern(EventPattern=of(rule), Event=json.dumps(one))["Result"]
        cases.case(f"{stack.name}: {rule} {'takes' if expected else 'leaves'} {what}", equal(found, expected))


def outside_pattern(bucket):
    """What the template for a service outside asks events for; the one function in it is the bucket's name."""
    class Loader(yaml.SafeLoader):
        pass
    Loader.add_multi_constructor("!", lambda loader, suffix, node: str(node.value))
    document = yaml.load((HOME / "results-pipeline/api-destination.yaml").read_text(encoding="utf-8"), Loader)
    pattern = document["Resources"]["ResultRule"]["Properties"]["EventPattern"]
    assert list(pattern["detail"]["bucket"]["name"][0]) == ["Fn::ImportValue"]
    return json.dumps({**pattern, "detail": {**pattern["detail"], "bucket": {"name": [bucket]}}})


def outside(cases, stack):
    """A service outside is told of results, and of no replay."""
    event = json.loads((EVENTS / "object-created.json").read_text(encoding="utf-8"))
    for what, one, expected in (("takes a manifest that came", event, True), ("leaves a replayed one", {**event, "replay-name": "again"}, False),
                                ("leaves a manifest that went", json.loads((EVENTS / "object-deleted.json").read_text(encoding="utf-8")), False)):
        found = stack.events.test_event_pattern(EventPattern=outside_pattern(stack.bucket), Event=json.dumps(one))["Result"]
        cases.case(f"{stack.name}: the rule of api-destination.yaml {what}", equal(found, expected))


def rest(cases, stack):
    """Tables, policies, alarms."""
    item = {"TableName": stack.out["CatalogTableName"], "Item": {"key": {"S": KEY}, "sequencer": {"S": "1"}},
            "ConditionExpression": "attribute_not_exists(#key)", "ExpressionAttributeNames": {"#key": "key"}}
    stack.table.put_item(**item)
    cases.case(f"{stack.name}: the table heeds conditions", raises("ConditionalCheckFailedException", stack.table.put_item, **item))
    for name in ("Publish", "Ship", "Catalog", "Alerts", "Audit", "Webhook", "Read", "Operate"):
        policy = stack.iam.get_policy(PolicyArn=stack.out[f"{name}PolicyArn"])["Policy"]
        document = stack.iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])["PolicyVersion"]["Document"]
        document = json.loads(document) if isinstance(document, str) else document
        # No function is left in it, and no statement that a condition was to take out.
        cases.case(f"{stack.name}: {name}Policy names things", "" if all(
            one.get("Effect") == "Allow" and "${" not in json.dumps(one) and "Fn::" not in json.dumps(one) for one in document["Statement"]) else str(document))
    alarms = [one for one in stack.watch.describe_alarms(MaxRecords=100)["MetricAlarms"] if one["AlarmName"].startswith(f"{stack.name}-")]
    cases.case(f"{stack.name}: eleven alarms tell the operator",
               equal((len(alarms), {tuple(one["AlarmActions"]) for one in alarms}), (11, {(stack.out["OperatorTopicArn"],)})))


def main():
    cases = Cases()
    with LocalServer() as server:
        for name in STACKS:
            stack = Stack(server, name)
            cases.case(f"{name}: the template is deployed", "\n".join([stack.status] + stack.failures()) if stack.status != "CREATE_COMPLETE" else "")
            if stack.status != "CREATE_COMPLETE":
                continue
            fan_out(cases, stack)
            bucket(cases, stack)
            queues(cases, stack)
            rest(cases, stack)
            if name == "results":
                poison(cases, stack, "Ship")
                poison(cases, stack, "Audit")
                patterns(cases, stack)
                outside(cases, stack)
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
