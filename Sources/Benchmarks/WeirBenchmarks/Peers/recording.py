#!/usr/bin/env python3
# Weir, copyright the Weir project authors
# SPDX-License-Identifier: Apache-2.0
"""Measures what a recording costs: room, processor time, and the time of seeks and of a what-if.

Usage: recording.py WEIR SEEKS [RECORDS [FOLDER]]

A demo of RECORDS messages (default 1,000,000) is recorded to FOLDER (default: a temporary one). Its file is compared with
the same records as JSON lines, a GetRecords record a line, through gzip at its default level. SEEKS, the program
RecordingSeeks, jumps to random moments of it; `weir what-if` runs it again.

For the processor time a consumer in a process of its own reads the same messages of one endpoint again and again, without
and with --record in turns; of seven runs each the median counts. The endpoint's time is not in these figures.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zlib

from compare import KEYS, MAIN, STAGING, client, measure

RUNS = 7
CONSUMED = 100_000
TARGETS = {"size": 110, "cpu": 15, "seek": 200}


def verdict(is_met):
    return "met" if is_met else "MISSED"


def record(weir, path, count):
    began = time.monotonic()
    command = [weir, "demo", "--headless", "--preload", "--records", str(count), "--shards", "4", "--seed", "7"]
    result = subprocess.run(command + ["--record", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(result.stderr)
    print(f"recorded a demo of {count:,} messages in {time.monotonic() - began:.0f} s", flush=True)


def gzipped_lines(weir, path):
    """Records of a recording, and their bytes as JSON lines, before and behind gzip."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, 31)
    records = plain = packed = 0
    export = subprocess.Popen([weir, "export", path, "--format", "dynamodb-json"], stdout=subprocess.PIPE)
    while chunk := export.stdout.read(1 << 20):
        records += chunk.count(b"\n")
        plain += len(chunk)
        packed += len(packer.compress(chunk))
    if export.wait() != 0:
        sys.exit("the recording could not be exported")
    return records, plain, packed + len(packer.flush())


def size(weir, path):
    records, plain, packed = gzipped_lines(weir, path)
    recorded = os.path.getsize(path)
    share = 100 * recorded / packed
    print(f"{records:,} records: {plain:,} bytes as JSON lines, {packed:,} gzipped, {recorded:,} in the recording")
    print(f"size: {share:.1f} % of gzipped JSON lines, target {TARGETS['size']} %: {verdict(share <= TARGETS['size'])}")


def seek(seeks, path):
    figures = json.loads(subprocess.run([seeks, path, "400"], check=True, capture_output=True, text=True).stdout)
    print(
        f"seek: {figures['jumps']} random jumps, p50 {figures['p50_ms']} ms, p99 {figures['p99_ms']} ms, "
        f"longest {figures['max_ms']} ms, target {TARGETS['seek']} ms: {verdict(figures['max_ms'] < TARGETS['seek'])}"
    )


def what_if(weir, path):
    began = time.monotonic()
    subprocess.run([weir, "what-if", path, "--batch-size", "100", "--json"], check=True, stdout=subprocess.DEVNULL)
    print(f"what-if: one setting in {time.monotonic() - began:.1f} s", flush=True)


def fill(tables, count):
    """Messages of the form that the demo writes, in both tables."""
    import random

    random = random.Random(7)
    tables.create_table(TableName=STAGING, **KEYS)
    tables.create_table(
        TableName=MAIN, StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}, **KEYS
    )
    kinds = ["created", "updated", "viewed", "shared", "archived"]
    for first in range(0, count, 25):
        puts = []
        for number in range(first, min(first + 25, count)):
            event = json.dumps(
                {
                    "type": f"message.{random.choice(kinds)}",
                    "source": f"checkout-{random.randrange(32)}",
                    "user": f"customer-{random.getrandbits(32):08x}",
                    "amount": random.randrange(500000) / 100,
                },
                separators=(",", ":"),
            )
            item = {
                "messageId": {"S": f"msg-{random.getrandbits(40):010x}"},
                "createdAt": {"N": str(1_767_225_600_000 + number)},
                "event": {"S": event},
            }
            puts.append({"PutRequest": {"Item": item}})
        tables.batch_write_item(RequestItems={MAIN: puts})


def consume(weir, endpoint, deletes, recording, folder):
    command = [weir, "run", "--endpoint-url", endpoint, "--table", MAIN, "--starting-position", "TRIM_HORIZON"]
    command += ["--batch-size", "100", "--max-records", str(CONSUMED), "--checkpoint-file", "none"]
    if deletes:
        command += ["--handler", "delete", "--staging", STAGING, "--delete-mode", "batch", "--yes"]
    if recording:
        command += ["--record", f"{folder}/run.weir"]
    last, _, cpu, _ = measure(command)
    if recording:
        os.remove(f"{folder}/run.weir")
    if last["records"] != CONSUMED:
        sys.exit(f"{last['records']} of {CONSUMED} records were consumed")
    return cpu


def processor(weir, folder):
    server = subprocess.Popen([weir, "local", "--port", "0"], stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True)
    try:
        endpoint = re.search(r"http://\S+:\d+", server.stdout.readline()).group()
        fill(client("dynamodb", endpoint), CONSUMED)
        for name, deletes in (("deletes by BatchWriteItem", True), ("read only", False)):
            times = {False: [], True: []}
            for _ in range(RUNS):
                for recording in (False, True):
                    times[recording].append(consume(weir, endpoint, deletes, recording, folder))
            without, with_it = statistics.median(times[False]), statistics.median(times[True])
            extra = 100 * (with_it - without) / without
            micro = 1e6 / CONSUMED
            target = f", target {TARGETS['cpu']} %: {verdict(extra < TARGETS['cpu'])}" if deletes else ""
            print(
                f"cpu, {name}: {without * micro:.1f} us a record without, {with_it * micro:.1f} us with --record, "
                f"{extra:+.1f} %{target}",
                flush=True,
            )
    finally:
        server.terminate()
        server.wait()


def main():
    weir, seeks = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[4] if len(sys.argv) > 4 else None) as folder:
        path = f"{folder}/session.weir"
        processor(weir, folder)
        record(weir, path, count)
        size(weir, path)
        seek(seeks, path)
        what_if(weir, path)


if __name__ == "__main__":
    main()
