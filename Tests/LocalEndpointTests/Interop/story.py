# Weir, copyright the Weir project authors
# SPDX-License-Identifier: Apache-2.0
"""What the interop scripts share: the story's tables, a check of answers against botocore's own model of the service."""
import json
import os
import sys

REGION = "eu-central-1"
MESSAGES, STAGING = "MessagesTable", "StagingTable"
KEYS = [{"AttributeName": "messageId", "KeyType": "HASH"}, {"AttributeName": "createdAt", "KeyType": "RANGE"}]
ATTRIBUTES = [{"AttributeName": "messageId", "AttributeType": "S"}, {"AttributeName": "createdAt", "AttributeType": "N"}]
CREDENTIALS = {"aws_access_key_id": "anything", "aws_secret_access_key": "anything"}


def isolate():
    """Nothing of the user's settings may reach these scripts, and these scripts may reach nothing but the endpoint."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
        AWS_ACCESS_KEY_ID="anything",
        AWS_SECRET_ACCESS_KEY="anything",
        AWS_DEFAULT_REGION=REGION,
        NO_PROXY="*",
    )


def check(fact, text):
    if not fact:
        print(f"FAILED: {text}", file=sys.stderr)
        sys.exit(1)


def equal(found, wanted, text):
    check(found == wanted, f"{text}: found {found!r}, wanted {wanted!r}")


def fits(shape, value, path):
    """Checks a parsed JSON value against a shape of the service model: no unknown member, no wrong type."""
    kind = shape.type_name
    if kind == "structure":
        check(isinstance(value, dict), f"{path} is not an object")
        for name, member in value.items():
            check(name in shape.members, f"{path}.{name} is not in the service model")
            fits(shape.members[name], member, f"{path}.{name}")
        for name in shape.required_members:
            check(name in value, f"{path}.{name} is missing")
    elif kind == "list":
        check(isinstance(value, list), f"{path} is not a list")
        for index, member in enumerate(value):
            fits(shape.member, member, f"{path}[{index}]")
    elif kind == "map":
        check(isinstance(value, dict), f"{path} is not an object")
        for name, member in value.items():
            fits(shape.value, member, f"{path}.{name}")
    elif kind in ("string", "blob"):
        check(isinstance(value, str), f"{path} is not a text")
        if kind == "string" and shape.enum:
            check(value in shape.enum, f"{path} is {value}, not one of {shape.enum}")
    elif kind == "boolean":
        check(isinstance(value, bool), f"{path} is not a truth value")
    elif kind in ("integer", "long"):
        check(isinstance(value, int) and not isinstance(value, bool), f"{path} is not a whole number")
    elif kind in ("float", "double", "timestamp"):
        check(isinstance(value, (int, float)) and not isinstance(value, bool), f"{path} is not a number")
    else:
        check(False, f"{path} has the unknown kind {kind}")


def watch(client):
    """Checks every answer that the client gets, before botocore's parser sees it."""
    seen = []

    def before_parse(operation_model, response_dict, **_):
        if response_dict["status_code"] < 300:
            fits(operation_model.output_shape, json.loads(response_dict["body"]), operation_model.name)
            seen.append(operation_model.name)
        identifier = response_dict["headers"].get("x-amzn-requestid", "")
        check(len(identifier) == 52, f"the request id {identifier!r} has not 52 characters")

    client.meta.events.register("before-parse.*.*", before_parse)
    return seen
