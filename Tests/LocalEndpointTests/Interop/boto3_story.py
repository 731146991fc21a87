# Weir, copyright the Weir project authors
# SPDX-License-Identifier: Apache-2.0
"""boto3 plays the story against an endpoint: python boto3_story.py URL"""
import decimal
import sys

import story
from story import MESSAGES, STAGING, check, equal

story.isolate()

import boto3  # noqa: E402
from boto3.dynamodb.conditions import Attr  # noqa: E402
from botocore.config import Config  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

url = sys.argv[1]
settings = dict(
    endpoint_url=url,
    region_name=story.REGION,
    config=Config(retries={"total_max_attempts": 1}, proxies={}),
    **story.CREDENTIALS,
)
session = boto3.Session()
dynamodb = session.client("dynamodb", **settings)
streams = session.client("dynamodbstreams", **settings)
seen = story.watch(dynamodb)
seen_streams = story.watch(streams)


def refused(call, code, part=""):
    try:
        call()
    except ClientError as error:
        equal(error.response["Error"]["Code"], code, "the error's code")
        check(part in error.response["Error"]["Message"], f"{part!r} is not in {error.response['Error']['Message']!r}")
        return
    check(False, f"accepted what should be {code} {part}")


# The story's two tables.
for name in (MESSAGES, STAGING):
    request = dict(
        TableName=name,
        KeySchema=story.KEYS,
        AttributeDefinitions=story.ATTRIBUTES,
        ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
        Tags=[{"Key": "made", "Value": "here"}],
    )
    if name == MESSAGES:
        request["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    dynamodb.create_table(**request)
    dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 2})
equal(dynamodb.list_tables()["TableNames"], [MESSAGES, STAGING], "the tables")
table = dynamodb.describe_table(TableName=MESSAGES)["Table"]
equal(table["TableStatus"], "ACTIVE", "the status")
equal(table["KeySchema"], story.KEYS, "the keys")
equal(table["StreamSpecification"], {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}, "the stream")
equal(table["LatestStreamArn"], f"{table['TableArn']}/stream/{table['LatestStreamLabel']}", "the stream's ARN")
equal(table["ProvisionedThroughput"]["WriteCapacityUnits"], 5, "the capacity")
equal(table["ProvisionedThroughput"]["NumberOfDecreasesToday"], 0, "the decreases")
equal(table["DeletionProtectionEnabled"], False, "the protection")
check("BillingModeSummary" not in table, "a provisioned table has a BillingModeSummary")
check("LatestStreamArn" not in dynamodb.describe_table(TableName=STAGING)["Table"], "staging has a stream")
refused(lambda: dynamodb.create_table(**request), "ResourceInUseException", STAGING)

# Writes of all types, alone and in batches.
resource = boto3.resource("dynamodb", **settings)
seen_resource = story.watch(resource.meta.client)
staging, messages = resource.Table(STAGING), resource.Table(MESSAGES)
item = {
    "messageId": "first",
    "createdAt": 1,
    "event": '{"type": "created", "note": "ä\\u0000"}',
    "number": decimal.Decimal("-12345678901234567890.123456789012345678"),
    "bytes": b"\x00\xff",
    "truth": True,
    "nothing": None,
    "list": [1, "two", {"three": [3]}],
    "map": {"a": {"b": b"c"}, "": "empty name"},
    "texts": {"x", "y"},
    "numbers": {decimal.Decimal(1), decimal.Decimal("2.5")},
    "blobs": {b"1", b"2"},
    "blank": "",
}
messages.put_item(Item=item)
found = messages.get_item(Key={"messageId": "first", "createdAt": 1}, ConsistentRead=True)["Item"]
for name in ("bytes", "blobs"):
    found[name] = {value.value for value in found[name]} if name == "blobs" else found[name].value
found["map"]["a"]["b"] = found["map"]["a"]["b"].value
equal(found, item, "the item")
with messages.batch_writer() as batch:
    for index in range(60):
        batch.put_item(Item={"messageId": f"m{index}", "createdAt": 1700000000000 + index, "event": "{}"})
