"""What ParallelCluster's schema does not know: instance types, and what Weft promises of its clusters.

A rule is a function that yields what is wrong; the decorator gives it the name that stands before its messages.
"""

import copy

RULES = []
EPILOG = "/opt/slurm/etc/scripts/epilog-slurmctld"
KINDS = ("small", "x86", "graviton", "comparison")
PRODUCTION = ("x86", "graviton")


def rule(function):
    """Registers a rule under its function's name."""
    RULES.append(function)
    return function


def check(document, types):
    """Gives all that is wrong, each with the rule's name before it."""
    return [f"{function.__name__}: {message}" for function in RULES for message in function(document, types)]


def kind_of(document):
    """The kind that the tag says, or None."""
    tags = {tag.get("Key"): tag.get("Value") for tag in document.get("Tags") or []}
    return tags.get("kind")


def queues(document):
    """All queues."""
    return document["Scheduling"]["SlurmQueues"]


def resources(document):
    """All compute resources, each with its queue."""
    return [(queue, resource) for queue in queues(document) for resource in queue.get("ComputeResources") or []]


def login_pools(document):
    """All pools of login nodes."""
    return (document.get("LoginNodes") or {}).get("Pools") or []


def keys(node):
    """All keys of all mappings in a document."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys(value)


def has_efa(resource):
    """Whether a compute resource asks for EFA."""
    return (resource.get("Efa") or {}).get("Enabled") is True


@rule
def tags(document, _types):
    """Cost is told apart by these."""
    named = {tag.get("Key"): tag.get("Value") for tag in document.get("Tags") or []}
    for key in ("project", "cluster", "kind"):
        if not named.get(key):
            yield f"the cost-allocation tag '{key}' is missing"
    if named.get("kind") and named["kind"] not in KINDS:
        yield f"kind {named['kind']} is none of {', '.join(KINDS)}"


@rule
def system(document, _types):
    """The bootstrap scripts are written for it."""
    if document["Image"].get("Os") != "alinux2023":
        yield f"Image.Os is {document['Image'].get('Os')}, not alinux2023"


@rule
def secured_metadata(document, _types):
    """A job's user must not get the head node's credentials."""
    if (document["HeadNode"].get("Imds") or {}).get("Secured") is not True:
        yield "HeadNode.Imds.Secured is not true"
    if (document.get("Imds") or {}).get("ImdsSupport") != "v2.0":
        yield "Imds.ImdsSupport is not v2.0"


@rule
def known_types(document, types):
    """Nothing else can be checked of a type that the table does not have."""
    named = [document["HeadNode"]["InstanceType"]] + [pool["InstanceType"] for pool in login_pools(document)]
    named += [resource.get("InstanceType") for _, resource in resources(document)]
    for name in named:
        if name not in types:
            yield f"instance type {name} is not in instance-types.tsv"


@rule
def efa(document, types):
    """Every queue is there for EFA, but for the control queue of the comparison."""
    for queue, resource in resources(document):
        instance = types.get(resource.get("InstanceType"))
        if not has_efa(resource) and kind_of(document) != "comparison":
            yield f"queue {queue['Name']}: Efa.Enabled is not true"
        if instance and has_efa(resource) and instance.efa_cards == 0:
            yield f"queue {queue['Name']}: {instance.name} has no EFA"


@rule
def architecture(document, types):
    """All nodes share one JDK and one build."""
    named = [document["HeadNode"]["InstanceType"]] + [pool["InstanceType"] for pool in login_pools(document)]
    named += [resource.get("InstanceType") for _, resource in resources(document)]
    found = {types[name].arch for name in named if name in types}
    if len(found) > 1:
        yield f"nodes of different architectures: {', '.join(sorted(set(name for name in named if name)))}"
    wanted = {"x86": "x86_64", "graviton": "arm64"}.get(kind_of(document))
    if wanted and found - {wanted}:
        yield f"a cluster of kind {kind_of(document)} wants {wanted}"


@rule
def capacity(document, types):
    """AWS sells no Spot of some types, and a job there would wait for ever."""
    for queue in queues(document):
        for resource in queue.get("ComputeResources") or []:
            instance = types.get(resource.get("InstanceType"))
            if queue.get("CapacityType", "ONDEMAND") == "SPOT" and instance and not instance.spot:
                yield f"queue {queue['Name']}: {instance.name} is not sold as Spot"


@rule
def idle_nodes(document, _types):
    """The idle cost that scripts/cluster prints counts no compute node."""
    for queue, resource in resources(document):
        if resource.get("MinCount") != 0:
            yield f"queue {queue['Name']}: MinCount is not 0"


@rule
def placement(document, _types):
    """One zone, one named group: a group that ParallelCluster makes is one compute resource's own."""
    for queue in queues(document):
        group = (queue.get("Networking") or {}).get("PlacementGroup") or {}
        if group.get("Enabled") is not True or not group.get("Name"):
            yield f"queue {queue['Name']}: no placement group that is enabled and named"
        if len((queue.get("Networking") or {}).get("SubnetIds") or []) != 1:
            yield f"queue {queue['Name']}: not exactly one subnet, and EFA does not cross zones"
        if not (queue.get("Networking") or {}).get("AdditionalSecurityGroups"):
            yield f"queue {queue['Name']}: AdditionalSecurityGroups lacks the network's EFA group"


@rule
def dead_keys(document, _types):
    """Keys that do nothing mislead."""
    if "GdrSupport" in keys(document):
        yield "GdrSupport has had no effect since 3.0.2"


