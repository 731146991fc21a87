#!/usr/bin/env python3
# Weir, copyright the Weir project authors
# SPDX-License-Identifier: Apache-2.0
"""Writes botocore-signatures.json: requests made from a seed, as botocore signs them.

    python3 make_botocore_signatures.py > botocore-signatures.json

Needs botocore. The same seed and version give the same file.
"""
import datetime
import json
import random
import string
from unittest import mock
from urllib.parse import quote, urlsplit

import botocore
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

SEED = 20150830
COUNT = 320


def text(generator, characters, low, high):
    return "".join(generator.choice(characters) for _ in range(generator.randint(low, high)))


def header_value(generator):
    words = [text(generator, string.ascii_letters + string.digits + "-_./=;:\"'(),", 1, 12) for _ in range(generator.randint(1, 4))]
    gap = lambda: generator.choice([" ", "  ", "   ", "\t", " \t "])
    value = words[0]
    for word in words[1:]:
        value += gap() + word
    if generator.random() < 0.3:
        value = gap() + value
    if generator.random() < 0.3:
        value += gap()
    return value


def path(generator, service):
    if service in ("dynamodb", "sts") and generator.random() < 0.7:
        return "/"
    if service == "lambda" and generator.random() < 0.6:
        arn = "arn:aws:lambda:%s:111122223333:function:%s" % (
            generator.choice(["us-east-1", "eu-west-1"]), text(generator, string.ascii_letters, 1, 10))
        return "/2015-03-31/functions/" + quote(arn, safe="") + "/invocations"
    characters = string.ascii_letters + string.digits + "-_.~ +&=:@$!*'(),;[]äß€"
    segments = []
    for _ in range(generator.randint(1, 5)):
        kind = generator.random()
        if kind < 0.08:
            segments.append("..")
        elif kind < 0.16:
            segments.append(".")
        elif kind < 0.22:
            segments.append("")
        else:
            segments.append(quote(text(generator, characters, 1, 8), safe=generator.choice(["", "~", "~:@$!*'(),;"])))
    result = "/" + "/".join(segments)
    if generator.random() < 0.3:
        result += "/"
    return result


def query(generator):
    if generator.random() < 0.4:
        return ""
    names = [text(generator, "abcXYZ-_.~ /%&äö", 1, 4) for _ in range(generator.randint(1, 3))]
    parts = []
    for _ in range(generator.randint(1, 6)):
        name = quote(generator.choice(names), safe="-_.~")
        if generator.random() < 0.15:
            parts.append(name)
        else:
            parts.append(name + "=" + quote(text(generator, "abcXYZ019-_.~ /%&=+äö", 0, 6), safe="-_.~"))
    return "&".join(parts)


def request(generator):
    service, prefix = generator.choice([
        ("dynamodb", "dynamodb"), ("dynamodb", "streams.dynamodb"), ("lambda", "lambda"), ("sqs", "sqs"),
        ("sts", "sts"), ("execute-api", "abc.execute-api"),
    ])
    region = generator.choice(["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1", "local"])
    scheme = generator.choice(["https", "https", "http"])
    host = generator.choice([f"{prefix}.{region}.amazonaws.com", "127.0.0.1", "localhost", "[::1]"])
    port = generator.choice(["", "", ":8000", ":443", ":80", ":65535"])
    resource_path, resource_query = path(generator, service), query(generator)
    url = f"{scheme}://{host}{port}{resource_path}" + ("?" + resource_query if resource_query else "")
    method = generator.choice(["POST", "POST", "POST", "GET", "PUT", "DELETE"])
    body = b"" if method == "GET" else bytes(generator.randrange(256) for _ in range(generator.choice([0, 2, 34, 120])))
    headers = [
        ("Content-Type", "application/x-amz-json-1.0"),
        ("X-Amz-Target", "DynamoDB_20120810." + text(generator, string.ascii_letters, 3, 14)),
        ("User-Agent", "weir/" + text(generator, string.digits, 1, 3)),
        ("Accept-Encoding", "identity"),
    ]
    for _ in range(generator.randint(0, 4)):
        name = generator.choice(["X-Amz-Meta-", "x-custom-", "X-AMZ-"]) + text(generator, string.ascii_letters, 1, 3)
        headers.append((name, header_value(generator)))
    if generator.random() < 0.3:
        headers += [("X-Twice", header_value(generator)), ("x-twice", header_value(generator))]
    if generator.random() < 0.2:
        headers += [("Connection", "keep-alive"), ("Expect", "100-continue"), ("X-Amzn-Trace-Id", "Root=1-2-3")]
    generator.shuffle(headers)
    return service, region, url, method, headers, body


def main():
    generator = random.Random(SEED)
    cases = []
    for _ in range(COUNT):
        service, region, url, method, headers, body = request(generator)
        access_key = "AKID" + text(generator, string.ascii_uppercase + string.digits, 4, 16)
        secret = text(generator, string.ascii_letters + string.digits + "/+=", 20, 70)
        token = text(generator, string.ascii_letters + string.digits + "/+=", 40, 300) if generator.random() < 0.4 else None
        moment = datetime.datetime.fromtimestamp(generator.randrange(0, 4_102_444_800), datetime.timezone.utc)

        signed = AWSRequest(method=method, url=url, data=body)
        for name, value in headers:
            signed.headers.add_header(name, value)
        signer = botocore.auth.SigV4Auth(Credentials(access_key, secret, token), service, region)
        with mock.patch("botocore.auth.get_current_datetime", return_value=moment):
            signer.add_auth(signed)
        canonical_source = AWSRequest(method=method, url=url, data=body)
        canonical_source.context["timestamp"] = signed.context["timestamp"]
        for name, value in signed.headers.items():
            if name.lower() != "authorization":
                canonical_source.headers.add_header(name, value)

        parts = urlsplit(url)
        cases.append({
            "method": method,
            "path": parts.path,
            "query": parts.query,
            "host": botocore.auth._host_from_url(url),
            "headers": [[name, value] for name, value in headers],
            "body": body.hex(),
            "service": service,
            "region": region,
            "accessKeyID": access_key,
            "secretAccessKey": secret,
            "sessionToken": token,
            "milliseconds": int(moment.timestamp()) * 1000,
            "date": signed.headers["X-Amz-Date"],
            "canonicalRequest": signer.canonical_request(canonical_source),
            "authorization": signed.headers["Authorization"],
        })
    lines = ",\n".join(json.dumps(case) for case in cases)
    print('{"botocore": "%s", "seed": %d, "cases": [\n%s\n]}' % (botocore.__version__, SEED, lines))


main()
