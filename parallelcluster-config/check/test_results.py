"""Tests of the results pipeline's template: cfn-lint finds nothing, our rules find nothing whatever the parameters are, and each
message of each rule has a template that provokes it.
"""

import copy
import itertools
import sys
from pathlib import Path

import cfnlint.decode
from cfnlint.api import ManualArgs, lint_file

import messages
import outside_rules
import results_rules
from cases import Cases
from rendered import ACCOUNT, REGION, Rendered

HOME = Path(__file__).resolve().parent.parent
TEMPLATE = HOME / "results-pipeline/template.yaml"
OUTSIDE = {name: HOME / f"results-pipeline/{name}.yaml" for name in outside_rules.RULES}
CHECKS = ManualArgs(include_checks=["I"])
QUEUE = f"arn:aws:batch:{REGION}:{ACCOUNT}:job-queue/JobQueue-1"
# Every way that changes who feeds what.
CHOICES = {
    "CatalogEvents": ["eventbridge", "s3"],
    "Encryption": ["sqs", "kms"],
    "JobQueueArn": ["", QUEUE],
    "WatchBucketPolicy": ["false", "true"],
}
ALL = {"BucketName": "my-bucket", "CatalogEvents": "eventbridge", "Encryption": "kms", "JobQueueArn": QUEUE, "WatchBucketPolicy": "true",
       "OperatorEmail": "operator@example.com", "AlertEmail": "someone@example.com"}
STRAIGHT = {**ALL, "CatalogEvents": "s3"}
PLAIN = {"BucketName": "my-bucket"}


def properties(document, name):
    return document["Resources"][name]["Properties"]


def statement(document, name, number=0):
    one = properties(document, name)
    return (one.get("PolicyDocument") or one["KeyPolicy"])["Statement"][number]


def sid(document, name, wanted):
    one = properties(document, name)
    for found in (one.get("PolicyDocument") or one["KeyPolicy"])["Statement"]:
        found = found["Fn::If"][1] if "Fn::If" in found else found
        if found["Sid"] == wanted:
            return found
    raise KeyError(wanted)


def without(document, name, wanted):
    one = properties(document, name)
    found = (one.get("PolicyDocument") or one["KeyPolicy"])["Statement"]
    found[:] = [each for each in found if (each["Fn::If"][1] if "Fn::If" in each else each)["Sid"] != wanted]


def admit(document, policy, service, source):
    queue = properties(document, policy)["Queues"][0]["Ref"]
    properties(document, policy)["PolicyDocument"]["Statement"].append({
        "Sid": "More", "Effect": "Allow", "Principal": {"Service": service}, "Action": "sqs:SendMessage", "Resource": {"Fn::GetAtt": [queue, "Arn"]},
        "Condition": {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}, "ArnEquals": {"aws:SourceArn": source}}})


def target(document, name):
    return properties(document, name)["Targets"][0]


def lifecycle(document):
    return properties(document, "Bucket")["LifecycleConfiguration"]["Rules"]


def drop(document, key, *names):
    for name in names:
        properties(document, name).pop(key)


