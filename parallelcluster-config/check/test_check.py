"""Tests of the checks: rendered configurations pass, and each rule has a changed one that it refuses.

Usage: test_check.py FOLDER      where small.yaml, x86.yaml, graviton.yaml and comparison.yaml have been rendered

Prints "ok - name" or "not ok - name" for each case and last "1..N", as the tests of scripts do.
"""

import copy
import sys
from pathlib import Path

import yaml

import check_cluster
import instance_types
import messages
import own_rules

TYPES = instance_types.read_table()
VERIFIED = Path(__file__).resolve().parents[2] / "docs" / "verified.md"


def queue(document, index=0):
    return own_rules.queues(document)[index]


def node(document, index=0):
    return queue(document, index)["ComputeResources"][0]


def fsx(document):
    return document["SharedStorage"][0]["FsxLustreSettings"]


def association(document):
    return fsx(document)["DataRepositoryAssociations"][0]


def untag(document, key):
    document["Tags"] = [tag for tag in document["Tags"] if tag["Key"] != key]


# Each: what is changed, in which file, how, and what has to be said. "schema" and names of classes are ParallelCluster's own.
MUTATIONS = [
    # What ParallelCluster's schema and validators refuse.
    ("a key that nobody knows", "small", lambda d: d.update(Weft=1), "schema: "),
    ("InstanceType and Instances together", "small", lambda d: node(d).update(Instances=[{"InstanceType": "c5n.9xlarge"}]), "either InstanceType or Instances"),
    ("a system of the past", "small", lambda d: d["Image"].update(Os="alinux2"), "schema: "),
    ("a subnet's id that is none", "small", lambda d: queue(d)["Networking"].update(SubnetIds=["subnet-zzz"]), "schema: "),
    ("AutoImportPolicy of a kind that is none", "x86", lambda d: association(d).update(AutoImportPolicy=["ALL"]), "schema: "),
    ("KeyName of login nodes, removed in 3.15", "x86", lambda d: d["LoginNodes"]["Pools"][0]["Ssh"].update(KeyName="k"), "KeyName"),
    ("EFA without a placement group", "small", lambda d: queue(d)["Networking"].update(PlacementGroup={"Enabled": False}), "EfaPlacementGroupValidator: "),
    ("EFA over two subnets", "small", lambda d: queue(d)["Networking"]["SubnetIds"].append("subnet-00000009"), "SingleInstanceTypeSubnetValidator: "),
    ("EFA on a type without", "small", lambda d: node(d).update(InstanceType="c7i.xlarge"), "EfaValidator: "),
    ("a queue without EFA on a type that has it", "small", lambda d: node(d)["Efa"].update(Enabled=False), "EfaValidator: "),
    ("Prolog of slurm.conf", "small", lambda d: d["Scheduling"]["SlurmSettings"]["CustomSlurmSettings"].append({"Prolog": "/x"}), "CustomSlurmSettingsValidator: "),
    ("more nodes at least than at most", "small", lambda d: node(d).update(MinCount=3), "ComputeResourceSizeValidator: "),
    ("two queues of one name", "comparison", lambda d: queue(d, 1).update(Name="efa"), "DuplicateNameValidator: "),
    ("a head node of another architecture", "x86", lambda d: d["HeadNode"].update(InstanceType="c7g.xlarge"), "InstanceArchitectureCompatibilityValidator: "),
    ("a file system on a folder of the system", "small", lambda d: d["SharedStorage"][0].update(MountDir="/bin"), "SharedStorageMountDirValidator: "),
    ("a size that FSx does not have", "x86", lambda d: fsx(d).update(StorageCapacity=1300), "FsxStorageCapacityValidator: "),
    ("throughput that FSx does not have", "x86", lambda d: fsx(d).update(PerUnitStorageThroughput=99), "FsxStorageTypeOptionsValidator: "),
    ("Spot of a type that has none", "x86", lambda d: queue(d).update(CapacityType="SPOT"), "CapacityTypeValidator: "),
    # What only Weft's rules refuse.
    ("no tag project", "small", lambda d: untag(d, "project"), "tags: the cost-allocation tag 'project' is missing"),
    ("no tag cluster", "small", lambda d: untag(d, "cluster"), "tags: the cost-allocation tag 'cluster' is missing"),
    ("a kind that is none", "small", lambda d: d["Tags"][-1].update(Value="big"), "tags: kind big"),
    ("another system", "small", lambda d: d["Image"].update(Os="ubuntu2404"), "system: Image.Os is ubuntu2404"),
    ("metadata for everyone on the head node", "small", lambda d: d["HeadNode"]["Imds"].update(Secured=False), "secured_metadata: HeadNode.Imds.Secured"),
    ("metadata left at its default", "small", lambda d: d["HeadNode"].pop("Imds"), "secured_metadata: HeadNode.Imds.Secured"),
    ("metadata of version 1", "small", lambda d: d["Imds"].update(ImdsSupport="v1.0"), "secured_metadata: Imds.ImdsSupport"),
    ("a type that the table lacks", "small", lambda d: node(d).update(InstanceType="c5n.4xlarge"), "known_types: instance type c5n.4xlarge is not in instance-types.tsv"),
    ("a queue without EFA", "small", lambda d: node(d)["Efa"].update(Enabled=False), "efa: queue efa: Efa.Enabled is not true"),
    ("EFA on a type of the table without", "small", lambda d: node(d).update(InstanceType="c7i.xlarge"), "efa: queue efa: c7i.xlarge has no EFA"),
    ("a login node of another architecture", "graviton", lambda d: d["LoginNodes"]["Pools"][0].update(InstanceType="t3.medium"), "architecture: nodes of different architectures"),
    ("a Graviton cluster of x86", "graviton", lambda d: (d["HeadNode"].update(InstanceType="c7i.xlarge"), d["LoginNodes"]["Pools"][0].update(InstanceType="t3.medium"), node(d).update(InstanceType="hpc6a.48xlarge")), "architecture: a cluster of kind graviton wants arm64"),
    ("Spot where AWS sells none", "comparison", lambda d: [queue(d, i).update(CapacityType="SPOT") for i in (0, 1)], "capacity: queue efa: hpc6a.48xlarge is not sold as Spot"),
    ("a node that runs while idle", "small", lambda d: node(d).update(MinCount=1), "idle_nodes: queue efa"),
    ("a placement group without a name", "small", lambda d: queue(d)["Networking"]["PlacementGroup"].pop("Name"), "placement: queue efa: no placement group"),
    ("two subnets", "small", lambda d: queue(d)["Networking"]["SubnetIds"].append("subnet-00000009"), "placement: queue efa: not exactly one subnet"),
    ("no EFA security group", "small", lambda d: queue(d)["Networking"].pop("AdditionalSecurityGroups"), "placement: queue efa: AdditionalSecurityGroups"),
    ("GdrSupport", "small", lambda d: node(d)["Efa"].update(GdrSupport=True), "dead_keys: GdrSupport"),
    ("Epilog of slurm.conf", "small", lambda d: d["Scheduling"]["SlurmSettings"]["CustomSlurmSettings"].append({"epilog": "/x"}), "slurm_settings: Epilog is ParallelCluster's own"),
    ("settings from a file", "small", lambda d: d["Scheduling"]["SlurmSettings"].update(CustomSlurmSettings=None, CustomSlurmSettingsIncludeFile="s3://my-bucket/x") or d["Scheduling"]["SlurmSettings"].pop("CustomSlurmSettings"), "slurm_settings: CustomSlurmSettingsIncludeFile"),
    ("no EpilogSlurmctld", "small", lambda d: d["Scheduling"]["SlurmSettings"].pop("CustomSlurmSettings"), "slurm_settings: EpilogSlurmctld"),
    ("EpilogSlurmctld somewhere else", "small", lambda d: d["Scheduling"]["SlurmSettings"].update(CustomSlurmSettings=[{"EpilogSlurmctld": "/tmp/x"}]), "slurm_settings: EpilogSlurmctld"),
    ("everyone may log in", "small", lambda d: d["HeadNode"]["Ssh"].update(AllowedIps="0.0.0.0/0"), "access_from_outside: "),
    ("everyone may log in by default", "x86", lambda d: d["LoginNodes"]["Pools"][0].pop("Ssh"), "access_from_outside: "),
    ("production without login nodes", "x86", lambda d: d.pop("LoginNodes"), "login_nodes: no pool"),
    ("no /shared", "small", lambda d: d["SharedStorage"][0].update(MountDir="/data"), "storage: not exactly one file system on /shared"),
    ("production on EBS", "x86", lambda d: d.update(SharedStorage=[{"Name": "s", "StorageType": "Ebs", "MountDir": "/shared"}]), "storage: /shared is Ebs"),
    ("automatic export", "x86", lambda d: association(d).update(AutoExportPolicy=["NEW"]), "import_only: AutoExportPolicy"),
    ("an association with results", "x86", lambda d: association(d).update(DataRepositoryPath="s3://my-bucket/results/"), "import_only: DataRepositoryPath"),
    ("an association with the whole bucket", "graviton", lambda d: association(d).update(DataRepositoryPath="s3://my-bucket/"), "import_only: DataRepositoryPath"),
    ("no automatic import", "x86", lambda d: association(d).pop("AutoImportPolicy"), "import_only: no AutoImportPolicy"),
    ("no association", "x86", lambda d: fsx(d).pop("DataRepositoryAssociations"), "import_only: not exactly one data repository association"),
    ("ExportPath", "x86", lambda d: (fsx(d).pop("DataRepositoryAssociations"), fsx(d).update(DeploymentType="SCRATCH_2", ImportPath="s3://my-bucket/inputs", ExportPath="s3://my-bucket/inputs/results"), fsx(d).pop("PerUnitStorageThroughput")), "import_only: ImportPath and ExportPath"),
    ("the whole bucket", "small", lambda d: queue(d)["Iam"]["S3Access"].append({"BucketName": "my-bucket"}), "buckets: queue efa: S3Access to the whole bucket"),
    ("results from a compute node", "small", lambda d: queue(d)["Iam"]["S3Access"].append({"BucketName": "my-bucket", "KeyName": "results/*"}), "buckets: queue efa: S3Access to results/*"),
    ("writing to the bucket", "small", lambda d: d["HeadNode"]["Iam"]["S3Access"][0].update(EnableWriteAccess=True), "buckets: HeadNode: S3Access may write"),
    ("publishing from compute nodes", "small", lambda d: queue(d)["Iam"].update(AdditionalIamPolicies=[{"Policy": "arn:aws:iam::111122223333:policy/p"}]), "publishing: queue efa"),
    ("no script before Slurm", "small", lambda d: d["HeadNode"]["CustomActions"].pop("OnNodeStart"), "bootstrap: HeadNode.CustomActions.OnNodeStart"),
    ("a compute node that installs", "small", lambda d: queue(d)["CustomActions"]["OnNodeConfigured"].update(Script="s3://my-bucket/software/x/head-configured"), "bootstrap: queue efa"),
    ("a compute node with a second script", "small", lambda d: queue(d)["CustomActions"].update(OnNodeStart={"Script": "s3://my-bucket/x"}), "bootstrap: queue efa"),
    ("queues of different types", "comparison", lambda d: node(d, 1).update(InstanceType="c5n.18xlarge"), "control_queue: the two queues differ"),
    ("queues of different sizes", "comparison", lambda d: node(d, 1).update(MaxCount=9), "control_queue: the two queues differ"),
    ("queues in different placement groups", "comparison", lambda d: queue(d, 1)["Networking"]["PlacementGroup"].update(Name="other"), "control_queue: the two queues differ"),
    ("queues in different subnets", "comparison", lambda d: queue(d, 1)["Networking"].update(SubnetIds=["subnet-00000009"]), "control_queue: the two queues differ"),
    ("hyper-threads in one queue", "comparison", lambda d: node(d, 1).update(DisableSimultaneousMultithreading=False), "control_queue: the two queues differ"),
    ("EFA in both queues", "comparison", lambda d: node(d, 1)["Efa"].update(Enabled=True), "control_queue: not one queue with EFA"),
    ("no control queue", "comparison", lambda d: d["Scheduling"]["SlurmQueues"].pop(), "control_queue: a comparison has exactly two queues"),
    ("two network cards in a comparison", "comparison", lambda d: [node(d, i).update(InstanceType="c6in.32xlarge") for i in (0, 1)], "control_queue: queue efa: c6in.32xlarge has 2 network cards"),
]


