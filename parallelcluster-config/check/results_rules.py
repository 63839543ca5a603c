"""What the results pipeline wants of its template, looked at as it is with given parameters.

A rule is a function that yields what is wrong; the decorator gives it the name that stands before its messages. Who feeds which queue
is not written down here: it is read from subscriptions, rules and notifications, and then compared with whom policies admit.
"""

import re

from rendered import ACCOUNT

RULES = []
FOURTEEN_DAYS = 14 * 24 * 3600
USE = {"kms:Decrypt", "kms:GenerateDataKey"}


def rule(function):
    """Registers a rule under its function's name."""
    RULES.append(function)
    return function


def check(stack):
    """Gives all that is wrong, each with the rule's name before it."""
    return [f"{function.__name__}: {message}" for function in RULES for message in function(stack)]


def listed(value):
    """A list, where one may stand for itself."""
    return value if isinstance(value, list) else [value]


def statements(stack, *kinds):
    """(name, type, statement) for each statement of each policy of these types of resources."""
    for name, one in stack.resources.items():
        kind, properties = one["Type"], one["Properties"]
        if kinds and kind not in kinds:
            continue
        found = [properties[key] for key in ("PolicyDocument", "KeyPolicy", "AssumeRolePolicyDocument") if key in properties]
        found += [policy["PolicyDocument"] for policy in properties.get("Policies") or []]
        for document in found:
            for statement in listed(document["Statement"]):
                yield name, kind, statement


@rule
def actions(stack):
    """Each thing that is allowed is named."""
    for name, _, statement in statements(stack):
        if statement["Effect"] == "Allow":
            if "NotAction" in statement:
                yield f"{name} allows all but {listed(statement['NotAction'])}"
            for action in listed(statement.get("Action", [])):
                if "*" in action:
                    yield f"{name} allows {action}"


def is_open(resource):
    """Whether an ARN leaves open what of its service is meant: no name, or no more than a bucket's."""
    parts = resource.split(":", 5)
    if len(parts) < 6:
        return "*" in resource
    where = parts[:5] if parts[2] != "s3" else parts[:3]
    # Streams of a named log group have names that nobody knows before.
    name = parts[5].removesuffix(":log-stream:*").split("/", 1)
    return "*" in "".join(where) or "*" in name[0] or (len(name) > 1 and name[1].startswith("*"))


@rule
def resources(stack):
    """And so is what it is allowed with. A key's policy speaks of its key alone, which it can only call "*"; a role's names none."""
    for name, kind, statement in statements(stack):
        if statement["Effect"] != "Allow":
            continue
        if "NotResource" in statement:
            yield f"{name} allows it with all but {listed(statement['NotResource'])}"
        if kind != "AWS::KMS::Key":
            for resource in listed(statement.get("Resource", [])):
                if is_open(resource):
                    yield f"{name} allows {listed(statement.get('Action'))} with {resource}"


@rule
def principals(stack):
    """And to whom."""
    for name, _, statement in statements(stack):
        who = statement.get("Principal", {})
        named = [who] if isinstance(who, str) else [one for value in who.values() for one in listed(value)]
        if statement["Effect"] == "Allow" and any("*" in one for one in named):
            yield f"{name} allows it to everybody"
        if "NotPrincipal" in statement:
            yield f"{name} has a NotPrincipal"


def service_of(statement):
    """The one service that a statement speaks of, or None."""
    who = statement.get("Principal")
    return who.get("Service") if isinstance(who, dict) else None


def queues(stack):
    """Queues' properties by their ARN."""
    return {stack.arn(name): one for name, one in stack.of_type("AWS::SQS::Queue").items()}