answer = messages.update_item(
    Key={"messageId": "first", "createdAt": 1},
    UpdateExpression="SET #e = :e, seen = if_not_exists(seen, :zero) REMOVE blank ADD counted :one DELETE texts :x",
    ExpressionAttributeNames={"#e": "event"},
    ExpressionAttributeValues={":e": "new", ":zero": 0, ":one": 1, ":x": {"x"}},
    ReturnValues="UPDATED_NEW",
    ReturnConsumedCapacity="TOTAL",
)
equal(answer["Attributes"], {"event": "new", "seen": 0, "counted": 1, "texts": {"y"}}, "what changed")
equal(answer["ConsumedCapacity"], {"TableName": MESSAGES, "CapacityUnits": 1.0}, "the capacity")
messages.put_item(Item={"messageId": "m0", "createdAt": 1700000000000, "event": "{}"})  # leaves the item equal
deleted = dynamodb.delete_item(
    TableName=MESSAGES,
    Key={"messageId": {"S": "m1"}, "createdAt": {"N": "1.700000000001e12"}},
    ReturnValues="ALL_OLD",
)
equal(deleted["Attributes"]["event"], {"S": "{}"}, "the old item")
again = dynamodb.delete_item(
    TableName=MESSAGES,
    Key={"messageId": {"S": "m1"}, "createdAt": {"N": "1700000000001"}},
    ReturnValues="ALL_OLD",
)
check("Attributes" not in again, "a missing item has attributes")
answer = dynamodb.batch_write_item(
    RequestItems={
        MESSAGES: [
            {"DeleteRequest": {"Key": {"messageId": {"S": f"m{i}"}, "createdAt": {"N": str(1700000000000 + i)}}}}
            for i in range(2, 12)
        ]
    },
    ReturnConsumedCapacity="TOTAL",
)
equal(answer["UnprocessedItems"], {}, "what is unprocessed")
equal(answer["ConsumedCapacity"], [{"TableName": MESSAGES, "CapacityUnits": 10.0}], "the capacity of the batch")

# Conditions, built by boto3 and written out.
guarded = {"messageId": "guarded", "createdAt": 1}
staging.put_item(Item={**guarded, "tries": 0}, ConditionExpression=Attr("messageId").not_exists())
try:
    staging.put_item(
        Item=guarded,
        ConditionExpression=Attr("messageId").not_exists() | Attr("tries").gt(3) & ~Attr("tries").is_in([1, 2]),
        ReturnValuesOnConditionCheckFailure="ALL_OLD",
    )
    check(False, "a put replaced what it should not")
except resource.meta.client.exceptions.ConditionalCheckFailedException as error:
    equal(error.response["Item"]["tries"], {"N": "0"}, "the item in the error")
    equal(error.response["Error"]["Message"], "The conditional request failed", "the error's text")
for tries in (1, 2):
    staging.update_item(
        Key=guarded,
        UpdateExpression="SET tries = tries + :one",
        ConditionExpression="tries < :most AND attribute_type(tries, :n)",
        ExpressionAttributeValues={":one": 1, ":most": 2, ":n": "N"},
    )
refused(
    lambda: staging.update_item(
        Key=guarded,
        UpdateExpression="SET tries = tries + :one",
        ConditionExpression=Attr("tries").lt(2),
        ExpressionAttributeValues={":one": 1},
    ),
    "ConditionalCheckFailedException",
)
refused(
    lambda: staging.delete_item(Key=guarded, ConditionExpression=Attr("tries").between(5, 9)),
    "ConditionalCheckFailedException",
)
staging.delete_item(Key=guarded, ConditionExpression=Attr("tries").eq(2) & Attr("messageId").begins_with("gua"))
check("Item" not in staging.get_item(Key=guarded), "the guarded item is still there")