# What is changed, with which parameters, how, and what is then said.
MUTATIONS = [
    ("a policy that allows everything", PLAIN, lambda d: statement(d, "PublishPolicy").update(Action="*"), "actions: PublishPolicy allows *"),
    ("a policy that allows all of a service", PLAIN, lambda d: statement(d, "ShipPolicy").update(Action=["sqs:*"]), "actions: ShipPolicy allows sqs:*"),
    ("a policy that allows a family of actions", PLAIN, lambda d: statement(d, "ReadPolicy").update(Action=["s3:Get*"]), "actions: ReadPolicy allows s3:Get*"),
    ("a key that allows everything", ALL, lambda d: sid(d, "Key", "Account").update(Action=["kms:*"]), "actions: Key allows kms:*"),
    ("a queue that allows everything", PLAIN, lambda d: statement(d, "ShipQueuePolicy").update(Action="sqs:*"), "actions: ShipQueuePolicy allows sqs:*"),
    ("a policy that allows all but something", PLAIN, lambda d: (statement(d, "PublishPolicy").pop("Action"), statement(d, "PublishPolicy").update(NotAction=["iam:PassRole"])), "actions: PublishPolicy allows all but"),
    ("a policy for all resources", PLAIN, lambda d: statement(d, "PublishPolicy").update(Resource="*"), "resources: PublishPolicy allows ['sns:GetTopicAttributes', 'sns:Publish'] with *"),
    ("a policy for all topics", PLAIN, lambda d: statement(d, "PublishPolicy").update(Resource={"Fn::Sub": "arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:*"}), "resources: PublishPolicy allows"),
    ("a policy for the topics of all accounts", PLAIN, lambda d: statement(d, "PublishPolicy").update(Resource="arn:aws:sns:us-east-2:*:results.fifo"), "resources: PublishPolicy allows"),
    ("a policy for the whole bucket", PLAIN, lambda d: statement(d, "PublishPolicy", 1).update(Resource={"Fn::Sub": "${Bucket.Arn}/*"}), "resources: PublishPolicy allows ['s3:PutObject'] with arn:aws:s3:::my-bucket/*"),
    ("a policy for every bucket", PLAIN, lambda d: statement(d, "PublishPolicy", 1).update(Resource="arn:aws:s3:::*"), "resources: PublishPolicy allows"),
    ("a policy for all but something", PLAIN, lambda d: (statement(d, "PublishPolicy").pop("Resource"), statement(d, "PublishPolicy").update(NotResource="arn:aws:sns:us-east-2:111122223333:other")), "resources: PublishPolicy allows it with all but"),
    ("a queue for everybody", PLAIN, lambda d: statement(d, "ShipQueuePolicy").update(Principal="*"), "principals: ShipQueuePolicy allows it to everybody"),
    ("a queue for every account", PLAIN, lambda d: statement(d, "ShipQueuePolicy").update(Principal={"AWS": "*"}), "principals: ShipQueuePolicy allows it to everybody"),
    ("a queue for all but somebody", PLAIN, lambda d: statement(d, "ShipQueuePolicy").update(NotPrincipal={"AWS": "111122223333"}), "principals: ShipQueuePolicy has a NotPrincipal"),
    ("a queue that any topic may feed", PLAIN, lambda d: statement(d, "ShipQueuePolicy")["Condition"].pop("ArnEquals"), "queue_policies: ShipQueuePolicy: Topic does not say which source"),
    ("a queue that a pattern of topics may feed", PLAIN, lambda d: statement(d, "ShipQueuePolicy")["Condition"].update(ArnLike=statement(d, "ShipQueuePolicy")["Condition"].pop("ArnEquals")), "queue_policies: ShipQueuePolicy: Topic does not say which source"),
    ("a queue that any account may feed", PLAIN, lambda d: statement(d, "CatalogQueuePolicy")["Fn::If"][1]["Condition"].pop("StringEquals"), "queue_policies: CatalogQueuePolicy: ManifestRule does not say whose source"),
    ("a queue that feeders may read", PLAIN, lambda d: statement(d, "ShipQueuePolicy").update(Action=["sqs:SendMessage", "sqs:ReceiveMessage"]), "queue_policies: ShipQueuePolicy: Topic is about something else"),
    ("a queue's policy about another", PLAIN, lambda d: statement(d, "ShipQueuePolicy").update(Resource={"Fn::GetAtt": ["AlertsQueue", "Arn"]}), "queue_policies: ShipQueuePolicy: Topic is about another queue"),
    ("one policy for two queues", PLAIN, lambda d: properties(d, "ShipQueuePolicy")["Queues"].append({"Ref": "AlertsQueue"}), "queue_policies: ShipQueuePolicy is not of one queue"),
    ("a queue that does not admit its topic", PLAIN, lambda d: d["Resources"].pop("ShipQueuePolicy"), "queue_policies: arn:aws:sqs:us-east-2:111122223333:results-ship does not admit arn:aws:sns"),
    ("a queue that admits the service of its source for another source", PLAIN, lambda d: statement(d, "ShipQueuePolicy")["Condition"]["ArnEquals"].update({"aws:SourceArn": {"Ref": "OperatorTopic"}}), "results-ship does not admit arn:aws:sns"),
    ("dead letters that a topic cannot send", PLAIN, lambda d: without(d, "AuditDeadLettersPolicy", "Topic"), "results-audit-dlq.fifo does not admit"),
    ("dead letters that a rule cannot send", PLAIN, lambda d: without(d, "WebhookDeadLettersPolicy", "ResultRule"), "results-webhook-dlq does not admit"),
    ("a queue that does not admit S3", STRAIGHT, lambda d: without(d, "CatalogQueuePolicy", "Bucket"), "results-catalog does not admit arn:aws:s3:::my-bucket of s3.amazonaws.com"),
    ("a queue that does not admit AWS Batch's rule", ALL, lambda d: without(d, "AlertsQueuePolicy", "BatchFailedRule"), "results-alerts does not admit"),
    ("a queue that admits what does not feed it", PLAIN, lambda d: admit(d, "ShipQueuePolicy", "s3.amazonaws.com", "arn:aws:s3:::my-bucket"), "queue_policies: arn:aws:sqs:us-east-2:111122223333:results-ship admits arn:aws:s3:::my-bucket"),
    ("a queue that still admits a rule that is not there", PLAIN, lambda d: sid(d, "CatalogQueuePolicy", "ManifestRule") and d["Conditions"].update(ThroughEventBridge={"Fn::Not": [{"Fn::Equals": ["a", "a"]}]}) or admit(d, "CatalogQueuePolicy", "events.amazonaws.com", {"Fn::GetAtt": ["ManifestRule", "Arn"]}), "results-catalog admits"),
    ("a key that does not admit the topic", ALL, lambda d: without(d, "Key", "Topics"), "key_policy: the key does not admit sns.amazonaws.com"),
    ("a key that does not admit rules", ALL, lambda d: without(d, "Key", "Rules"), "key_policy: the key does not admit events.amazonaws.com"),
    ("a key that does not admit alarms", ALL, lambda d: without(d, "Key", "Alarms"), "key_policy: the key does not admit cloudwatch.amazonaws.com"),
    ("a key that does not admit S3", STRAIGHT, lambda d: without(d, "Key", "Bucket"), "key_policy: the key does not admit s3.amazonaws.com"),
    ("a key that admits S3 which sends nothing", ALL, lambda d: d["Conditions"].update(StraightFromS3={"Fn::Equals": ["a", "a"]}) or properties(d, "Bucket").pop("NotificationConfiguration"), "key_policy: the key admits s3.amazonaws.com"),
    ("a key that admits a stranger", ALL, lambda d: sid(d, "Key", "Alarms").update(Principal={"Service": "lambda.amazonaws.com"}), "key_policy: the key admits lambda.amazonaws.com"),
    ("a key with half of its use", ALL, lambda d: sid(d, "Key", "Topics").update(Action=["kms:GenerateDataKey"]), "key_policy: Key does not let sns.amazonaws.com do both"),
    ("a key for the topics of all accounts", ALL, lambda d: sid(d, "Key", "Topics").pop("Condition"), "key_policy: Key has for sns.amazonaws.com the condition None"),
    ("a key whose condition EventBridge cannot meet", ALL, lambda d: sid(d, "Key", "Rules").update(Condition={"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}), "key_policy: Key has for events.amazonaws.com the condition"),
    ("a queue in plain text", PLAIN, lambda d: properties(d, "ShipQueue").pop("SqsManagedSseEnabled"), "encryption: ShipQueue is not encrypted"),
    ("a queue without the key", ALL, lambda d: properties(d, "ShipDeadLetters").pop("KmsMasterKeyId"), "encryption: ShipDeadLetters is not encrypted"),
    ("a topic without the key", ALL, lambda d: properties(d, "Topic").pop("KmsMasterKeyId"), "encryption: Topic is not encrypted"),
    ("a key for ever", ALL, lambda d: properties(d, "Key").pop("EnableKeyRotation"), "encryption: Key is not rotated"),
    ("four days", PLAIN, lambda d: properties(d, "ShipQueue").pop("MessageRetentionPeriod"), "redrive: arn:aws:sqs:us-east-2:111122223333:results-ship keeps messages for None s"),
    ("dead letters of an hour", PLAIN, lambda d: properties(d, "ShipDeadLetters").update(MessageRetentionPeriod=3600), "redrive: arn:aws:sqs:us-east-2:111122223333:results-ship-dlq keeps messages for 3600 s"),
    ("no dead letters", PLAIN, lambda d: properties(d, "ShipQueue").pop("RedrivePolicy"), "redrive: arn:aws:sqs:us-east-2:111122223333:results-ship has no dead-letter queue"),
    ("standard dead letters of a FIFO queue", PLAIN, lambda d: properties(d, "AuditDeadLetters").pop("FifoQueue"), "redrive: arn:aws:sqs:us-east-2:111122223333:results-audit.fifo and its dead-letter queue are of different types"),
    ("dead letters of anybody", PLAIN, lambda d: properties(d, "ShipDeadLetters").pop("RedriveAllowPolicy"), "redrive: arn:aws:sqs:us-east-2:111122223333:results-ship-dlq takes dead letters of others"),
    ("a subscription without dead letters", PLAIN, lambda d: properties(d, "ShipSubscription").pop("RedrivePolicy"), "redrive: ShipSubscription has another dead-letter queue than its queue: None"),
    ("a rule without dead letters", PLAIN, lambda d: target(d, "ResultRule").pop("DeadLetterConfig"), "redrive: ResultRule has another dead-letter queue than its target: None"),
    ("a rule with another's dead letters", PLAIN, lambda d: target(d, "ResultRule")["DeadLetterConfig"].update(Arn={"Fn::GetAtt": ["ShipDeadLetters", "Arn"]}), "redrive: ResultRule has another dead-letter queue"),
    ("e-mail from a FIFO topic", ALL, lambda d: properties(d, "OperatorSubscription").update(TopicArn={"Ref": "Topic"}), "types: OperatorSubscription: a FIFO topic feeds nothing by email"),
    ("a FIFO queue behind a standard topic", PLAIN, lambda d: drop(d, "FifoTopic", "Topic"), "types: AuditSubscription: a standard topic feeds no FIFO queue"),
    ("a FIFO queue behind S3", STRAIGHT, lambda d: properties(d, "CatalogQueue").update(FifoQueue=True), "types: arn:aws:sqs:us-east-2:111122223333:results-catalog: S3 sends to no FIFO queue"),
    ("a rule on a bus of its own", PLAIN, lambda d: properties(d, "ManifestRule").update(EventBusName="results"), "types: ManifestRule: S3 and AWS Batch speak on the default bus only"),
    ("a FIFO topic by another name", PLAIN, lambda d: properties(d, "Topic").update(TopicName="results"), "types: results: a name ends with .fifo"),
    ("an envelope", PLAIN, lambda d: properties(d, "AlertsSubscription").pop("RawMessageDelivery"), "subscriptions: AlertsSubscription wraps messages"),
    ("a filter on bodies", PLAIN, lambda d: properties(d, "AlertsSubscription").update(FilterPolicyScope="MessageBody"), "subscriptions: AlertsSubscription filters by MessageBody"),
    ("a subscription before its policies", PLAIN, lambda d: d["Resources"]["ShipSubscription"].update(DependsOn="ShipQueuePolicy"), "subscriptions: ShipSubscription may come before"),
    ("no policies at all", PLAIN, lambda d: [d["Resources"].pop(name) for name in [name for name, one in d["Resources"].items() if one["Type"] == "AWS::SQS::QueuePolicy"]], "subscriptions: ShipSubscription: nothing admits it"),
    ("dead letters without an alarm", PLAIN, lambda d: d["Resources"].pop("AuditDeadLettersAlarm"), "alarms: results-audit-dlq.fifo has no alarm on ApproximateNumberOfMessagesVisible"),
    ("a queue without an alarm", PLAIN, lambda d: d["Resources"].pop("ShipAgeAlarm"), "alarms: results-ship has no alarm on ApproximateAgeOfOldestMessage"),
    ("an alarm that nobody hears", PLAIN, lambda d: properties(d, "ShipAgeAlarm").pop("AlarmActions"), "alarms: ShipAgeAlarm does not tell the operator"),
    ("an alarm in the alerts", PLAIN, lambda d: properties(d, "ShipAgeAlarm").update(AlarmActions=[{"Ref": "AlertTopic"}]), "alarms: ShipAgeAlarm does not tell the operator"),
    ("an alarm at ten dead letters", PLAIN, lambda d: properties(d, "ShipDeadLettersAlarm").update(Threshold=10), "alarms: results-ship-dlq: the alarm lets messages lie"),
    ("a public bucket", PLAIN, lambda d: properties(d, "Bucket")["PublicAccessBlockConfiguration"].pop("BlockPublicPolicy"), "bucket: Bucket: BlockPublicPolicy is not true"),
    ("a bucket without versions", PLAIN, lambda d: properties(d, "Bucket")["VersioningConfiguration"].update(Status="Suspended"), "bucket: Bucket is not versioned"),
    ("a bucket without locks", PLAIN, lambda d: drop(d, "ObjectLockEnabled", "Bucket"), "bucket: Bucket cannot lock objects"),
    ("a bucket with access lists", PLAIN, lambda d: drop(d, "OwnershipControls", "Bucket"), "bucket: Bucket heeds access lists"),
    ("a bucket in plain text", PLAIN, lambda d: drop(d, "BucketEncryption", "Bucket"), "bucket: Bucket does not say how it is encrypted"),
    ("rests of uploads", PLAIN, lambda d: lifecycle(d).pop(0), "bucket: Bucket keeps the rests of uploads"),
    ("results that expire", PLAIN, lambda d: lifecycle(d)[1].pop("Prefix"), "bucket: Bucket forgets results"),
    ("a bucket without TLS", PLAIN, lambda d: without(d, "BucketPolicy", "OnlyTls"), "bucket: Bucket is open without TLS"),
    ("a bucket whose manifest alone wants TLS", PLAIN, lambda d: sid(d, "BucketPolicy", "OnlyTls").update(Resource={"Fn::Sub": "${Bucket.Arn}/runs/*"}), "bucket: Bucket is open without TLS"),
    ("a bucket with old TLS", PLAIN, lambda d: without(d, "BucketPolicy", "OnlyNewTls"), "bucket: Bucket is open to old TLS"),
    ("manifests that are written over", PLAIN, lambda d: sid(d, "BucketPolicy", "WrittenOnce")["Resource"].pop(0), "bucket: Bucket lets runs/*/manifest.json be written over"),
    ("no part of an upload without a condition", PLAIN, lambda d: sid(d, "BucketPolicy", "WrittenOnce")["Condition"].pop("Bool"), "bucket: Bucket lets audit/* be written over"),
    ("an audit without a lock", PLAIN, lambda d: without(d, "BucketPolicy", "AuditIsLocked"), "bucket: Bucket takes an audit that is not locked"),
    ("an audit that is locked for a moment", PLAIN, lambda d: without(d, "BucketPolicy", "AuditIsLockedForLong"), "bucket: Bucket takes an audit that is locked for a moment"),
    ("an audit that is unlocked", PLAIN, lambda d: without(d, "BucketPolicy", "NobodyUnlocksTheAudit"), "bucket: Bucket lets an audit be unlocked"),
    ("a bucket that goes", PLAIN, lambda d: d["Resources"]["Bucket"].pop("DeletionPolicy"), "kept: Bucket goes with the stack"),
    ("a key that goes", ALL, lambda d: d["Resources"]["Key"].update(UpdateReplacePolicy="Delete"), "kept: Key goes with the stack"),
    ("a table that goes", PLAIN, lambda d: d["Resources"]["CatalogTable"].pop("UpdateReplacePolicy"), "kept: CatalogTable goes with the stack"),
    ("a table without a past", PLAIN, lambda d: drop(d, "PointInTimeRecoverySpecification", "SentTable"), "kept: SentTable cannot go back in time"),
    ("a table without protection", PLAIN, lambda d: drop(d, "DeletionProtectionEnabled", "SentTable"), "kept: SentTable can be deleted by mistake"),
    ("a publisher that reads", PLAIN, lambda d: statement(d, "PublishPolicy", 1).update(Action=["s3:PutObject", "s3:GetObject"]), "publish_only: PublishPolicy allows"),
    ("a publisher that writes results", PLAIN, lambda d: statement(d, "PublishPolicy", 1).update(Resource={"Fn::Sub": "${Bucket.Arn}/runs/*"}), "publish_only: PublishPolicy may write"),
]

IN = {}
RUN = {"CodeBucket": "my-bucket", "CodeKey": "functions.zip", "WebhookSecretArns": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:ci-AbCdEf"}
TO = {"Url": "https://example.com/results", "SecretArn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:receiver-AbCdEf"}


def method(document):
    return properties(document, "PutEvent")


def to_s3(document):
    return properties(document, "Delivery")["ExtendedS3DestinationConfiguration"]


OUTSIDE_MUTATIONS = [
    ("events-in", "events from everybody", IN, lambda d: method(d).update(AuthorizationType="NONE"), "door: events are taken from everybody"),
    ("events-in", "no model", IN, lambda d: method(d).pop("RequestModels"), "door: events are not compared with a model"),
    ("events-in", "a model that nobody looks at", IN, lambda d: properties(d, "Body").update(ValidateRequestBody=False), "door: events are not compared with a model"),
    ("events-in", "text of any kind", IN, lambda d: method(d)["Integration"].pop("PassthroughBehavior"), "door: what is not JSON passes"),
    ("events-in", "no throttle", IN, lambda d: properties(d, "Stage").pop("MethodSettings"), "door: nothing is throttled"),
    ("events-in", "another request", IN, lambda d: method(d)["Integration"]["RequestTemplates"].update({"application/json": '{"Data": "x"}'}), "lines: Kinesis is sent ['Data']"),
    ("events-in", "the body as it came", IN, lambda d: method(d)["Integration"]["RequestTemplates"].update({"application/json": '{"StreamName": "s", "PartitionKey": "p", "Data": "$input.body"}'}), "lines: the mapping is not all worked out"),
    ("events-in", "records without an end", IN, lambda d: to_s3(d).pop("ProcessingConfiguration"), "lines: events are joined"),
    ("events-in", "another name", IN, lambda d: to_s3(d).pop("FileExtension"), "lines: files are not called .json"),
    ("events-in", "failures among the rest", IN, lambda d: to_s3(d).pop("ErrorOutputPrefix"), "lines: what failed lies among"),
    ("events-in", "a stream in plain text", IN, lambda d: properties(d, "Stream").pop("StreamEncryption"), "stream: the stream is not encrypted"),
    ("events-in", "a day", IN, lambda d: properties(d, "Stream").pop("RetentionPeriodHours"), "stream: the stream keeps events 24 hours"),
    ("events-in", "a delivery into the whole bucket", IN, lambda d: properties(d, "DeliveryRole")["Policies"][0]["PolicyDocument"]["Statement"][2].update(Resource="arn:aws:s3:::my-bucket/*"), "resources: DeliveryRole allows"),
    ("events-in", "a role for all accounts", IN, lambda d: properties(d, "ApiRole")["AssumeRolePolicyDocument"]["Statement"][0].pop("Condition"), "trust: ApiRole can be taken for another account"),
    ("functions", "a batch that fails whole", RUN, lambda d: properties(d, "AlertsTrigger").pop("FunctionResponseTypes"), "triggers: AlertsTrigger: one bad message"),
    ("functions", "a trigger of another queue", RUN, lambda d: properties(d, "AlertsTrigger").update(EventSourceArn={"Fn::ImportValue": {"Fn::Sub": "${ResultsStack}-CatalogQueueArn"}}), "triggers: AlertsTrigger leads from"),
    ("functions", "a long function", RUN, lambda d: properties(d, "CatalogFunction").update(Timeout=61), "triggers: CatalogTrigger: 360 s of visibility, less than six times 61 s"),
    ("functions", "a class that is not there", RUN, lambda d: properties(d, "CatalogFunction").update(Handler="io.weft.results.lambda.ShipHandler"), "handlers: CatalogFunction calls"),
    ("functions", "more rights than its worker", RUN, lambda d: properties(d, "CatalogRole")["ManagedPolicyArns"].append("arn:aws:iam::aws:policy/AmazonS3FullAccess"), "handlers: CatalogFunction has another policy"),
    ("functions", "a log for ever", RUN, lambda d: properties(d, "CatalogLog").pop("RetentionInDays"), "handlers: CatalogFunction keeps its log"),
    ("functions", "all logs", RUN, lambda d: properties(d, "AlertsRole")["Policies"][0]["PolicyDocument"]["Statement"][0].update(Resource="arn:aws:logs:us-east-2:111122223333:log-group:*:log-stream:*"), "resources: AlertsRole allows"),
    ("functions", "all secrets", {**RUN, "WebhookSecretArns": "*"}, lambda d: None, "resources: WebhookRole allows"),
    ("api-destination", "results in plain text", {**TO, "Url": "http://example.com/"}, lambda d: None, "destination: results are told to http://example.com/"),
    ("api-destination", "no limit", TO, lambda d: properties(d, "Destination").pop("InvocationRateLimitPerSecond"), "destination: as often as they come"),
    ("api-destination", "no dead letters", TO, lambda d: properties(d, "ResultRule")["Targets"][0].pop("DeadLetterConfig"), "destination: what was not taken is lost"),
    ("api-destination", "replays", TO, lambda d: properties(d, "ResultRule")["EventPattern"].pop("replay-name"), "destination: a replay is told again"),
    ("api-destination", "a secret", TO, lambda d: properties(d, "Connection")["AuthParameters"]["Fn::If"][1]["ApiKeyAuthParameters"].update(ApiKeyValue="hunter2"), "destination: a secret stands in the template"),
    ("events-in", "an alarm that nobody hears", IN, lambda d: properties(d, "LateAlarm").pop("AlarmActions"), "alarms: LateAlarm does not tell the operator"),
    ("api-destination", "an alarm without a name", TO, lambda d: properties(d, "DeadLettersAlarm").pop("AlarmName"), "alarms: DeadLettersAlarm has a name that nobody knows"),
    ("api-destination", "a stranger at the dead letters", TO, lambda d: admit(d, "DeadLettersPolicy", "s3.amazonaws.com", "arn:aws:s3:::my-bucket"), "queue_policies: arn:aws:sqs:us-east-2:111122223333:results-dlq admits"),
]


# What the core stack has to be for them.
CORE_MUTATIONS = [
    ("events-in", "an operator who hears of the core's alarms only", IN, lambda d: alarm_arns(d, "${AWS::StackName}-ship-*"), "alarms: LateAlarm: the operator's topic does not take"),
    ("api-destination", "an operator who hears of one alarm", TO, lambda d: alarm_arns(d, "${AWS::StackName}-ship-age"), "alarms: DeadLettersAlarm: the operator's topic does not take"),
    ("events-in", "an operator who hears of nobody's", IN, lambda d: statement(d, "OperatorTopicPolicy")["Condition"].pop("ArnLike"), "alarms: LateAlarm: the operator's topic does not take"),
]


def alarm_arns(document, name):
    statement(document, "OperatorTopicPolicy")["Condition"]["ArnLike"]["aws:SourceArn"] = {"Fn::Sub": f"arn:${{AWS::Partition}}:cloudwatch:${{AWS::Region}}:${{AWS::AccountId}}:alarm:{name}"}


def beside(core, document, parameters):
    """An optional stack, which knows the one that it belongs to."""
    stack = Rendered(document, parameters)
    stack.core = core
    return stack


def outside(cases, core_document):
    """The optional templates."""
    core = Rendered(core_document, PLAIN)
    documents, provoked = {}, []
    for name, path in OUTSIDE.items():
        findings = [f"{match.filename}:{match.linenumber} {match.rule.id} {match.message}" for match in lint_file(path, config=CHECKS)]
        cases.case(f"cfn-lint finds nothing in {path.relative_to(HOME)}", "\n".join(findings))
        documents[name], _ = cfnlint.decode.decode(str(path))
    for name, parameters in (("events-in", IN), ("functions", RUN), ("functions", {**RUN, "WebhookSecretArns": ""}), ("api-destination", TO), ("api-destination", {**TO, "Authorization": "OAUTH_CLIENT_CREDENTIALS"})):
        cases.case(f"our rules find nothing in {name} with {parameters}", "\n".join(outside_rules.check(name, beside(core, documents[name], parameters))))
    for name, what, parameters, change, expected in OUTSIDE_MUTATIONS:
        changed = copy.deepcopy(documents[name])
        change(changed)
        errors = outside_rules.check(name, beside(core, changed, parameters))
        provoked += errors
        cases.case(f"refused: {name} with {what}", "" if any(expected in error for error in errors) else f"expected '{expected}' among:\n" + "\n".join(errors or ["nothing"]))
    for name, what, parameters, change, expected in CORE_MUTATIONS:
        changed = copy.deepcopy(core_document)
        change(changed)
        errors = outside_rules.check(name, beside(Rendered(changed, PLAIN), documents[name], parameters))
        provoked += errors
        cases.case(f"refused: {name} beside {what}", "" if any(expected in error for error in errors) else f"expected '{expected}' among:\n" + "\n".join(errors or ["nothing"]))
    cases.case("every message of their rules has a template that provokes it", "\n".join(messages.unprovoked([outside_rules], provoked)))


def main():
    cases = Cases()
    findings = [f"{match.filename}:{match.linenumber} {match.rule.id} {match.message}" for match in lint_file(TEMPLATE, config=CHECKS)]
    cases.case(f"cfn-lint finds nothing in {TEMPLATE.relative_to(HOME)}", "\n".join(findings))
    # More would have to go through a bucket first.
    size = TEMPLATE.stat().st_size
    cases.case("the template fits into a call of CloudFormation", f"{size} bytes of 51,200" if size > 51200 else "")
    document, _ = cfnlint.decode.decode(str(TEMPLATE))
    for values in itertools.product(*CHOICES.values()):
        parameters = dict(zip(CHOICES, values))
        errors = results_rules.check(Rendered(document, {"BucketName": "my-bucket", **parameters}))
        cases.case(f"our rules find nothing with {', '.join(f'{key}={value}' for key, value in parameters.items())}", "\n".join(errors))
    # What is compared is there: sixteen ways and not one message would also come of a template without queues.
    fed = set(results_rules.feeds(Rendered(document, ALL)))
    cases.case("fourteen ways lead to the queues with all rules, one less where S3 sends straight",
               "" if (len(fed), len(set(results_rules.feeds(Rendered(document, STRAIGHT))))) == (14, 13) else "\n".join(map(str, sorted(fed))))
    provoked = []
    for what, parameters, change, expected in MUTATIONS:
        changed = copy.deepcopy(document)
        change(changed)
        errors = results_rules.check(Rendered(changed, parameters))
        provoked += errors
        found = any(expected in error for error in errors)
        cases.case(f"refused: {what}", "" if found else f"expected '{expected}' among:\n" + "\n".join(errors or ["nothing"]))
    cases.case("every message of every rule has a template that provokes it", "\n".join(messages.unprovoked([results_rules], provoked)))
    outside(cases, document)
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
