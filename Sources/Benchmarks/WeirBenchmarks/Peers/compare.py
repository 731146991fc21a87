#!/usr/bin/env python3
# Weir, copyright the Weir project authors
# SPDX-License-Identifier: Apache-2.0
"""Runs Weir and a consumer written with boto3 over the same records of the same embedded endpoint, one after the other.

Usage: compare.py WEIR [RECORDS]

For each way of consuming, a fresh endpoint is started and filled with RECORDS inserts (default 10,000) in one shard; then
the consumer runs to the end, in a process of its own, whose time and memory are what is printed. The endpoint's own time is
not in these figures. Each consumer says how many records it had and the endpoint how many items are left in staging, so
that a fast consumer that does nothing is seen.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

REGION = "us-east-1"
MAIN, STAGING = "MessagesTable", "StagingTable"
KEYS = {
    "AttributeDefinitions": [
        {"AttributeName": "messageId", "AttributeType": "S"},
        {"AttributeName": "createdAt", "AttributeType": "N"},
    ],
    "KeySchema": [
        {"AttributeName": "messageId", "KeyType": "HASH"},
        {"AttributeName": "createdAt", "KeyType": "RANGE"},
    ],
    "BillingMode": "PAY_PER_REQUEST",
}
ACCESS = {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench", "AWS_REGION": REGION}


def client(service, endpoint):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="bench",
        aws_secret_access_key="bench",
        config=Config(max_pool_connections=16, retries={"mode": "standard"}),
    )


def fill(tables, count):
    """Creates the two tables and writes COUNT messages into both."""
    tables.create_table(TableName=STAGING, **KEYS)
    tables.create_table(
        TableName=MAIN, StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}, **KEYS
    )

    def write(first):
        for table in (STAGING, MAIN):
            puts = []
            for number in range(first, min(first + 25, count)):
                event = json.dumps({"type": "message", "number": number, "text": "x" * 60})
                item = {
                    "messageId": {"S": f"msg-{number:08d}"},
                    "createdAt": {"N": str(1_700_000_000_000 + number)},
                    "event": {"S": event},
                }
                puts.append({"PutRequest": {"Item": item}})
            tables.batch_write_item(RequestItems={table: puts})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(0, count, 25)))


def consume_with_boto3(endpoint, mode, expected):
    """What a careful engineer writes first: one shard, batches of 100, deletes one by one or by 25."""
    tables, streams = client("dynamodb", endpoint), client("dynamodbstreams", endpoint)
    arn = tables.describe_table(TableName=MAIN)["Table"]["LatestStreamArn"]
    shards = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    done = 0
    for shard in shards:
        iterator = streams.get_shard_iterator(
            StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        while iterator and done < expected:
            page = streams.get_records(ShardIterator=iterator, Limit=1000)
            keys = [r["dynamodb"]["Keys"] for r in page["Records"] if r["eventName"] == "INSERT"]
            for first in range(0, len(keys), 100):
                handle(tables, mode, keys[first : first + 100])
            done += len(keys)
            iterator = page.get("NextShardIterator")
    print(json.dumps({"records": done}))


def handle(tables, mode, keys):
    if mode == "item":
        for key in keys:
            tables.delete_item(TableName=STAGING, Key=key, ReturnConsumedCapacity="TOTAL")
    elif mode == "batch":
        for first in range(0, len(keys), 25):
            items = {STAGING: [{"DeleteRequest": {"Key": key}} for key in keys[first : first + 25]]}
            while items:
                answer = tables.batch_write_item(RequestItems=items, ReturnConsumedCapacity="TOTAL")
                items = answer.get("UnprocessedItems")


def weir_command(weir, endpoint, mode, expected, folder):
    command = [weir, "run", "--endpoint-url", endpoint, "--table", MAIN, "--starting-position", "TRIM_HORIZON"]
    command += ["--batch-size", "100", "--max-records", str(expected), "--checkpoint-file", f"{folder}/positions.sqlite"]
    if mode != "read":
        command += ["--handler", "delete", "--staging", STAGING, "--delete-mode", mode, "--yes"]
    return command


def boto3_command(_, endpoint, mode, expected, __):
    return [sys.executable, os.path.abspath(__file__), "--consume", endpoint, mode, str(expected)]


def measure(command):
    """Runs a consumer; returns its last line, seconds, processor seconds and MB."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE, env={**os.environ, **ACCESS})
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}: {errors.decode(errors='replace')}")
        output.seek(0)
        last = json.loads(output.read().splitlines()[-1])
    return last, time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def run(name, make, weir, mode, count):
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([weir, "local", "--port", "0"], stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True)
        try:
            endpoint = re.search(r"http://\S+:\d+", server.stdout.readline()).group()
            tables = client("dynamodb", endpoint)
            fill(tables, count)
            last, wall, cpu, memory = measure(make(weir, endpoint, mode, count, folder))
            left = 0
            for page in tables.get_paginator("scan").paginate(TableName=STAGING, Select="COUNT"):
                left += page["Count"]
        finally:
            server.terminate()
            server.wait()
    expected_left = count if mode == "read" else 0
    if last["records"] != count or left != expected_left:
        sys.exit(f"{name} {mode}: {last['records']} of {count} records, {left} items left instead of {expected_left}")
    print(
        f"{mode:6} {name:7} {count / wall:12,.0f} {wall:8.2f} {cpu / count * 1e6:14.1f} {memory:8.0f}",
        flush=True,
    )


def main():
    if len(sys.argv) == 5 and sys.argv[1] == "--consume":
        return consume_with_boto3(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    weir, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    print(f"{count:,} records, one shard, batches of 100, the embedded endpoint; boto3 {boto3.__version__}")
    print("mode   consumer    records/s  seconds  CPU us/record   RSS MB")
    for mode in ("read", "batch", "item"):
        for name, make in (("weir", weir_command), ("boto3", boto3_command)):
            run(name, make, weir, mode, count)


if __name__ == "__main__":
    main()
