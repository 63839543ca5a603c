"""Tests of the CloudFormation templates: cfn-lint finds nothing, our rules find nothing, and each rule has a template it refuses.

Prints "ok - name" or "not ok - name" for each case and last "1..N", as the tests of scripts do.
"""

import copy
import sys
from pathlib import Path

import cfnlint.decode
from cfnlint.api import ManualArgs, lint_file

import messages
import template_rules

HOME = Path(__file__).resolve().parent.parent
TEMPLATES = {"network": HOME / "network/network.yaml", "budget": HOME / "network/budget.yaml", "batch": HOME / "batch/batch.yaml"}
CHECKS = ManualArgs(include_checks=["I"])


def properties(document, name):
    return document["Resources"][name]["Properties"]


def first_interface(document):
    return properties(document, "LaunchTemplate")["LaunchTemplateData"]["NetworkInterfaces"][0]


def container(document):
    return template_rules.container(document)


def resources(document):
    return template_rules.compute(document)


def boothook(document, change):
    data = properties(document, "LaunchTemplate")["LaunchTemplateData"]["UserData"]["Fn::Base64"]
    data["Fn::Sub"] = change(str(data["Fn::Sub"]))


MUTATIONS = [
    ("network", "no ingress of members", lambda d: d["Resources"].pop("EfaIngress"), "self_rules: no AWS::EC2::SecurityGroupIngress"),
    ("network", "no egress of members", lambda d: d["Resources"].pop("EfaEgress"), "self_rules: no AWS::EC2::SecurityGroupEgress"),
    ("network", "egress to addresses instead", lambda d: properties(d, "EfaEgress").update(CidrIp="0.0.0.0/0", DestinationSecurityGroupId=None), "self_rules: no AWS::EC2::SecurityGroupEgress"),
    ("network", "only TCP between members", lambda d: properties(d, "EfaIngress").update(IpProtocol="tcp"), "self_rules: no AWS::EC2::SecurityGroupIngress"),
    ("network", "everyone is let in", lambda d: properties(d, "EfaSecurityGroup").update(SecurityGroupIngress=[{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"}]), "no_open_group: the group lets somebody in"),
    ("network", "everything is let out", lambda d: properties(d, "EfaSecurityGroup")["SecurityGroupEgress"].append({"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}), "no_open_group: outwards more"),
    ("network", "everything is let out by default", lambda d: properties(d, "EfaSecurityGroup").pop("SecurityGroupEgress"), "no_open_group: without SecurityGroupEgress"),
    ("network", "two zones", lambda d: properties(d, "PublicSubnet").update(AvailabilityZone="us-east-2a"), "one_zone: subnets in 2 zones"),
    ("network", "public addresses for compute nodes", lambda d: properties(d, "PrivateSubnet").update(MapPublicIpOnLaunch=True), "private_subnet: PrivateSubnet gives public"),
    ("network", "no way out", lambda d: d["Resources"].pop("PrivateDefaultRoute"), "private_subnet: the private subnet has no way out"),
    ("network", "no S3 endpoint for compute nodes", lambda d: properties(d, "S3Endpoint")["RouteTableIds"].pop(), "s3_endpoint: "),
    ("network", "a spread group", lambda d: properties(d, "PlacementGroup").update(Strategy="spread"), "cluster_group: "),
    ("network", "a missing export", lambda d: d["Outputs"]["PlacementGroupName"].pop("Export"), "exports: no export PlacementGroupName"),
    ("batch", "an interface without EFA", lambda d: first_interface(d).pop("InterfaceType"), "efa_interfaces: card 0"),
    ("batch", "two interfaces on one card", lambda d: first_interface(d).update(NetworkCardIndex=1), "efa_interfaces: network cards"),
    ("batch", "a public address", lambda d: first_interface(d).update(AssociatePublicIpAddress=True), "efa_interfaces: card 0: a public address"),
    ("batch", "a device too few", lambda d: container(d)["LinuxParameters"]["Devices"].pop(), "devices: "),
    ("batch", "another group on the interface", lambda d: first_interface(d).update(Groups=["sg-00000001"]), "group_on_both: launch template, card 0"),
    ("batch", "another group on containers", lambda d: resources(d).update(SecurityGroupIds=["sg-00000001"]), "group_on_both: compute environment"),
    ("batch", "another subnet", lambda d: resources(d)["Subnets"].append("subnet-00000001"), "where: not the network's private subnet"),
    ("batch", "no placement group", lambda d: resources(d).pop("PlacementGroup"), "where: not the network's placement group"),
    ("batch", "Spot", lambda d: resources(d).update(Type="SPOT"), "on_demand: compute resources of type SPOT"),
    ("batch", "unmanaged", lambda d: properties(d, "ComputeEnvironment").update(Type="UNMANAGED"), "on_demand: the compute environment is not MANAGED"),
    ("batch", "nodes while no job runs", lambda d: resources(d).update(MinvCpus=192), "on_demand: MinvCpus"),
    ("batch", "two instance types", lambda d: resources(d)["InstanceTypes"].append("c5n.18xlarge"), "on_demand: not exactly one instance type"),
    ("batch", "a container job", lambda d: properties(d, "JobDefinition").update(Type="container"), "job_definition: type is not multinode"),
    ("batch", "a closed range of nodes", lambda d: properties(d, "JobDefinition")["NodeProperties"]["NodeRangeProperties"][0].update(TargetNodes="0:1"), "job_definition: not one open range"),
    ("batch", "limited memlock", lambda d: container(d)["Ulimits"][0].update(HardLimit=65536), "job_definition: memlock"),
    ("batch", "no memlock", lambda d: container(d).pop("Ulimits"), "job_definition: memlock"),
    ("batch", "no shared memory", lambda d: container(d)["LinuxParameters"].pop("SharedMemorySize"), "job_definition: no size of shared memory"),
    ("batch", "no timeout", lambda d: properties(d, "JobDefinition").pop("Timeout"), "job_definition: no timeout"),
    ("batch", "no retry strategy", lambda d: properties(d, "JobDefinition").pop("RetryStrategy"), "job_definition: no retry strategy"),
    ("batch", "a privileged container", lambda d: container(d).update(Privileged=True), "job_definition: a privileged container"),
    ("batch", "no volume for bundles", lambda d: container(d).pop("Volumes"), "bundles: no volume"),
    ("batch", "bundles mounted elsewhere", lambda d: container(d)["MountPoints"][0]["Fn::If"][1].update(ContainerPath="/data"), "bundles: the file system is not mounted"),
    ("batch", "metadata for containers", lambda d: properties(d, "LaunchTemplate")["LaunchTemplateData"]["MetadataOptions"].update(HttpPutResponseHopLimit=2), "metadata: "),
    ("batch", "user data that is no MIME", lambda d: boothook(d, lambda text: text.replace("MIME-Version: 1.0\n", "").replace("multipart/mixed", "text/plain")), "user_data: user data is not MIME"),
    ("batch", "a boothook that is no script", lambda d: boothook(d, lambda text: text.replace("#!/bin/bash\n", "")), "user_data: the boothook is no bash script"),
    ("batch", "a script after ECS's agent", lambda d: boothook(d, lambda text: text.replace("cloud-boothook", "x-shellscript")), "user_data: user data is not MIME with a boothook"),
    ("batch", "a fixed EFA installer", lambda d: boothook(d, lambda text: text.replace("${EfaInstallerVersion}", "latest")), "user_data: the EFA installer's version"),
    ("batch", "a job that may do everything", lambda d: properties(d, "JobRole")["Policies"][0]["Fn::If"][1]["PolicyDocument"]["Statement"][0].update(Action="elasticfilesystem:*"), "rights: JobRole"),
    ("batch", "a job that may do it with everything", lambda d: properties(d, "JobRole")["Policies"][0]["Fn::If"][1]["PolicyDocument"]["Statement"][0].update(Resource="*"), "rights: JobRole"),
]


def main():
    number = failed = 0

    def case(name, problem):
        nonlocal number, failed
        number += 1
        print(f"{'not ok' if problem else 'ok'} - {name}", flush=True)
        if problem:
            failed += 1
            print("\n".join(f"# {line}" for line in problem.splitlines()), flush=True)

    documents = {}
    for name, path in TEMPLATES.items():
        findings = [f"{match.filename}:{match.linenumber} {match.rule.id} {match.message}" for match in lint_file(path, config=CHECKS)]
        case(f"cfn-lint finds nothing in {path.relative_to(HOME)}", "\n".join(findings))
        documents[name], _ = cfnlint.decode.decode(str(path))
    for name in template_rules.RULES:
        case(f"our rules find nothing in {name}", "\n".join(template_rules.check(name, documents[name])))
    provoked = []
    for name, what, change, expected in MUTATIONS:
        document = copy.deepcopy(documents[name])
        change(document)
        errors = template_rules.check(name, document)
        provoked += errors
        found = any(expected in error for error in errors)
        case(f"refused: {name} with {what}", "" if found else f"expected '{expected}' among:\n" + "\n".join(errors or ["nothing"]))
    case("every message of every rule has a template that provokes it", "\n".join(messages.unprovoked([template_rules], provoked)))
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
