"""Checks rendered cluster configurations: ParallelCluster's schema, its validators, and Weft's own rules.

Usage: check_cluster.py FILE...

Prints what is wrong, and at the end of each file how many of ParallelCluster's validators ran and which want AWS.
Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage.
"""

import sys
from pathlib import Path

import yaml

import instance_types
import own_rules
import pcluster_rules


def check(document, types):
    """Gives all errors of a document, and ParallelCluster's outcome."""
    if not isinstance(document, dict):
        return ["not a mapping: an empty file, or no cluster configuration"], pcluster_rules.Outcome()
    head = (document.get("HeadNode") or {}).get("InstanceType")
    arch = types[head].arch if head in types else "x86_64"
    outcome = pcluster_rules.check(document, own_rules.kind_of(document), types, arch)
    errors = list(outcome.errors)
    if not any(error.startswith("schema:") for error in errors):
        errors += own_rules.check(document, types)
    return errors, outcome


def main(paths):
    """Checks each file."""
    if not paths or paths[0] in ("-h", "--help"):
        print(__doc__.strip(), file=sys.stdout if paths else sys.stderr)
        return 0 if paths else 2
    types = instance_types.read_table()
    wrong = False
    for path in paths:
        errors, outcome = check(yaml.safe_load(Path(path).read_text(encoding="utf-8")), types)
        for error in errors:
            print(f"{path}: {error}")
        wrong = wrong or bool(errors)
        left = ", ".join(f"{name} (asks {what})" for name, what in sorted(outcome.need_aws))
        print(f"{path}: {len(errors)} errors; {len(outcome.ran)} of ParallelCluster's validators ran; left to AWS: {left or 'none'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
