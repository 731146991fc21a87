# Weir, copyright the Weir project authors
# SPDX-License-Identifier: Apache-2.0
"""boto3 uses up a table's capacity: python boto3_limits.py URL. The endpoint's clock must stand still."""
import sys

import story
from story import check, equal

story.isolate()

import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402

url = sys.argv[1]
dynamodb = boto3.Session().client(
    "dynamodb",
    endpoint_url=url,
    region_name=story.REGION,
    config=Config(retries={"total_max_attempts": 1}, proxies={}),
    **story.CREDENTIALS,
)
story.watch(dynamodb)
TABLE = "SmallTable"
arn = dynamodb.create_table(
    TableName=TABLE,
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
)["TableDescription"]["TableArn"]


def item(name, units=1):
    return {"id": {"S": name}, "v": {"S": "x" * (units * 1024 - 100)}}


def throttled(call, kind):
    try:
        call()
    except dynamodb.exceptions.ProvisionedThroughputExceededException as error:
        answer = error.response
        check("provisioned throughput" in answer["Error"]["Message"], f"the text is {answer['Error']['Message']!r}")
        reasons = [{"reason": f"Table{kind}ProvisionedThroughputExceeded", "resource": arn}]
        equal(answer["ThrottlingReasons"], reasons, "the reasons")
        return
    check(False, "a table without capacity is not throttled")


# Writes: 300 units of burst, then nothing.
dynamodb.put_item(TableName=TABLE, Item=item("large", 295))
batch = {TABLE: [{"PutRequest": {"Item": item(f"i{index}")}} for index in range(8)]}
left = dynamodb.batch_write_item(RequestItems=batch)["UnprocessedItems"]
equal(left, {TABLE: batch[TABLE][5:]}, "what is unprocessed")
throttled(lambda: dynamodb.put_item(TableName=TABLE, Item=item("one")), "Write")
throttled(lambda: dynamodb.delete_item(TableName=TABLE, Key={"id": {"S": "i0"}}), "Write")
throttled(lambda: dynamodb.batch_write_item(RequestItems=left), "Write")

# Reads: each of the large item costs 74 units.
for _ in range(4):
    check("Item" in dynamodb.get_item(TableName=TABLE, Key={"id": {"S": "large"}}, ConsistentRead=True), "no item")
throttled(lambda: dynamodb.get_item(TableName=TABLE, Key={"id": {"S": "large"}}, ConsistentRead=True), "Read")
throttled(lambda: dynamodb.scan(TableName=TABLE), "Read")

# On demand there is no such limit.
dynamodb.update_table(TableName=TABLE, BillingMode="PAY_PER_REQUEST")
dynamodb.put_item(TableName=TABLE, Item=item("one"))
equal(dynamodb.scan(TableName=TABLE, Select="COUNT")["Count"], 7, "the items")
dynamodb.delete_table(TableName=TABLE)
print("OK")
