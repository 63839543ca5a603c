"""A CloudFormation template as it is with given parameters: conditions decided, names and ARNs in place of what refers to them.

Only what rules look at is worked out: an attribute that AWS alone knows becomes a name of its own, "(Resource.Attribute)".
"""

import re

ACCOUNT = "111122223333"
REGION = "us-east-2"
NONE = object()


class Rendered:
    """The resources that a stack of this name would have, by logical name, each with Type and Properties."""

    def __init__(self, document, parameters=None, stack="results"):
        self._document = document
        self._values = {name: one.get("Default") for name, one in document.get("Parameters", {}).items()}
        unknown = set(parameters or {}) - set(self._values)
        if unknown:
            raise KeyError(f"no such parameters: {sorted(unknown)}")
        self._values.update(parameters or {})
        missing = [name for name, value in self._values.items() if value is None]
        if missing:
            raise KeyError(f"parameters without a value: {missing}")
        self._values.update({
            "AWS::StackName": stack, "AWS::AccountId": ACCOUNT, "AWS::Region": REGION, "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com", "AWS::NoValue": NONE,
        })
        self.resources = {}
        for name, one in document["Resources"].items():
            if "Condition" not in one or self._condition(one["Condition"]):
                whole = {key: value for key, value in one.items() if key != "Condition"}
                self.resources[name] = self._value(whole)
                self.resources[name].setdefault("Properties", {})

    def of_type(self, kind):
        """All resources of a type: names and properties."""
        return {name: one["Properties"] for name, one in self.resources.items() if one["Type"] == kind}

    def arn(self, name):
        """What rules know a resource by."""
        return self._attribute(name, "Arn")

    def _condition(self, name):
        return self._decide(self._document["Conditions"][name])

    def _decide(self, value):
        ((how, of),) = value.items()
        if how == "Fn::Equals":
            return str(self._value(of[0])) == str(self._value(of[1]))
        if how == "Fn::Not":
            return not self._decide(of[0])
        if how == "Fn::And":
            return all(self._decide(one) for one in of)
        if how == "Fn::Or":
            return any(self._decide(one) for one in of)
        if how == "Condition":
            return self._condition(of)
        raise ValueError(f"a condition of {how}")

    def _value(self, value):
        if isinstance(value, list):
            return [found for found in (self._value(one) for one in value) if found is not NONE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((how, of),) = value.items()
            if how == "Ref":
                return self._ref(of)
            if how == "Fn::If":
                return self._value(of[1] if self._condition(of[0]) else of[2])
            if how == "Fn::GetAtt":
                return self._attribute(*(of.split(".", 1) if isinstance(of, str) else of))
            if how == "Fn::Sub":
                text, own = (of, {}) if isinstance(of, str) else of
                given = {key: self._value(one) for key, one in own.items()}
                return re.sub(r"\$\{([^!}][^}]*)\}", lambda found: str(given.get(found.group(1)) or self._named(found.group(1))), text)
            if how == "Fn::Join":
                parts = self._value(of[1])
                return of[0].join(parts.split(",") if isinstance(parts, str) else parts)
            if how == "Fn::ImportValue":
                # The core stack's bucket by its name: policies are about it.
                name = self._value(of)
                return "my-bucket" if name.endswith("-BucketName") else f"({name})"
            if how.startswith("Fn::"):
                raise ValueError(f"a function {how}")
        found = {key: self._value(one) for key, one in value.items()}
        return {key: one for key, one in found.items() if one is not NONE}

    def _named(self, name):
        return self._attribute(*name.split(".", 1)) if "." in name else self._ref(name)

    def _ref(self, name):
        if name in self._values:
            return self._values[name]
        kind = self._document["Resources"][name]["Type"]
        if kind in ("AWS::SNS::Topic", "AWS::IAM::ManagedPolicy"):
            return self._attribute(name, "Arn")
        if kind == "AWS::S3::Bucket":
            return self._own_name(name, "BucketName")
        return f"({name})"

    def _own_name(self, name, key):
        value = self._document["Resources"][name]["Properties"].get(key)
        return name if value is None else self._value(value)

    def _attribute(self, name, attribute):
        kind = self._document["Resources"][name]["Type"]
        if attribute == "QueueName":
            return self._own_name(name, "QueueName")
        if attribute == "TopicName":
            return self._own_name(name, "TopicName")
        if attribute != "Arn":
            return f"({name}.{attribute})"
        where = f"{REGION}:{ACCOUNT}"
        if kind == "AWS::SQS::Queue":
            return f"arn:aws:sqs:{where}:{self._own_name(name, 'QueueName')}"
        if kind == "AWS::SNS::Topic":
            return f"arn:aws:sns:{where}:{self._own_name(name, 'TopicName')}"
        if kind == "AWS::S3::Bucket":
            return f"arn:aws:s3:::{self._own_name(name, 'BucketName')}"
        if kind == "AWS::Events::Rule":
            return f"arn:aws:events:{where}:rule/{name}"
        if kind == "AWS::DynamoDB::Table":
            return f"arn:aws:dynamodb:{where}:table/{name}"
        if kind == "AWS::Kinesis::Stream":
            return f"arn:aws:kinesis:{where}:stream/{name}"
        if kind == "AWS::KMS::Key":
            return f"arn:aws:kms:{where}:key/{name}"
        return f"({name}.Arn)"
