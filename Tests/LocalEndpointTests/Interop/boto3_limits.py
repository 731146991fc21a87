# Weir, copyright the Weir project authors
# SPDX-License-Identifier: Apache-2.0
"""boto3 uses up capacity and lets items expire: python boto3_limits.py URL. The endpoint's clock must stand still."""
import json
import sys
import urllib.request

import story
from story import check, equal

story.isolate()

import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

url = sys.argv[1]
settings = dict(
    endpoint_url=url,
    region_name=story.REGION,
    config=Config(retries={"total_max_attempts": 1}, proxies={}),
    **story.CREDENTIALS,
)
dynamodb = boto3.Session().client("dynamodb", **settings)
streams = boto3.Session().client("dynamodbstreams", **settings)
story.watch(dynamodb)
story.watch(streams)
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

# Time to live.
dynamodb.update_table(
    TableName=TABLE, StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
)
equal(
    dynamodb.describe_time_to_live(TableName=TABLE)["TimeToLiveDescription"],
    {"TimeToLiveStatus": "DISABLED"},
    "the time to live at first",
)
wish = {"Enabled": True, "AttributeName": "expires"}
answer = dynamodb.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=wish)
equal(answer["TimeToLiveSpecification"], wish, "the answer")
equal(
    dynamodb.describe_time_to_live(TableName=TABLE)["TimeToLiveDescription"],
    {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"},
    "the time to live",
)
try:
    dynamodb.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=wish)
    check(False, "time to live is switched on twice")
except ClientError as error:
    equal(error.response["Error"]["Code"], "ValidationException", "the error's code")
    equal(error.response["Error"]["Message"], "TimeToLive is already enabled", "the error's text")
dynamodb.put_item(TableName=TABLE, Item={"id": {"S": "old"}, "expires": {"N": "1699999999"}})
check("Item" in dynamodb.get_item(TableName=TABLE, Key={"id": {"S": "old"}}), "an expired item is gone at once")
expire = urllib.request.Request(url, b"{}", {"X-Amz-Target": "WeirLocal_20260101.ExpireItems"})
equal(json.load(urllib.request.urlopen(expire)), {"ItemsExpired": 1}, "the sweep")
check("Item" not in dynamodb.get_item(TableName=TABLE, Key={"id": {"S": "old"}}), "an expired item is still there")
arn = dynamodb.describe_table(TableName=TABLE)["Table"]["LatestStreamArn"]
records = []
for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")
    records += streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
equal([record["eventName"] for record in records], ["INSERT", "REMOVE"], "the records")
identity = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}
equal([record.get("userIdentity") for record in records], [None, identity], "who made the changes")
dynamodb.update_time_to_live(TableName=TABLE, TimeToLiveSpecification={**wish, "Enabled": False})
dynamodb.delete_table(TableName=TABLE)
print("OK")
