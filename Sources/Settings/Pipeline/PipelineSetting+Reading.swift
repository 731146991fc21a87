// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension PipelineSetting {
    static let stream: [PipelineSetting] = [
        PipelineSetting(
            "table",
            .text,
            standard: .described("none"),
            example: "\"Orders\"",
            about: "Table whose current stream is read; this or stream-arn is needed."
        ),
        PipelineSetting(
            "stream-arn",
            parameter: "EventSourceArn",
            .text,
            standard: .described("the current stream of the table"),
            example: "\"arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000\"",
            about: "Stream to read."
        ),
        PipelineSetting(
            "other-readers",
            .number,
            standard: .described("0"),
            example: "1",
            about: "Readers of the stream that Weir cannot see, 0 to 1000; it warns of more than two in all."
        ),
        PipelineSetting(
            "enabled",
            parameter: "Enabled",
            .toggle,
            standard: .value("true"),
            example: "true",
            about: "Whether anything is read."
        ),
        PipelineSetting(
            "starting-position",
            parameter: "StartingPosition",
            .text,
            standard: .value("LATEST"),
            example: "\"LATEST\"",
            about: "LATEST or TRIM_HORIZON: where the first run of a pipeline begins; later ones go on."
        ),
    ]

    static let connection: [PipelineSetting] = [
        PipelineSetting(
            "region",
            .text,
            standard: .described("AWS_REGION, AWS_DEFAULT_REGION, then the profile's"),
            example: "\"eu-central-1\"",
            about: "Region."
        ),
        PipelineSetting(
            "profile",
            .text,
            standard: .described("AWS_PROFILE, then \"default\""),
            example: "\"staging\"",
            about: "Profile of the shared AWS configuration files, from which credentials come."
        ),
        PipelineSetting(
            "endpoint-url",
            .text,
            standard: .described("AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL and their kin, then AWS itself"),
            example: "\"http://127.0.0.1:8000\"",
            about: "Endpoint for tables and streams."
        ),
        PipelineSetting(
            "allow-plain-http",
            .toggle,
            standard: .value("false"),
            example: "false",
            about: "Send signed requests over http to a host that is not this machine."
        ),
    ]

    static let batches: [PipelineSetting] = [
        PipelineSetting(
            "batch-size",
            parameter: "BatchSize",
            .number,
            standard: .value("100"),
            example: "100",
            about: "Largest number of records in a batch, 1 to 10000."
        ),
        PipelineSetting(
            "maximum-batching-window",
            aliases: ["batch-window"],
            parameter: "MaximumBatchingWindowInSeconds",
            .duration,
            standard: .value("0s"),
            example: "\"0s\"",
            about:
                "How long a batch may gather, 0 to 5m; also parts of a second, such as 200ms, which a mapping does not have."
        ),
        PipelineSetting(
            "parallelization-factor",
            parameter: "ParallelizationFactor",
            .number,
            standard: .value("1"),
            example: "1",
            about: "Batches of one shard handled at once, 1 to 10."
        ),
        PipelineSetting(
            "maximum-concurrent-batches",
            .number,
            standard: .described("one for each lane of every shard"),
            example: "16",
            about: "Batches of all shards handled at once, 1 to 10000."
        ),
        PipelineSetting(
            "tumbling-window",
            parameter: "TumblingWindowInSeconds",
            .duration,
            standard: .value("0s"),
            example: "\"0s\"",
            about:
                "Length of the windows whose state goes from invocation to invocation, 0s (off) to 15m, whole seconds."
        ),
        PipelineSetting(
            "events",
            .names,
            standard: .described("INSERT when deleting, REMOVE when deleting objects, else all"),
            example: "[\"INSERT\", \"MODIFY\"]",
            about: "Events to handle, of INSERT, MODIFY and REMOVE."
        ),
        PipelineSetting(
            "filter",
            .texts,
            standard: .described("everything matches"),
            example: "['{\"eventName\":[\"INSERT\"]}']",
            about: "Patterns of FilterCriteria; a record has to match one of them."
        ),
        PipelineSetting(
            "filter-criteria",
            .text,
            standard: .described("everything matches"),
            example: "'{\"Filters\": [{\"Pattern\": \"{\\\"eventName\\\":[\\\"INSERT\\\"]}\"}]}'",
            about: "The patterns as a mapping has them, all in one text of JSON; instead of filter."
        ),
    ]

    static let failures: [PipelineSetting] = [
        PipelineSetting(
            "bisect-batch-on-function-error",
            parameter: "BisectBatchOnFunctionError",
            .toggle,
            standard: .value("false"),
            example: "false",
            about: "Cut a batch that fails into halves until the record that fails stands alone."
        ),
        PipelineSetting(
            "maximum-retry-attempts",
            parameter: "MaximumRetryAttempts",
            .number,
            standard: .value("-1"),
            example: "-1",
            about: "Attempts after the first one until a batch is given up, 0 to 10000; -1: until it expires."
        ),
        PipelineSetting(
            "maximum-record-age",
            parameter: "MaximumRecordAgeInSeconds",
            .duration,
            standard: .value("-1"),
            example: "-1",
            about: "Give up records older than this, 60s to 168h; -1: once they have left the stream."
        ),
        PipelineSetting(
            "function-response-types",
            parameter: "FunctionResponseTypes",
            .names,
            standard: .described("none"),
            example: "[\"ReportBatchItemFailures\"]",
            about: "ReportBatchItemFailures: a function names the records that failed."
        ),
        PipelineSetting(
            "on-failure",
            .text,
            standard: .described("nowhere"),
            example: "\"file:failed.jsonl\"",
            owner: .acting,
            about: "Where batches that are given up are told of: file:PATH, or the ARN of a queue, a topic or a bucket."
        ),
        PipelineSetting(
            "on-failure-endpoint",
            .text,
            standard: .described("AWS_ENDPOINT_URL_SQS or _SNS, AWS_ENDPOINT_URL, then AWS itself"),
            example: "\"http://127.0.0.1:5000\"",
            owner: .acting,
            about: "Where that queue or topic is."
        ),
    ]
}