def feeds(stack):
    """(service, ARN of the source, ARN of the queue) for each that sends to a queue, to a dead-letter queue too."""
    for one in stack.of_type("AWS::SNS::Subscription").values():
        if one["Protocol"] == "sqs":
            yield "sns.amazonaws.com", one["TopicArn"], one["Endpoint"]
            if "RedrivePolicy" in one:
                yield "sns.amazonaws.com", one["TopicArn"], one["RedrivePolicy"]["deadLetterTargetArn"]
    for name, one in stack.of_type("AWS::Events::Rule").items():
        for target in one["Targets"]:
            if ":sqs:" in target["Arn"]:
                yield "events.amazonaws.com", stack.arn(name), target["Arn"]
            if "DeadLetterConfig" in target:
                yield "events.amazonaws.com", stack.arn(name), target["DeadLetterConfig"]["Arn"]
    for name, one in stack.of_type("AWS::S3::Bucket").items():
        for configuration in (one.get("NotificationConfiguration") or {}).get("QueueConfigurations") or []:
            yield "s3.amazonaws.com", stack.arn(name), configuration["Queue"]


def admitted(stack):
    """(service, ARN of the source, ARN of the queue) for each that a queue's policy lets send, by statements of the one right shape."""
    for name, _, statement in statements(stack, "AWS::SQS::QueuePolicy"):
        condition = statement.get("Condition", {})
        source = condition.get("ArnEquals", {}).get("aws:SourceArn")
        if condition.get("StringEquals", {}).get("aws:SourceAccount") == ACCOUNT and isinstance(source, str):
            yield service_of(statement), source, statement["Resource"]


@rule
def queue_policies(stack):
    """A queue admits those who feed it, and nobody else."""
    for name, one in stack.of_type("AWS::SQS::QueuePolicy").items():
        found = one["PolicyDocument"]["Statement"]
        if len(one["Queues"]) != 1:
            yield f"{name} is not of one queue"
        for statement in found:
            condition = statement.get("Condition", {})
            if "aws:SourceArn" not in condition.get("ArnEquals", {}):
                yield f"{name}: {statement['Sid']} does not say which source"
            if condition.get("StringEquals", {}).get("aws:SourceAccount") != ACCOUNT:
                yield f"{name}: {statement['Sid']} does not say whose source"
            if listed(statement.get("Action", [])) != ["sqs:SendMessage"] or statement["Effect"] != "Allow":
                yield f"{name}: {statement['Sid']} is about something else than sending"
            names = [f"({queue})" for queue in stack.of_type("AWS::SQS::Queue") if stack.arn(queue) == statement["Resource"]]
            if names != one["Queues"]:
                yield f"{name}: {statement['Sid']} is about another queue than the policy"
    wanted, got = set(feeds(stack)), set(admitted(stack))
    for service, source, queue in sorted(wanted - got):
        yield f"{queue} does not admit {source} of {service}, which feeds it"
    for service, source, queue in sorted(got - wanted):
        yield f"{queue} admits {source} of {service}, which does not feed it"


def key_users(stack):
    """Services that send to something that the key encrypts."""
    keys = {stack.arn(name) for name in stack.of_type("AWS::KMS::Key")}
    encrypted = {queue for queue, one in queues(stack).items() if one.get("KmsMasterKeyId") in keys}
    topics = {stack.arn(name) for name, one in stack.of_type("AWS::SNS::Topic").items() if one.get("KmsMasterKeyId") in keys}
    users = {service for service, _, queue in feeds(stack) if queue in encrypted}
    for one in stack.of_type("AWS::CloudWatch::Alarm").values():
        if topics & set(one.get("AlarmActions", []) + one.get("OKActions", [])):
            users.add("cloudwatch.amazonaws.com")
    return users


