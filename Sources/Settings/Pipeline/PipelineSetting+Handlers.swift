// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension PipelineSetting {
    static let handler: [PipelineSetting] = [
        PipelineSetting(
            "handler",
            .text,
            standard: .value("observe"),
            example: "\"observe\"",
            about:
                "What is done with a batch: observe, delete, aggregate, command, function or delete-objects; it asks first."
        ),
        PipelineSetting(
            "dry-run",
            .toggle,
            standard: .value("false"),
            example: "false",
            owner: .acting,
            about: "Show what would be sent, send nothing and leave the stored position alone."
        ),
    ]

    static let delete: [PipelineSetting] = [
        PipelineSetting(
            "staging",
            .text,
            standard: .described("none"),
            example: "\"OrdersStaging\"",
            owner: .handler("delete"),
            about: "Table to delete from, with the same key as the stream's table."
        ),
        PipelineSetting(
            "delete-mode",
            .text,
            standard: .described("batch; item with delete-condition"),
            example: "\"item\"",
            owner: .handler("delete"),
            about: "batch (BatchWriteItem, 25 keys a request) or item (DeleteItem, one key a request)."
        ),
        PipelineSetting(
            "delete-condition",
            .texts,
            standard: .described("none"),
            example: "\"version = NewImage.version\"",
            owner: .handler("delete"),
            about: "Keep an item unless 'ATTRIBUTE = NewImage.NAME' holds of it and of its record; a list: all of them."
        ),
        PipelineSetting(
            "maximum-write-capacity",
            .number,
            standard: .described("no bound"),
            example: "100",
            owner: .acting,
            about: "Most write capacity units a second that deletes or aggregates use, all shards together, 1 to 40000."
        ),
        PipelineSetting(
            "concurrency",
            .number,
            standard: .described("1"),
            example: "1",
            owner: .acting,
            about: "Requests of one shard in flight at the same time, 1 to 64."
        ),
    ]

    static let aggregate: [PipelineSetting] = [
        PipelineSetting(
            "aggregate-table",
            .text,
            standard: .described("none"),
            example: "\"Totals\"",
            owner: .handler("aggregate"),
            about: "Table that keeps the numbers: its key is one attribute of type S, of any name."
        ),
        PipelineSetting(
            "aggregate",
            .texts,
            standard: .described("none"),
            example: "[\"count\", \"sum:NewImage.total\"]",
            owner: .handler("aggregate"),
            about: "The numbers to keep: count, sum:NewImage.total, or NAME=sum:NewImage.total; a list: all of them."
        ),
        PipelineSetting(
            "group-by",
            .text,
            standard: .described("all items are one group"),
            example: "\"NewImage.customer\"",
            owner: .handler("aggregate"),
            about: "Attribute that tells the group: Keys.customer or NewImage.address.country."
        ),
        PipelineSetting(
            "write-shards",
            .number,
            standard: .described("1"),
            example: "1",
            owner: .handler("aggregate"),
            about: "Items that each group is spread over; 'weir aggregate read' adds them up."
        ),
    ]

    static let command: [PipelineSetting] = [
        PipelineSetting(
            "command",
            .words,
            standard: .described("none"),
            example: "[\"./handle.py\", \"--verbose\"]",
            owner: .handler("command"),
            about: "The program that handles batches, and its arguments; started without a shell."
        ),
        PipelineSetting(
            "handler-timeout",
            .duration,
            standard: .described("60s"),
            example: "\"60s\"",
            owner: .handler("command"),
            about: "How long one run may take, up to 24h."
        ),
        PipelineSetting(
            "handler-env",
            .texts,
            standard: .described("PATH, HOME, LANG and TZ"),
            example: "[\"STAGE=test\", \"EDITOR\"]",
            owner: .handler("command"),
            about: "Variables for the program: NAME=VALUE, or NAME for the value it has here."
        ),
        PipelineSetting(
            "handler-credentials",
            .toggle,
            standard: .value("false"),
            example: "false",
            owner: .handler("command"),
            about: "Give the program the AWS_ variables of this environment, credentials included."
        ),
    ]

    static let function: [PipelineSetting] = [
        PipelineSetting(
            "function",
            .text,
            standard: .described("none"),
            example: "\"my-function\"",
            owner: .handler("function"),
            about: "Function to invoke: its name, name:alias, or its ARN."
        ),
        PipelineSetting(
            "function-endpoint",
            .text,
            standard: .described("AWS_ENDPOINT_URL_LAMBDA, AWS_ENDPOINT_URL, then AWS itself"),
            example: "\"http://127.0.0.1:9000\"",
            owner: .handler("function"),
            about: "Where it is invoked."
        ),
        PipelineSetting(
            "function-log",
            .toggle,
            standard: .value("false"),
            example: "false",
            owner: .handler("function"),
            about: "Show the last 4 KB of the function's log after each invocation."
        ),
    ]

    static let objects: [PipelineSetting] = [
        PipelineSetting(
            "bucket",
            .text,
            standard: .described("none"),
            example: "\"my-files\"",
            owner: .handler("delete-objects"),
            about: "Bucket of the object that a record names; a template like that of the key."
        ),
        PipelineSetting(
            "key",
            .text,
            standard: .described("none"),
            example: "\"{OldImage.path}\"",
            owner: .handler("delete-objects"),
            about: "Key of the object, with places like {Keys.id}, {OldImage.path} and {NewImage.path}."
        ),
        PipelineSetting(
            "bucket-region",
            .text,
            standard: .described("the stream's"),
            example: "\"eu-central-1\"",
            owner: .handler("delete-objects"),
            about: "Region of the bucket, also of one that on-failure names."
        ),
        PipelineSetting(
            "s3-endpoint",
            .text,
            standard: .described("AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, then AWS itself"),
            example: "\"http://127.0.0.1:9000\"",
            owner: .handler("delete-objects"),
            about: "Where buckets are, also one that on-failure names."
        ),
    ]
}
