// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension WireOperation<ListStreamsRequest, StreamList> {
    /// ListStreams.
    package static var listStreams: Self {
        Self(
            "ListStreams",
            of: .streams,
            encodeInput: { request, writer in
                writer.member("TableName", request.tableName)
                writer.member("Limit", request.limit)
                writer.member("ExclusiveStartStreamArn", request.exclusiveStartStreamARN?.text)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: ["TableName", "Limit", "ExclusiveStartStreamArn"])
                return ListStreamsRequest(
                    tableName: try body.string("TableName"),
                    limit: try body.integer("Limit"),
                    exclusiveStartStreamARN: try body.string("ExclusiveStartStreamArn").map { StreamARN($0) }
                )
            },
            encodeOutput: { list, writer in
                writer.name("Streams")
                writer.array(list.streams) { stream, writer in
                    writer.object { writer in
                        writer.member("StreamArn", stream.arn.text)
                        writer.member("TableName", stream.tableName)
                        writer.member("StreamLabel", stream.label)
                    }
                }
                writer.member("LastEvaluatedStreamArn", list.lastEvaluatedStreamARN?.text)
            },
            decodeOutput: { (body: WireObject) throws(JSONFault) in
                StreamList(
                    streams: try body.objects("Streams") { (stream) throws(JSONFault) in
                        StreamSummary(
                            arn: StreamARN(try stream.required("StreamArn").string()),
                            tableName: try stream.string("TableName") ?? "",
                            label: try stream.string("StreamLabel") ?? ""
                        )
                    } ?? [],
                    lastEvaluatedStreamARN: try body.string("LastEvaluatedStreamArn").map { StreamARN($0) }
                )
            }
        )
    }
}

extension WireOperation<DescribeStreamRequest, StreamDescription> {
    /// DescribeStream.
    package static var describeStream: Self {
        Self(
            "DescribeStream",
            of: .streams,
            encodeInput: { request, writer in
                writer.member("StreamArn", request.arn.text)
                writer.member("Limit", request.limit)
                writer.member("ExclusiveStartShardId", request.exclusiveStartShardID?.text)
                if let parent = request.childrenOf {
                    writer.name("ShardFilter")
                    writer.object { writer in
                        writer.member("Type", "CHILD_SHARDS")
                        writer.member("ShardId", parent.text)
                    }
                }
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: ["StreamArn", "Limit", "ExclusiveStartShardId", "ShardFilter"])
                let filter = try body.object("ShardFilter")
                if let filter {
                    try filter.allow(only: ["Type", "ShardId"])
                    _ = try filter.required("Type")
                    try filter.check("Type", among: ["CHILD_SHARDS"])
                    _ = try filter.required("ShardId")
                }
                return DescribeStreamRequest(
                    arn: StreamARN(try body.required("StreamArn").string()),
                    limit: try body.integer("Limit"),
                    exclusiveStartShardID: try body.string("ExclusiveStartShardId").map { ShardID($0) },
                    childrenOf: try filter?.string("ShardId").map { ShardID($0) }
                )
            },
            encodeOutput: { description, writer in
                writer.name("StreamDescription")
                writer.object { WireStreams.write(description, into: &$0) }
            },
            decodeOutput: { (body: WireObject) throws(JSONFault) in
                try WireStreams.description(try body.required("StreamDescription").object())
            }
        )
    }
}

extension WireOperation<ShardIteratorRequest, ShardIterator> {
    /// GetShardIterator.
    package static var getShardIterator: Self {
        Self(
            "GetShardIterator",
            of: .streams,
            encodeInput: { request, writer in
                writer.member("StreamArn", request.arn.text)
                writer.member("ShardId", request.shard.text)
                switch request.position {
                case .trimHorizon: writer.member("ShardIteratorType", "TRIM_HORIZON")
                case .latest: writer.member("ShardIteratorType", "LATEST")
                case .at(let number):
                    writer.member("ShardIteratorType", "AT_SEQUENCE_NUMBER")
                    writer.member("SequenceNumber", number.text)
                case .after(let number):
                    writer.member("ShardIteratorType", "AFTER_SEQUENCE_NUMBER")
                    writer.member("SequenceNumber", number.text)
                }
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: ["StreamArn", "ShardId", "ShardIteratorType", "SequenceNumber"])
                return ShardIteratorRequest(
                    arn: StreamARN(try body.required("StreamArn").string()),
                    shard: ShardID(try body.required("ShardId").string()),
                    position: try WireStreams.position(body)
                )
            },
            encodeOutput: { $1.member("ShardIterator", $0.text) },
            decodeOutput: { (body: WireObject) throws(JSONFault) in
                ShardIterator(try body.required("ShardIterator").string())
            }
        )
    }
}

extension WireOperation<GetRecordsRequest, RecordPage> {
    /// GetRecords.
    package static var getRecords: Self {
        Self(
            "GetRecords",
            of: .streams,
            encodeInput: { request, writer in
                writer.member("ShardIterator", request.iterator.text)
                writer.member("Limit", request.limit)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: ["ShardIterator", "Limit"])
                return GetRecordsRequest(
                    iterator: ShardIterator(try body.required("ShardIterator").string()),
                    limit: try body.integer("Limit")
                )
            },
            encodeOutput: { page, writer in
                writer.name("Records")
                writer.array(page.records) { $0.encoded(into: &$1) }
                writer.member("NextShardIterator", page.next?.text)
            },
            outputCapacity: { page in
                page.records.reduce(1024) { size, record in
                    size + 512 + record.keys.count + (record.newImage?.count ?? 0) + (record.oldImage?.count ?? 0)
                }
            },
            decodeOutput: { (body: [UInt8]) throws(JSONFault) in try RecordPageDecoder.decode(body) }
        )
    }
}
