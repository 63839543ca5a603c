"""The checked-in table of instance types, and what EC2's DescribeInstanceTypes would say of them."""

from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "instance-types.tsv"


@dataclass(frozen=True)
class InstanceType:
    """One line of the table."""

    name: str
    arch: str
    vcpus: int
    cores: int
    memory_gib: int
    cards: int
    efa_cards: int
    gbps: float
    spot: bool

    def described(self):
        """Gives the parts of DescribeInstanceTypes' answer that ParallelCluster's validators read."""
        return {
            "InstanceType": self.name,
            "ProcessorInfo": {"SupportedArchitectures": [self.arch]},
            "VCpuInfo": {
                "DefaultVCpus": self.vcpus,
                "DefaultCores": self.cores,
                "DefaultThreadsPerCore": self.vcpus // self.cores,
            },
            "MemoryInfo": {"SizeInMiB": self.memory_gib * 1024},
            "NetworkInfo": {
                "EfaSupported": self.efa_cards > 0,
                "EfaInfo": {"MaximumEfaInterfaces": self.efa_cards},
                # Two interfaces fit each card of the types here; it matters only in that two are more than one.
                "NetworkCards": [{"NetworkCardIndex": card, "MaximumNetworkInterfaces": 2} for card in range(self.cards)],
            },
            "PlacementGroupInfo": {"SupportedStrategies": ["cluster", "partition", "spread"]},
            "SupportedUsageClasses": ["on-demand"] + (["spot"] if self.spot else []),
            "EbsInfo": {"EbsOptimizedSupport": "default"},
            "InstanceStorageSupported": False,
        }


def read_table(path=TABLE):
    """Reads the table; a line that does not fit is an error that names it."""
    types = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        try:
            name, arch, vcpus, cores, memory, cards, efa_cards, gbps, spot = fields
            entry = InstanceType(
                name, arch, int(vcpus), int(cores), int(memory), int(cards), int(efa_cards), float(gbps),
                {"yes": True, "no": False}[spot],
            )
        except (ValueError, KeyError) as wrong:
            raise SystemExit(f"{path}:{number}: not a line of nine fields as the header names them: {wrong}") from wrong
        if arch not in ("x86_64", "arm64") or name in types or entry.efa_cards > entry.cards or entry.vcpus % entry.cores:
            raise SystemExit(f"{path}:{number}: {name}: unknown architecture, a second entry, or numbers that contradict each other")
        types[name] = entry
    return types
