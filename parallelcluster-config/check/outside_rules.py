"""What the results pipeline's two optional templates want: events that come in from outside, and results told to a service outside."""

import base64
import json

from fnmatch import fnmatchcase

from rendered import ACCOUNT, REGION
from results_rules import actions, principals, queue_policies, resources, statements

RULES = {"events-in": [actions, resources, principals], "functions": [actions, resources, principals], "api-destination": [actions, resources, principals, queue_policies]}


def rule(template):
    """Registers a rule for a template under its function's name."""

    def register(function):
        RULES[template].append(function)
        return function

    return register


def check(name, stack):
    """Gives all that is wrong, each with the rule's name before it."""
    return [f"{function.__name__}: {message}" for function in RULES[name] for message in function(stack)]


def only(stack, kind):
    """The properties of the one resource of a type."""
    (found,) = stack.of_type(kind).values()
    return found


def trust(stack):
    """Roles are taken by their service for this account alone."""
    for name, _, statement in statements(stack, "AWS::IAM::Role"):
        if "Principal" in statement and not statement.get("Condition", {}).get("StringEquals", {}).get("aws:SourceAccount"):
            yield f"{name} can be taken for another account"


for _template in RULES:
    RULES[_template].append(trust)


def alarms(stack):
    """An alarm is told to the operator of the core stack, whose topic takes it from an alarm of that name; CloudWatch tells nobody that it was refused."""
    admitted = []
    for one in stack.core.of_type("AWS::SNS::TopicPolicy")["OperatorTopicPolicy"]["PolicyDocument"]["Statement"]:
        if one["Effect"] == "Allow" and one["Principal"] == {"Service": "cloudwatch.amazonaws.com"}:
            conditions = one.get("Condition", {})
            admitted += [conditions.get(how, {}).get("aws:SourceArn") for how in ("ArnLike", "ArnEquals")]
    for name, one in stack.of_type("AWS::CloudWatch::Alarm").items():
        if one.get("AlarmActions") != ["(weft-results-OperatorTopicArn)"]:
            yield f"{name} does not tell the operator"
        if "AlarmName" not in one:
            yield f"{name} has a name that nobody knows beforehand"
        elif not any(pattern and fnmatchcase(f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:{one['AlarmName']}", pattern) for pattern in admitted):
            yield f"{name}: the operator's topic does not take an alarm called {one['AlarmName']}"


for _template in ("events-in", "api-destination"):
    RULES[_template].append(alarms)


@rule("events-in")
def door(stack):
    """Who is asked, how often, and with what."""
    method = only(stack, "AWS::ApiGateway::Method")
    if method.get("AuthorizationType") != "AWS_IAM":
        yield "events are taken from everybody"
    if list(method.get("RequestModels", {})) != ["application/json"] or only(stack, "AWS::ApiGateway::RequestValidator").get("ValidateRequestBody") is not True:
        yield "events are not compared with a model"
    if method["Integration"].get("PassthroughBehavior") != "NEVER":
        yield "what is not JSON passes unchecked"
    settings = only(stack, "AWS::ApiGateway::Stage").get("MethodSettings") or [{}]
    if not settings[0].get("ThrottlingRateLimit") or not settings[0].get("ThrottlingBurstLimit") or settings[0].get("ResourcePath") != "/*":
        yield "nothing is throttled"


def mapped(stack, body, request="c6af9ac6-7b61-11e6-9a41-93e8deadbeef"):
    """What API Gateway sends to Kinesis for a body: its mapping template with the three functions that this one uses."""
    text = only(stack, "AWS::ApiGateway::Method")["Integration"]["RequestTemplates"]["application/json"]
    line = json.dumps(json.loads(body), separators=(",", ":")).encode()
    text = text.replace("$util.base64Encode($input.json('$'))", base64.b64encode(line).decode()).replace("$context.requestId", request)
    return json.loads(text)


@rule("events-in")
def lines(stack):
    """One event a line, whatever lines it came in."""
    sent = mapped(stack, '{"id": "1",\n "type": "x"}')
    if set(sent) != {"StreamName", "PartitionKey", "Data"}:
        yield f"Kinesis is sent {sorted(sent)}"
    if "$" in json.dumps(sent):
        yield f"the mapping is not all worked out: {sent}"
    target = only(stack, "AWS::KinesisFirehose::DeliveryStream")["ExtendedS3DestinationConfiguration"]
    processors = target.get("ProcessingConfiguration", {}).get("Processors", [])
    if [one["Type"] for one in processors] != ["AppendDelimiterToRecord"] or processors[0]["Parameters"] != [{"ParameterName": "Delimiter", "ParameterValue": "\\n"}]:
        yield "events are joined without a line's end"
    if target.get("FileExtension") != ".json" or target.get("CompressionFormat") != "UNCOMPRESSED":
        yield "files are not called .json"
    if not target.get("ErrorOutputPrefix", "").startswith("events-failed/") or not target.get("Prefix", "").startswith("events/"):
        yield "what failed lies among what did not"


@rule("events-in")
def stream(stack):
    """Encrypted, and long enough for a long weekend."""
    found = only(stack, "AWS::Kinesis::Stream")
    if not found.get("StreamEncryption"):
        yield "the stream is not encrypted"
    if found.get("RetentionPeriodHours", 24) < 96:
        yield f"the stream keeps events {found.get('RetentionPeriodHours', 24)} hours"


@rule("api-destination")
def destination(stack):
    """Over TLS, not too often, with a way for what was not taken, and replays kept back."""
    found = only(stack, "AWS::Events::ApiDestination")
    if not found["InvocationEndpoint"].startswith("https://"):
        yield f"results are told to {found['InvocationEndpoint']}"
    if not found.get("InvocationRateLimitPerSecond"):
        yield "as often as they come"
    sent = only(stack, "AWS::Events::Rule")
    if any("DeadLetterConfig" not in target for target in sent["Targets"]):
        yield "what was not taken is lost"
    if sent["EventPattern"].get("replay-name") != [{"exists": False}]:
        yield "a replay is told again"
    parameters = json.dumps(only(stack, "AWS::Events::Connection")["AuthParameters"])
    if parameters.count("{{resolve:secretsmanager:") != 2:
        yield "a secret stands in the template"


# What each function is to do, by its resource's name.
FUNCTIONS = {"Catalog": "CatalogHandler", "Alerts": "AlertsHandler", "Webhook": "WebhookHandler"}


@rule("functions")
def triggers(stack):
    """Message by message, and seen again only when Lambda itself has given up."""
    for name, one in stack.of_type("AWS::Lambda::EventSourceMapping").items():
        which = name.removesuffix("Trigger")
        if one.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{name}: one bad message sends the others round again"
        if one["EventSourceArn"] != f"(weft-results-{which}QueueArn)" or one["FunctionName"] != f"({which}Function)":
            yield f"{name} leads from {one['EventSourceArn']} to {one['FunctionName']}"
        # The stack that has the queues, as it is beside this one.
        visibility = stack.core.of_type("AWS::SQS::Queue")[f"{which}Queue"].get("VisibilityTimeout", 30)
        timeout = stack.of_type("AWS::Lambda::Function")[f"{which}Function"].get("Timeout", 3)
        if visibility < 6 * timeout:
            yield f"{name}: {visibility} s of visibility, less than six times {timeout} s"


@rule("functions")
def handlers(stack):
    """Each function is a class that there is, with the queue's own policy and a log that does not grow for ever."""
    for name, one in stack.of_type("AWS::Lambda::Function").items():
        which = name.removesuffix("Function")
        if one["Handler"] != f"io.weft.results.lambda.{FUNCTIONS.get(which)}":
            yield f"{name} calls {one['Handler']}"
        role = stack.of_type("AWS::IAM::Role")[f"{which}Role"]
        if role.get("ManagedPolicyArns") != [f"(weft-results-{which}PolicyArn)"] or one["Role"] != f"({which}Role.Arn)":
            yield f"{name} has another policy than its worker"
        if not stack.of_type("AWS::Logs::LogGroup")[f"{which}Log"].get("RetentionInDays"):
            yield f"{name} keeps its log for ever"