@rule
def key_policy(stack):
    """A key admits the services that send to what it encrypts: one that is missing loses its messages, and nobody hears of it."""
    got = set()
    for name, _, statement in statements(stack, "AWS::KMS::Key"):
        service = service_of(statement)
        if service:
            got.add(service)
            if not USE <= set(listed(statement.get("Action", []))):
                yield f"{name} does not let {service} do both of {sorted(USE)}"
            account = statement.get("Condition", {}).get("StringEquals", {}).get("aws:SourceAccount")
            # EventBridge names neither account nor rule when it uses a key.
            if (account is None) != (service == "events.amazonaws.com"):
                yield f"{name} has for {service} the condition {statement.get('Condition')}"
    wanted = key_users(stack)
    for service in sorted(wanted - got):
        yield f"the key does not admit {service}, which sends to what it encrypts"
    for service in sorted(got - wanted):
        yield f"the key admits {service}, which sends to nothing that it encrypts"


@rule
def encryption(stack):
    """Each queue by SQS or by the one key, all alike; topics by the key where there is one."""
    keys = [stack.arn(name) for name in stack.of_type("AWS::KMS::Key")]
    for name, one in stack.of_type("AWS::SQS::Queue").items():
        if keys and one.get("KmsMasterKeyId") not in keys or not keys and one.get("SqsManagedSseEnabled") is not True:
            yield f"{name} is not encrypted as the others"
    for name, one in stack.of_type("AWS::SNS::Topic").items():
        if keys and one.get("KmsMasterKeyId") not in keys:
            yield f"{name} is not encrypted by the key"
    for name, one in stack.of_type("AWS::KMS::Key").items():
        if one.get("EnableKeyRotation") is not True:
            yield f"{name} is not rotated"


def dead_letters(stack):
    """ARNs of the queues that are dead-letter queues of queues."""
    return {one["RedrivePolicy"]["deadLetterTargetArn"] for one in queues(stack).values() if "RedrivePolicy" in one}


@rule
def redrive(stack):
    """No message ends nowhere: each queue, subscription and rule has a dead-letter queue, of its queue's type."""
    found, dead = queues(stack), dead_letters(stack)
    for arn, one in found.items():
        if one.get("MessageRetentionPeriod") != FOURTEEN_DAYS:
            yield f"{arn} keeps messages for {one.get('MessageRetentionPeriod')} s, not 14 days"
        if arn in dead:
            continue
        other = one.get("RedrivePolicy", {}).get("deadLetterTargetArn")
        if other is None:
            yield f"{arn} has no dead-letter queue"
        elif found[other].get("FifoQueue") != one.get("FifoQueue"):
            yield f"{arn} and its dead-letter queue are of different types"
        elif found[other].get("RedriveAllowPolicy") != {"redrivePermission": "byQueue", "sourceQueueArns": [arn]}:
            yield f"{other} takes dead letters of others than {arn}"
    for name, one in stack.of_type("AWS::SNS::Subscription").items():
        if one["Protocol"] == "sqs":
            other = one.get("RedrivePolicy", {}).get("deadLetterTargetArn")
            if other != found[one["Endpoint"]].get("RedrivePolicy", {}).get("deadLetterTargetArn"):
                yield f"{name} has another dead-letter queue than its queue: {other}"
    for name, one in stack.of_type("AWS::Events::Rule").items():
        for target in one["Targets"]:
            other = target.get("DeadLetterConfig", {}).get("Arn")
            if other is None or target["Arn"] in found and other != found[target["Arn"]].get("RedrivePolicy", {}).get("deadLetterTargetArn"):
                yield f"{name} has another dead-letter queue than its target: {other}"


