"""Stands where ParallelCluster's validators ask AWS: answers what files here know, and refuses everything else.

Answered are the instance types (from the table) and three things that hold by what our own templates and the release say: all
subnets are in one zone, there is an official image, and it has the head node's architecture. Whatever else a validator asks is
NeedsAws, so that nobody mistakes an unasked question for a passed check.
"""

import os

import boto3
from pcluster.aws.aws_api import AWSApi
from pcluster.aws.aws_resources import ImageInfo, InstanceTypeInfo

REGION = "us-east-2"
IMAGE = "ami-00000000000000000"


class NeedsAws(BaseException):
    """A validator asked what only AWS can answer. No Exception: validators catch those, and would report a finding."""


class UnknownInstanceType(Exception):
    """A type that is not in the table."""


def _refuse(service, *_args, **_kwargs):
    raise NeedsAws(service)


class _Ec2:
    def __init__(self, types, arch):
        self._types = types
        self._arch = arch
        self.additional_instance_types_data = {}

    def get_instance_type_info(self, instance_type):
        if instance_type not in self._types:
            raise UnknownInstanceType(f"instance type {instance_type} is not in instance-types.tsv")
        return InstanceTypeInfo(self._types[instance_type].described())

    def list_instance_types(self):
        return list(self._types)

    def get_supported_architectures(self, instance_type):
        return self.get_instance_type_info(instance_type).supported_architecture()

    def get_subnets_az_mapping(self, subnet_ids):
        return {subnet: "zone" for subnet in subnet_ids}

    def get_subnet_avail_zone(self, _subnet_id):
        return "zone"

    def get_official_image_id(self, *_args, **_kwargs):
        return IMAGE

    def describe_image(self, ami_id):
        device = {"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 35}}
        return ImageInfo({"ImageId": ami_id, "Architecture": self._arch, "BlockDeviceMappings": [device], "State": "available"})

    def describe_capacity_reservations(self, reservation_ids):
        return [] if not reservation_ids else _refuse("ec2.describe_capacity_reservations")

    def __getattr__(self, name):
        raise NeedsAws(f"ec2.{name}")


class _Api:
    def __init__(self, types, arch):
        self.aws_region = REGION
        self.ec2 = _Ec2(types, arch)

    def __getattr__(self, name):
        raise NeedsAws(name)


def install(types, arch):
    """Puts the stand-in in the place of AWS, in this process."""
    os.environ["AWS_DEFAULT_REGION"] = REGION
    boto3.client = boto3.resource = _refuse
    AWSApi._instance = _Api(types, arch)  # pylint: disable=protected-access