@rule
def slurm_settings(document, _types):
    """ParallelCluster owns Prolog and Epilog; a finished job without a manifest is finalised by EpilogSlurmctld."""
    settings = document["Scheduling"].get("SlurmSettings") or {}
    if settings.get("CustomSlurmSettingsIncludeFile"):
        yield "CustomSlurmSettingsIncludeFile hides settings from these checks"
    merged = {}
    for one in settings.get("CustomSlurmSettings") or []:
        merged.update({key.lower(): value for key, value in one.items()})
    for key in ("prolog", "epilog"):
        if key in merged:
            yield f"{key.capitalize()} is ParallelCluster's own: use {key}.d"
    if merged.get("epilogslurmctld") != EPILOG:
        yield f"EpilogSlurmctld is not {EPILOG}"


@rule
def access_from_outside(document, _types):
    """An open ssh port is scanned within minutes."""
    ranges = [(document["HeadNode"].get("Ssh") or {}).get("AllowedIps")]
    ranges += [(pool.get("Ssh") or {}).get("AllowedIps") for pool in login_pools(document)]
    for allowed in ranges:
        if not allowed or allowed.endswith("/0"):
            yield f"Ssh.AllowedIps is {allowed or 'missing, which means everyone'}"


@rule
def login_nodes(document, _types):
    """On a production cluster people log in beside the head node, not on it."""
    if kind_of(document) in PRODUCTION and not login_pools(document):
        yield "no pool of login nodes"


@rule
def storage(document, _types):
    """Every script finds JDK, toolkit and spool in /shared."""
    shared = [one for one in document.get("SharedStorage") or [] if one.get("MountDir") == "/shared"]
    if len(shared) != 1:
        yield "not exactly one file system on /shared"
        return
    wanted = ("FsxLustre",) if kind_of(document) in PRODUCTION else ("Ebs", "Efs")
    if shared[0]["StorageType"] not in wanted:
        yield f"/shared is {shared[0]['StorageType']}, not {' or '.join(wanted)}"


@rule
def import_only(document, _types):
    """FSx would export half a bundle: only the shipper writes results."""
    for one in document.get("SharedStorage") or []:
        settings = one.get("FsxLustreSettings")
        if settings is None:
            continue
        if "ExportPath" in settings or "ImportPath" in settings:
            yield "ImportPath and ExportPath are not used: a data repository association is"
        associations = settings.get("DataRepositoryAssociations") or []
        if len(associations) != 1:
            yield "not exactly one data repository association"
        for association in associations:
            if association.get("AutoExportPolicy"):
                yield "AutoExportPolicy: results go to S3 by the shipper alone"
            if not str(association.get("DataRepositoryPath", "")).endswith("/inputs/"):
                yield f"DataRepositoryPath {association.get('DataRepositoryPath')} does not end with /inputs/"
            if not association.get("AutoImportPolicy"):
                yield "no AutoImportPolicy: new inputs would not be seen"


@rule
def buckets(document, _types):
    """By prefix, for reading: whoever is on a compute node has the node's rights."""
    holders = [("HeadNode", document["HeadNode"])] + [(f"queue {queue['Name']}", queue) for queue in queues(document)]
    for where, holder in holders:
        for access in (holder.get("Iam") or {}).get("S3Access") or []:
            if access.get("KeyName") not in ("software/*", "inputs/*"):
                yield f"{where}: S3Access to {access.get('KeyName', 'the whole bucket')}"
            if access.get("EnableWriteAccess"):
                yield f"{where}: S3Access may write"


@rule
def publishing(document, _types):
    """Only the head node announces: on a compute node every user has the node's rights."""
    for where, holder in [(f"queue {q['Name']}", q) for q in queues(document)] + [("login nodes", p) for p in login_pools(document)]:
        if (holder.get("Iam") or {}).get("AdditionalIamPolicies"):
            yield f"{where}: AdditionalIamPolicies belong on the head node"


@rule
def bootstrap(document, _types):
    """slurmctld looks for its epilog when it starts, so that comes before; a compute node that installs and fails is replaced for ever."""
    actions = document["HeadNode"].get("CustomActions") or {}
    for event, script in (("OnNodeStart", "head-start"), ("OnNodeConfigured", "head-configured")):
        if not (actions.get(event) or {}).get("Script", "").endswith(f"/{script}"):
            yield f"HeadNode.CustomActions.{event} is not {script}"
    for queue in queues(document):
        actions = queue.get("CustomActions") or {}
        if set(actions) != {"OnNodeConfigured"} or not actions["OnNodeConfigured"].get("Script", "").endswith("/compute-check"):
            yield f"queue {queue['Name']}: CustomActions is not OnNodeConfigured with compute-check alone"


@rule
def control_queue(document, types):
    """Whatever else differs would be taken for EFA's doing."""
    if kind_of(document) != "comparison":
        return
    for queue, resource in resources(document):
        instance = types.get(resource.get("InstanceType"))
        # From 3.16 on, ParallelCluster gives a node with EFA one ENA interface, and one without EFA an ENA interface on each card.
        if instance and instance.cards != 1:
            yield f"queue {queue['Name']}: {instance.name} has {instance.cards} network cards, and only without EFA all of them have ENA"
    if len(queues(document)) != 2:
        yield "a comparison has exactly two queues"
        return
    plain, switched = [], []
    for queue in queues(document):
        queue = copy.deepcopy(queue)
        queue.pop("Name")
        switched.append([has_efa(resource) for resource in queue["ComputeResources"]])
        for resource in queue["ComputeResources"]:
            (resource.get("Efa") or {}).pop("Enabled", None)
        plain.append(queue)
    if plain[0] != plain[1]:
        yield "the two queues differ in more than Name and Efa.Enabled"
    if sorted(switched) != [[False], [True]]:
        yield "not one queue with EFA and one without"