@rule
def types(stack):
    """What AWS refuses or drops, and servers for tests do not."""
    found = queues(stack)
    topics = {stack.arn(name): one for name, one in stack.of_type("AWS::SNS::Topic").items()}
    for name, one in stack.of_type("AWS::SNS::Subscription").items():
        fifo = topics[one["TopicArn"]].get("FifoTopic", False)
        if fifo and one["Protocol"] != "sqs":
            yield f"{name}: a FIFO topic feeds nothing by {one['Protocol']}"
        if not fifo and one["Protocol"] == "sqs" and found[one["Endpoint"]].get("FifoQueue"):
            yield f"{name}: a standard topic feeds no FIFO queue"
    for service, source, queue in feeds(stack):
        if service == "s3.amazonaws.com" and found[queue].get("FifoQueue"):
            yield f"{queue}: S3 sends to no FIFO queue"
    for name, one in stack.of_type("AWS::Events::Rule").items():
        if "EventBusName" in one:
            yield f"{name}: S3 and AWS Batch speak on the default bus only"
    for one in list(found.values()) + list(topics.values()):
        own = str(one.get("QueueName") or one.get("TopicName") or "")
        if own and own.endswith(".fifo") != bool(one.get("FifoQueue") or one.get("FifoTopic")):
            yield f"{own}: a name ends with .fifo if the type is FIFO, and only then"


@rule
def subscriptions(stack):
    """Raw, so that nobody unpacks an envelope; by attributes, since filters on bodies cost more and break on claim checks."""
    for name, one in stack.of_type("AWS::SNS::Subscription").items():
        if one["Protocol"] != "sqs":
            continue
        if one.get("RawMessageDelivery") is not True:
            yield f"{name} wraps messages into an envelope"
        if "FilterPolicy" in one and one.get("FilterPolicyScope") != "MessageAttributes":
            yield f"{name} filters by {one.get('FilterPolicyScope')}"
        policies = {queue for policy in stack.of_type("AWS::SQS::QueuePolicy").values() for queue in policy["Queues"]}
        if not policies:
            yield f"{name}: nothing admits it"
        needed = {policy for policy, properties in stack.of_type("AWS::SQS::QueuePolicy").items()
                  for queue in stack.of_type("AWS::SQS::Queue")
                  if properties["Queues"] == [f"({queue})"] and stack.arn(queue) in (one["Endpoint"], one.get("RedrivePolicy", {}).get("deadLetterTargetArn"))}
        if not needed <= set(listed(stack.resources[name].get("DependsOn", []))):
            yield f"{name} may come before the policies that admit it"


@rule
def alarms(stack):
    """On each dead-letter queue's depth, on the age of each other's oldest message, told to the operator."""
    operators = {stack.arn("OperatorTopic")} if "OperatorTopic" in stack.resources else set()
    seen = {}
    for name, one in stack.of_type("AWS::CloudWatch::Alarm").items():
        if set(one.get("AlarmActions", [])) != operators or not operators:
            yield f"{name} does not tell the operator"
        (dimension,) = one["Dimensions"]
        seen.setdefault((one["MetricName"], dimension["Value"]), []).append(one)
    dead = dead_letters(stack)
    for arn, one in queues(stack).items():
        metric = "ApproximateNumberOfMessagesVisible" if arn in dead else "ApproximateAgeOfOldestMessage"
        found = seen.get((metric, one["QueueName"]), [])
        if not any(alarm["ComparisonOperator"] == "GreaterThanThreshold" and alarm["Namespace"] == "AWS/SQS" for alarm in found):
            yield f"{one['QueueName']} has no alarm on {metric}"
        elif arn in dead and [alarm["Threshold"] for alarm in found] != [0]:
            yield f"{one['QueueName']}: the alarm lets messages lie"


