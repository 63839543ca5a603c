"""What CloudFormation's own rules do not know: what EFA and multi-node parallel jobs want of the templates.

A rule is a function that yields what is wrong; the decorator gives it the name that stands before its messages.
"""

import base64
import email
import json

RULES = {"network": [], "batch": []}


def rule(template):
    """Registers a rule for a template under its function's name."""

    def register(function):
        RULES[template].append(function)
        return function

    return register


def check(name, document):
    """Gives all that is wrong, each with the rule's name before it."""
    return [f"{function.__name__}: {message}" for function in RULES[name] for message in function(document)]


def of_type(document, kind):
    """All resources of a type, by their names."""
    return {name: one for name, one in document["Resources"].items() if one["Type"] == kind}


def only(document, kind):
    """The properties of the one resource of a type."""
    (found,) = of_type(document, kind).values()
    return found["Properties"]


def import_of(value):
    """The name of an export without its stack's, or None."""
    if isinstance(value, dict) and "Fn::ImportValue" in value:
        return str(value["Fn::ImportValue"].get("Fn::Sub", "")).rpartition("-")[2]
    return None


def either(value):
    """What an Fn::If gives when its condition holds; other values as they are."""
    return value["Fn::If"][1] if isinstance(value, dict) and "Fn::If" in value else value


@rule("network")
def self_rules(document):
    """EFA's packets are let through by rules that name the group itself, and by no others."""
    for kind, peer in (("AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId"), ("AWS::EC2::SecurityGroupEgress", "DestinationSecurityGroupId")):
        found = [
            one["Properties"] for one in of_type(document, kind).values()
            if one["Properties"].get("IpProtocol") == "-1" and one["Properties"].get(peer) == one["Properties"].get("GroupId")
        ]
        if not found:
            yield f"no {kind} that lets everything pass between members"


@rule("network")
def no_open_group(document):
    """Nobody from outside, and outwards only what is needed."""
    group = only(document, "AWS::EC2::SecurityGroup")
    if group.get("SecurityGroupIngress"):
        yield "the group lets somebody in from outside"
    if not group.get("SecurityGroupEgress"):
        yield "without SecurityGroupEgress CloudFormation lets everything out"
    for one in group.get("SecurityGroupEgress") or []:
        if one.get("IpProtocol") != "tcp" or one.get("FromPort") != one.get("ToPort"):
            yield f"outwards more than one port of TCP: {one}"


@rule("network")
def one_zone(document):
    """EFA does not cross zones."""
    zones = {json.dumps(one["Properties"].get("AvailabilityZone"), sort_keys=True) for one in of_type(document, "AWS::EC2::Subnet").values()}
    if len(zones) != 1:
        yield f"subnets in {len(zones)} zones"


@rule("network")
def private_subnet(document):
    """An instance with more than one network card gets no public address."""
    if document["Resources"]["PrivateSubnet"]["Properties"].get("MapPublicIpOnLaunch") is not False:
        yield "PrivateSubnet gives public addresses"
    routes = [one["Properties"] for one in of_type(document, "AWS::EC2::Route").values() if "NatGatewayId" in one["Properties"]]
    if not any(route["RouteTableId"] == {"Ref": "PrivateRoutes"} for route in routes):
        yield "the private subnet has no way out through a NAT gateway"


@rule("network")
def s3_endpoint(document):
    """Otherwise results pay for the NAT gateway."""
    endpoint = only(document, "AWS::EC2::VPCEndpoint")
    if endpoint.get("VpcEndpointType") != "Gateway" or {"Ref": "PrivateRoutes"} not in endpoint.get("RouteTableIds", []):
        yield "no S3 gateway endpoint in the private routes"


@rule("network")
def cluster_group(document):
    """Close together."""
    if only(document, "AWS::EC2::PlacementGroup").get("Strategy") != "cluster":
        yield "the placement group's strategy is not cluster"


@rule("network")
def exports(document):
    """What the other templates and scripts/cluster read."""
    for name in ("VpcId", "VpcCidr", "PublicSubnetId", "PrivateSubnetId", "EfaSecurityGroupId", "PlacementGroupName"):
        if document["Outputs"].get(name, {}).get("Export", {}).get("Name") != {"Fn::Sub": f"${{AWS::StackName}}-{name}"}:
            yield f"no export {name}"


def interfaces(document):
    """The launch template's network interfaces, the conditional one too."""
    return [either(one) for one in only(document, "AWS::EC2::LaunchTemplate")["LaunchTemplateData"]["NetworkInterfaces"]]


def compute(document):
    """The compute environment's resources."""
    return only(document, "AWS::Batch::ComputeEnvironment")["ComputeResources"]


def container(document):
    """The job definition's container."""
    return only(document, "AWS::Batch::JobDefinition")["NodeProperties"]["NodeRangeProperties"][0]["Container"]


@rule("batch")
def efa_interfaces(document):
    """One a card, each on its own card."""
    cards = []
    for one in interfaces(document):
        cards.append(one.get("NetworkCardIndex"))
        if one.get("InterfaceType") != "efa":
            yield f"card {one.get('NetworkCardIndex')}: InterfaceType is not efa"
        if "AssociatePublicIpAddress" in one:
            yield f"card {one.get('NetworkCardIndex')}: a public address"
    if cards != list(range(len(cards))):
        yield f"network cards {cards}"


