# Weir, copyright the Weir project authors
# SPDX-License-Identifier: Apache-2.0
"""The AWS CLI plays the story against an endpoint: python cli_story.py URL

One process: the CLI's own driver, called with the arguments that a shell would give it."""
import contextlib
import io
import json
import sys

import story
from story import MESSAGES, STAGING, check, equal

story.isolate()

from awscli.clidriver import create_clidriver  # noqa: E402

url = sys.argv[1]


def aws(*arguments, fails=None):
    out, err = io.StringIO(), io.StringIO()
    command = [*arguments, "--endpoint-url", url, "--output", "json"]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = create_clidriver().main(command)
        except SystemExit as end:
            code = end.code
    if fails:
        check(code not in (0, None), f"{' '.join(arguments)} did not fail")
        check(fails in err.getvalue(), f"{fails!r} is not in {err.getvalue()!r}")
        return None
    check(code in (0, None), f"{' '.join(arguments)} failed: {err.getvalue()}")
    return json.loads(out.getvalue()) if out.getvalue().strip() else None


def create(name, *more):
    return aws(
        "dynamodb", "create-table", "--table-name", name,
        "--key-schema", "AttributeName=messageId,KeyType=HASH", "AttributeName=createdAt,KeyType=RANGE",
        "--attribute-definitions", "AttributeName=messageId,AttributeType=S", "AttributeName=createdAt,AttributeType=N",
        "--provisioned-throughput", "ReadCapacityUnits=5,WriteCapacityUnits=5", *more,
    )


table = create(MESSAGES, "--stream-specification", "StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES")
create(STAGING)
arn = table["TableDescription"]["LatestStreamArn"]
key = '{"messageId": {"S": "m1"}, "createdAt": {"N": "1700000000001"}}'
item = key[:-1] + ', "event": {"S": "{\\"type\\": \\"created\\"}"}}'
for name in (MESSAGES, STAGING):
    aws("dynamodb", "put-item", "--table-name", name, "--item", item)
found = aws("dynamodb", "get-item", "--table-name", STAGING, "--key", key)
equal(found["Item"], json.loads(item), "the item")
equal(aws("dynamodbstreams", "list-streams", "--table-name", MESSAGES)["Streams"][0]["StreamArn"], arn, "the stream")
shards = aws("dynamodbstreams", "describe-stream", "--stream-arn", arn)["StreamDescription"]["Shards"]
records = []
for shard in shards:
    iterator = aws(
        "dynamodbstreams", "get-shard-iterator", "--stream-arn", arn, "--shard-id", shard["ShardId"],
        "--shard-iterator-type", "TRIM_HORIZON",
    )
    records += aws("dynamodbstreams", "get-records", "--shard-iterator", iterator["ShardIterator"])["Records"]
equal([record["eventName"] for record in records], ["INSERT"], "the records")
equal(records[0]["dynamodb"]["NewImage"], json.loads(item), "the image")
gone = aws(
    "dynamodb", "delete-item", "--table-name", STAGING, "--key", json.dumps(records[0]["dynamodb"]["Keys"]),
    "--return-consumed-capacity", "TOTAL", "--return-values", "ALL_OLD",
)
equal(gone["ConsumedCapacity"], {"TableName": STAGING, "CapacityUnits": 1.0}, "the capacity")
equal(aws("dynamodb", "scan", "--table-name", STAGING)["Count"], 0, "the items left")
batch = {MESSAGES: [{"DeleteRequest": {"Key": json.loads(key)}}]}
equal(
    aws("dynamodb", "batch-write-item", "--request-items", json.dumps(batch)),
    {"UnprocessedItems": {}},
    "the answer of the batch",
)
aws("dynamodb", "get-item", "--table-name", "Nothing", "--key", key, fails="ResourceNotFoundException")
aws("dynamodb", "describe-limits", fails="UnknownOperationException")
for name in (MESSAGES, STAGING):
    aws("dynamodb", "delete-table", "--table-name", name)
equal(aws("dynamodb", "list-tables")["TableNames"], [], "the tables at the end")
print("OK")