@rule
def bucket(stack):
    """Private, versioned, over TLS only, without rests of uploads; manifests and the audit written once."""
    for name, one in stack.of_type("AWS::S3::Bucket").items():
        access = one.get("PublicAccessBlockConfiguration", {})
        for key in ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"):
            if access.get(key) is not True:
                yield f"{name}: {key} is not true"
        if one.get("VersioningConfiguration") != {"Status": "Enabled"}:
            yield f"{name} is not versioned"
        if one.get("ObjectLockEnabled") is not True:
            yield f"{name} cannot lock objects"
        if one.get("OwnershipControls") != {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}:
            yield f"{name} heeds access lists"
        if not one.get("BucketEncryption"):
            yield f"{name} does not say how it is encrypted"
        rules = one.get("LifecycleConfiguration", {}).get("Rules", [])
        if not any("AbortIncompleteMultipartUpload" in each and each["Status"] == "Enabled" and "Prefix" not in each for each in rules):
            yield f"{name} keeps the rests of uploads"
        if any("ExpirationInDays" in each and each.get("Prefix") != "claims/" for each in rules):
            yield f"{name} forgets results"
        arn = stack.arn(name)
        denied = [each for policy in stack.of_type("AWS::S3::BucketPolicy").values() if policy["Bucket"] == one["BucketName"]
                  for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Deny" and each["Principal"] == "*"]
        everything = [each for each in denied if listed(each.get("Action", [])) == ["s3:*"] and set(listed(each["Resource"])) == {arn, f"{arn}/*"}]
        if not any(each["Condition"] == {"Bool": {"aws:SecureTransport": False}} for each in everything):
            yield f"{name} is open without TLS"
        if not any(each["Condition"] == {"NumericLessThan": {"s3:TlsVersion": "1.2"}} for each in everything):
            yield f"{name} is open to old TLS"
        for what in ("runs/*/manifest.json", "audit/*"):
            if not any("s3:PutObject" in listed(each.get("Action", [])) and f"{arn}/{what}" in listed(each["Resource"])
                       and each["Condition"] == {"Null": {"s3:if-none-match": True}, "Bool": {"s3:ObjectCreationOperation": True}} for each in denied):
                yield f"{name} lets {what} be written over"
        audit = [each for each in denied if listed(each["Resource"]) == [f"{arn}/audit/*"]]
        if not any(each["Condition"] == {"Null": {"s3:object-lock-mode": True}} for each in audit if "s3:PutObject" in listed(each.get("Action", []))):
            yield f"{name} takes an audit that is not locked"
        if not any("s3:object-lock-remaining-retention-days" in each["Condition"].get("NumericLessThan", {})
                   for each in audit if {"s3:PutObject", "s3:PutObjectRetention"} <= set(listed(each.get("Action", [])))):
            yield f"{name} takes an audit that is locked for a moment"
        if not any(listed(each.get("Action", [])) == ["s3:BypassGovernanceRetention"] and "Condition" not in each for each in audit):
            yield f"{name} lets an audit be unlocked"


@rule
def kept(stack):
    """What is not made anew stays when the stack goes."""
    for name, one in stack.resources.items():
        if one["Type"] in ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::DynamoDB::Table", "AWS::KMS::Key"):
            if one.get("DeletionPolicy") != "Retain" or one.get("UpdateReplacePolicy") != "Retain":
                yield f"{name} goes with the stack"
    for name, one in stack.of_type("AWS::DynamoDB::Table").items():
        if one.get("PointInTimeRecoverySpecification") != {"PointInTimeRecoveryEnabled": True}:
            yield f"{name} cannot go back in time"
        if one.get("DeletionProtectionEnabled") is not True:
            yield f"{name} can be deleted by mistake"


@rule
def publish_only(stack):
    """The policy that jobs get: one topic, and a place for what is too long for it."""
    allowed = {action for name, _, statement in statements(stack, "AWS::IAM::ManagedPolicy") if name == "PublishPolicy" for action in listed(statement.get("Action", []))}
    expected = {"sns:GetTopicAttributes", "sns:Publish", "s3:PutObject"} | (USE if stack.of_type("AWS::KMS::Key") else set())
    if allowed != expected:
        yield f"PublishPolicy allows {sorted(allowed)}, not {sorted(expected)}"
    for name, _, statement in statements(stack, "AWS::IAM::ManagedPolicy"):
        if name == "PublishPolicy" and "s3:PutObject" in listed(statement.get("Action", [])):
            if not all(re.fullmatch(r"arn:aws:s3:::[a-z0-9-]+/claims/\*", one) for one in listed(statement.get("Resource", []))):
                yield f"PublishPolicy may write {statement['Resource']}"