@rule("batch")
def devices(document):
    """As many as interfaces; a container sees no other device."""
    found = [either(one) for one in container(document).get("LinuxParameters", {}).get("Devices") or []]
    expected = [f"/dev/infiniband/uverbs{card}" for card in range(len(interfaces(document)))]
    if [one.get("HostPath") for one in found] != expected or [one.get("ContainerPath") for one in found] != expected:
        yield f"devices {[one.get('HostPath') for one in found]}, not {expected}"


@rule("batch")
def group_on_both(document):
    """The instance's interfaces, and those that ECS gives containers."""
    for one in interfaces(document):
        if [import_of(group) for group in one.get("Groups") or []] != ["EfaSecurityGroupId"]:
            yield f"launch template, card {one.get('NetworkCardIndex')}: not the network's EFA group"
    if [import_of(group) for group in compute(document).get("SecurityGroupIds") or []] != ["EfaSecurityGroupId"]:
        yield "compute environment: not the network's EFA group"


@rule("batch")
def where(document):
    """One private subnet, the placement group."""
    if [import_of(subnet) for subnet in compute(document).get("Subnets") or []] != ["PrivateSubnetId"]:
        yield "not the network's private subnet alone"
    if import_of(compute(document).get("PlacementGroup")) != "PlacementGroupName":
        yield "not the network's placement group"


@rule("batch")
def on_demand(document):
    """Multi-node parallel jobs run on nothing else, and wait for ever elsewhere."""
    if compute(document).get("Type") != "EC2":
        yield f"compute resources of type {compute(document).get('Type')}"
    if only(document, "AWS::Batch::ComputeEnvironment").get("Type") != "MANAGED":
        yield "the compute environment is not MANAGED"
    if compute(document).get("MinvCpus") != 0:
        yield "MinvCpus is not 0: nodes run while no job does"
    if len(compute(document).get("InstanceTypes") or []) != 1:
        yield "not exactly one instance type"


@rule("batch")
def job_definition(document):
    """What a job needs and what ends it."""
    job = only(document, "AWS::Batch::JobDefinition")
    if job.get("Type") != "multinode":
        yield "type is not multinode"
    ranges = job["NodeProperties"]["NodeRangeProperties"]
    if len(ranges) != 1 or ranges[0].get("TargetNodes") != "0:":
        yield "not one open range of nodes, which lets a submission choose their number"
    limits = {one["Name"]: one for one in container(document).get("Ulimits") or []}
    if (limits.get("memlock") or {}).get("SoftLimit") != -1 or (limits.get("memlock") or {}).get("HardLimit") != -1:
        yield "memlock is limited"
    if not container(document).get("LinuxParameters", {}).get("SharedMemorySize"):
        yield "no size of shared memory: Docker's 64 MiB are too few"
    if not job.get("Timeout", {}).get("AttemptDurationSeconds"):
        yield "no timeout"
    if not job.get("RetryStrategy", {}).get("Attempts") or not job["RetryStrategy"].get("EvaluateOnExit"):
        yield "no retry strategy that tells a lost host from a failed job"
    if container(document).get("Privileged"):
        yield "a privileged container"


@rule("batch")
def bundles(document):
    """A file system for bundles by parameter, mounted where the entry point is told."""
    volumes = [either(one) for one in container(document).get("Volumes") or []]
    mounts = [either(one) for one in container(document).get("MountPoints") or []]
    told = [either(one) for one in container(document).get("Environment") or []]
    path = next((one.get("Value") for one in told if one.get("Name") == "WEFT_BATCH_SHARED"), None)
    if [one.get("EfsVolumeConfiguration", {}).get("FileSystemId") for one in volumes] != [{"Ref": "BundleFileSystemId"}]:
        yield "no volume of BundleFileSystemId"
    if [one.get("ContainerPath") for one in mounts] != [path] or path is None:
        yield f"the file system is not mounted where WEFT_BATCH_SHARED says ({path})"


@rule("batch")
def metadata(document):
    """A container that reaches the node's metadata has the node's rights."""
    options = only(document, "AWS::EC2::LaunchTemplate")["LaunchTemplateData"].get("MetadataOptions") or {}
    if options.get("HttpTokens") != "required" or options.get("HttpPutResponseHopLimit") != 1:
        yield "metadata is open to containers"


@rule("batch")
def user_data(document):
    """MIME, for AWS Batch adds a part of its own; a boothook, for it has to be done before ECS's agent starts jobs."""
    value = only(document, "AWS::EC2::LaunchTemplate")["LaunchTemplateData"].get("UserData")
    text = value.get("Fn::Base64", {}).get("Fn::Sub", "") if isinstance(value, dict) else base64.b64decode(value or "").decode()
    parts = email.message_from_string(text)
    kinds = [part.get_content_type() for part in parts.get_payload()] if parts.is_multipart() else []
    if kinds != ["text/cloud-boothook"]:
        yield f"user data is not MIME with a boothook: {kinds}"
    elif not parts.get_payload()[0].get_payload().startswith("#!/bin/bash\n"):
        yield "the boothook is no bash script"
    if "${EfaInstallerVersion}" not in text:
        yield "the EFA installer's version is no parameter"


@rule("batch")
def rights(document):
    """No wildcard: neither what may be done nor with what."""
    for name, role in of_type(document, "AWS::IAM::Role").items():
        for policy in (either(one) for one in role["Properties"].get("Policies") or []):
            for statement in policy["PolicyDocument"]["Statement"]:
                actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
                if any("*" in action for action in actions) or statement.get("Resource") in ("*", ["*"], None):
                    yield f"{name}: {actions} on {statement.get('Resource')}"