# Transactions.
first, second = ({"messageId": {"S": name}, "createdAt": {"N": "1"}} for name in ("t1", "t2"))
count = {"ExpressionAttributeNames": {"#n": "counted"}, "ExpressionAttributeValues": {":one": {"N": "1"}}}
transaction = dict(
    TransactItems=[
        {"Put": {"TableName": STAGING, "Item": first, "ConditionExpression": "attribute_not_exists(messageId)"}},
        {"Update": {"TableName": STAGING, "Key": second, "UpdateExpression": "ADD #n :one", **count}},
        {
            "ConditionCheck": {
                "TableName": STAGING,
                "Key": {**first, "createdAt": {"N": "2"}},
                "ConditionExpression": "attribute_not_exists(messageId)",
            }
        },
    ],
    ReturnConsumedCapacity="TOTAL",
    ClientRequestToken="token of the story",
)
capacity = dynamodb.transact_write_items(**transaction)["ConsumedCapacity"]
equal(capacity, [{"TableName": STAGING, "CapacityUnits": 6.0, "WriteCapacityUnits": 6.0}], "the capacity")
capacity = dynamodb.transact_write_items(**transaction)["ConsumedCapacity"]
equal(capacity, [{"TableName": STAGING, "CapacityUnits": 6.0, "ReadCapacityUnits": 6.0}], "the capacity of a repetition")
counted = dynamodb.get_item(TableName=STAGING, Key=second)["Item"]["counted"]
equal(counted, {"N": "1"}, "what the repetition counted")
try:
    dynamodb.transact_write_items(
        TransactItems=[
            {"Delete": {"TableName": STAGING, "Key": second}},
            {
                "Put": {
                    "TableName": STAGING,
                    "Item": first,
                    "ConditionExpression": "attribute_not_exists(messageId)",
                    "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                }
            },
        ]
    )
    check(False, "a transaction was not cancelled")
except dynamodb.exceptions.TransactionCanceledException as error:
    failed = {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed", "Item": first}
    equal(error.response["CancellationReasons"], [{"Code": "None"}, failed], "the cancellation reasons")
    equal(
        error.response["Error"]["Message"],
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]",
        "the text of the cancellation",
    )
check("Item" in dynamodb.get_item(TableName=STAGING, Key=second), "a cancelled transaction deleted something")
transaction["TransactItems"].pop()
refused(lambda: dynamodb.transact_write_items(**transaction), "IdempotentParameterMismatchException")
dynamodb.transact_write_items(TransactItems=[{"Delete": {"TableName": STAGING, "Key": key}} for key in (first, second)])
check("Item" not in dynamodb.get_item(TableName=STAGING, Key=second), "the transaction's item is still there")

# Scans.
pages = list(dynamodb.get_paginator("scan").paginate(TableName=MESSAGES, PaginationConfig={"PageSize": 7}))
equal(sum(page["Count"] for page in pages), 50, "the items left")
check(len(pages) >= 8, "the scan has no pages")
equal(dynamodb.scan(TableName=MESSAGES, Select="COUNT")["Count"], 50, "the count")

# The stream, all shards to what there is.
equal(len(streams.list_streams(TableName=MESSAGES)["Streams"]), 1, "the streams")
arn = table["LatestStreamArn"]
description = streams.describe_stream(StreamArn=arn)["StreamDescription"]
equal(description["StreamStatus"], "ENABLED", "the stream's status")
equal(description["KeySchema"], story.KEYS, "the stream's keys")
events = []
for shard in description["Shards"]:
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")
    iterator = iterator["ShardIterator"]
    last = int(shard["SequenceNumberRange"]["StartingSequenceNumber"])
    while True:
        page = streams.get_records(ShardIterator=iterator, Limit=25)
        if not page["Records"]:
            break
        for record in page["Records"]:
            number = int(record["dynamodb"]["SequenceNumber"])
            check(number > last, "the sequence numbers do not rise")
            last = number
            equal(record["eventSource"], "aws:dynamodb", "the source")
            equal(record["eventVersion"], "1.1", "the version")
            check("userIdentity" not in record and "eventSourceARN" not in record, "a member too many")
        events += page["Records"]
        iterator = page["NextShardIterator"]
equal(len({event["eventID"] for event in events}), len(events), "the number of event ids")
kinds = [event["eventName"] for event in events]
equal((kinds.count("INSERT"), kinds.count("MODIFY"), kinds.count("REMOVE")), (61, 1, 11), "the kinds of events")
inserted = next(e["dynamodb"] for e in events if e["dynamodb"]["Keys"]["messageId"] == {"S": "m5"})
equal(
    inserted["NewImage"],
    {"messageId": {"S": "m5"}, "createdAt": {"N": "1700000000005"}, "event": {"S": "{}"}},
    "the new image",
)
check("OldImage" not in inserted, "an insert has an old image")
# messageId m5: 9 + 2; createdAt: 9 + 1 + 7; event {}: 5 + 2.
equal(inserted["SizeBytes"], 28 + 28 + 7, "the size")

# Refusals, with the service's codes.
key = {"messageId": {"S": "x"}, "createdAt": {"N": "1"}}
missing = dict(TableName="NoSuchTable", Key=key)
refused(lambda: dynamodb.get_item(**missing), "ResourceNotFoundException", "NoSuchTable")
refused(lambda: dynamodb.get_item(TableName=MESSAGES, Key={"messageId": {"S": "x"}}), "ValidationException", "schema")
refused(
    lambda: dynamodb.put_item(TableName=MESSAGES, Item=key, Expected={"messageId": {"Exists": False}}),
    "ValidationException",
    "Expected is not supported",
)
refused(
    lambda: dynamodb.scan(TableName=MESSAGES, FilterExpression="a = :a", ExpressionAttributeValues={":a": {"S": "a"}}),
    "ValidationException",
)
refused(
    lambda: dynamodb.query(
        TableName=MESSAGES, KeyConditionExpression="messageId = :a", ExpressionAttributeValues={":a": {"S": "a"}}
    ),
    "UnknownOperationException",
    "not supported",
)
twice = {"DeleteRequest": {"Key": key}}
refused(lambda: dynamodb.batch_write_item(RequestItems={MESSAGES: [twice, twice]}), "ValidationException", "duplicates")
many = [{"DeleteRequest": {"Key": {**key, "createdAt": {"N": str(i)}}}} for i in range(26)]
refused(lambda: dynamodb.batch_write_item(RequestItems={MESSAGES: many}), "ValidationException", "25")
refused(lambda: streams.get_records(ShardIterator="no such iterator"), "ValidationException")
refused(lambda: streams.get_records(ShardIterator=iterator, Limit=1001), "ValidationException", "limit")
refused(
    lambda: streams.get_shard_iterator(
        StreamArn=arn, ShardId=description["Shards"][0]["ShardId"], ShardIteratorType="AT_SEQUENCE_NUMBER"
    ),
    "ValidationException",
)
refused(
    lambda: streams.describe_stream(StreamArn=arn[:-3] + "999"),
    "ResourceNotFoundException",
    "Stream: ",
)
refused(
    lambda: dynamodb.update_table(
        TableName=MESSAGES, StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
    ),
    "ValidationException",
    "already",
)

# The end: the stream off, the tables gone, the old stream still there.
dynamodb.update_table(TableName=MESSAGES, StreamSpecification={"StreamEnabled": False})
description = streams.describe_stream(StreamArn=arn)["StreamDescription"]
equal(description["StreamStatus"], "DISABLED", "the stream's status at the end")
check(all("EndingSequenceNumber" in s["SequenceNumberRange"] for s in description["Shards"]), "a shard is still open")
page = streams.get_records(
    ShardIterator=streams.get_shard_iterator(
        StreamArn=arn,
        ShardId=description["Shards"][0]["ShardId"],
        ShardIteratorType="AFTER_SEQUENCE_NUMBER",
        SequenceNumber=description["Shards"][0]["SequenceNumberRange"]["EndingSequenceNumber"],
    )["ShardIterator"]
)
equal((page["Records"], "NextShardIterator" in page), ([], False), "the end of a closed shard")
for name in (MESSAGES, STAGING):
    dynamodb.delete_table(TableName=name)
    dynamodb.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 2})
equal([s["StreamArn"] for s in streams.list_streams()["Streams"]], [arn], "the streams at the end")
seen += seen_resource
equal(len(set(seen)), 12, f"the operations tried: {sorted(set(seen))}")
equal(len(set(seen_streams)), 4, f"the stream operations tried: {sorted(set(seen_streams))}")
print("OK")