class Cases:
    """Counts, and prints as it goes."""

    def __init__(self):
        self.number = self.failed = 0

    def case(self, name, problem):
        """One case, with what is wrong or nothing."""
        self.number += 1
        print(f"{'not ok' if problem else 'ok'} - {name}", flush=True)
        if problem:
            self.failed += 1
            print("\n".join(f"# {line}" for line in str(problem).splitlines()), flush=True)


def main(folder):
    cases = Cases()
    documents = {kind: yaml.safe_load(Path(folder, f"{kind}.yaml").read_text(encoding="utf-8")) for kind in own_rules.KINDS}
    left = set()
    for kind, document in documents.items():
        errors, outcome = check_cluster.check(copy.deepcopy(document), TYPES)
        if not errors and len(outcome.ran) < 40:
            errors = [f"only {len(outcome.ran)} of ParallelCluster's validators ran"]
        cases.case(f"{kind}: the schema and {len(outcome.ran)} of ParallelCluster's validators, and Weft's rules, find nothing", "\n".join(errors))
        left |= {name for name, _ in outcome.need_aws}
    provoked = []
    for name, kind, change, expected in MUTATIONS:
        document = copy.deepcopy(documents[kind])
        change(document)
        errors, _ = check_cluster.check(document, TYPES)
        provoked += errors
        found = any(expected in error for error in errors)
        cases.case(f"refused: {name}", "" if found else f"expected '{expected}' among:\n" + "\n".join(errors or ["nothing"]))
    cases.case("every message of every rule has a configuration that provokes it", "\n".join(messages.unprovoked([own_rules], provoked)))
    verified = VERIFIED.read_text(encoding="utf-8")
    untold = [name for name in sorted(left) if name.removeprefix("the rest of ") not in verified]
    cases.case("docs/verified.md names every validator that wants AWS", ", ".join(untold))
    print(f"1..{cases.number}")
    return 1 if cases.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
