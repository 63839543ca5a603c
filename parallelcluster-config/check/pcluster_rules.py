"""ParallelCluster's own schema, and every one of its validators that can be run without AWS."""

import asyncio
import logging

from marshmallow import ValidationError
from pcluster.schemas.cluster_schema import ClusterSchema
from pcluster.validators.common import AsyncValidator, ValidatorContext

import offline_aws

# What it says of a configuration that is as it should be: level INFO never counts; this WARNING is about the control queue, which
# has no EFA on purpose.
CONTROL_QUEUE = "EfaValidator"


class Outcome:
    """What the validators found, how many ran, and which could not run."""

    def __init__(self):
        self.errors = []
        self.ran = set()
        self.need_aws = set()


def check(document, kind, types, arch):
    """Loads a document by the schema and runs the validators over all of it."""
    logging.getLogger("pcluster").setLevel(logging.CRITICAL)
    offline_aws.install(types, arch)
    outcome = Outcome()
    try:
        config = ClusterSchema(cluster_name="dry").load(document)
        _walk(config, kind, outcome)
    except ValidationError as wrong:
        outcome.errors.append(f"schema: {wrong}")
    except offline_aws.UnknownInstanceType as wrong:
        outcome.errors.append(f"table: {wrong}")
    return outcome


def _walk(resource, kind, outcome):
    # Its own validate() would take a question to AWS for a finding.
    for nested in resource._nested_resources():  # pylint: disable=protected-access
        _walk(nested, kind, outcome)
    resource._validators.clear()  # pylint: disable=protected-access
    try:
        resource._register_validators(ValidatorContext())  # pylint: disable=protected-access
    except offline_aws.NeedsAws as question:
        outcome.need_aws.add((f"the rest of {type(resource).__name__}", str(question)))
    for validator_class, arguments in list(resource._validators):  # pylint: disable=protected-access
        name = validator_class.__name__
        validator = validator_class()
        try:
            if issubclass(validator_class, AsyncValidator):
                findings = asyncio.run(validator.execute_async(**arguments))
            else:
                findings = validator.execute(**arguments)
        except offline_aws.NeedsAws as question:
            outcome.need_aws.add((name, str(question)))
            continue
        outcome.ran.add(name)
        for finding in findings or []:
            level = finding.level.name
            if level == "ERROR" or (level == "WARNING" and not (kind == "comparison" and name == CONTROL_QUEUE)):
                outcome.errors.append(f"{name}: {finding.message}")
