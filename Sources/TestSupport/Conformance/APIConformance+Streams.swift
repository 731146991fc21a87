// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APIConformance {
    private static let missingStream = StreamARN(
        "arn:aws:dynamodb:us-east-1:000000000000:table/missing/stream/2015-05-11T21:21:33.291"
    )

    static let streamCases: [APIConformanceCase] = [
        APIConformanceCase("stream: ListStreams finds those of a table") { subject in
            let (table, stream) = try await subject.streamingTable()
            _ = try await subject.table("other", stream: .keysOnly)
            let list = try await subject.api.listStreams(ListStreamsRequest(tableName: table))
            try checkEqual(list.streams.map(\.arn), [stream], "the streams")
            try checkEqual(list.streams.first?.tableName, table, "the table")
            try checkEqual(list.streams.first?.label, stream.label, "the label")
            try check(list.lastEvaluatedStreamARN == nil, "there is a next page")
        },
        APIConformanceCase("stream: ListStreams of a table without one is empty") { subject in
            let table = try await subject.table().tableName
            let list = try await subject.api.listStreams(ListStreamsRequest(tableName: table))
            try checkEqual(list, StreamList(streams: []), "the page")
        },
        APIConformanceCase("stream: ListStreams takes limits of 1 to 100") { subject in
            for limit in [0, 101] {
                try await checkRefused(.validation, what: "a limit of \(limit)") {
                    try await subject.api.listStreams(ListStreamsRequest(limit: limit))
                }
            }
        },
        APIConformanceCase("stream: ListStreams pages name the last one and go on after it") { subject in
            let (table, first) = try await subject.streamingTable()
            try await subject.switchOff(table)
            _ = try await subject.api.updateTable(
                UpdateTableRequest(tableName: table, stream: StreamSpecification(viewType: .keysOnly))
            )
            var found: [StreamARN] = []
            var request = ListStreamsRequest(tableName: table, limit: 1)
            repeat {
                let page = try await subject.api.listStreams(request)
                try check(page.streams.count <= 1, "a page has \(page.streams.count)")
                found += page.streams.map(\.arn)
                let last = page.lastEvaluatedStreamARN
                if let last { try checkEqual(last, page.streams.last?.arn, "LastEvaluatedStreamArn") }
                request.exclusiveStartStreamARN = last
            } while request.exclusiveStartStreamARN != nil && found.count < 10
            try checkEqual(found.count, 2, "the number of streams")
            try check(Set(found).count == 2 && found.contains(first), "a stream is missing")
        },
        APIConformanceCase("stream: it is described with label, table, key, view type and status") { subject in
            let (table, stream) = try await subject.streamingTable(.newImage)
            let description = try await subject.api.describeStream(DescribeStreamRequest(arn: stream))
            try checkEqual(description.arn, stream, "the ARN")
            try checkEqual(description.tableName, table, "the table")
            try checkEqual(description.label, stream.label, "the label")
            try checkEqual(description.keyNames, ["pk", "sk"], "the key")
            try checkEqual(description.viewType, .newImage, "the view type")
            try checkEqual(description.status, .enabled, "the status")
            try check(description.createdAt != nil, "there is no CreationRequestDateTime")
            try check(description.lastEvaluatedShardID == nil, "there is a next page")
        },
        APIConformanceCase("stream: with its description comes the time by which records are created") { subject in
            let (table, stream) = try await subject.streamingTable()
            try await subject.put(table, subject.item("before", 1))
            let description = try await subject.api.describeStream(DescribeStreamRequest(arn: stream))
            guard let time = description.serviceTime else { throw APIConformanceFailure("no time was told") }
            try await subject.put(table, subject.item("after", 1))
            // Creation times have whole seconds. A server may write its date once a second, and be busy.
            let second = Timestamp(seconds: time.milliseconds / 1000)
            for record in try await subject.records(stream) {
                let isLater = try record.keys.decoded()["pk"] == .string("after")
                try check(!isLater || record.createdAt >= second, "what came later was created at \(record.createdAt)")
                try check(record.createdAt.since(time) < .seconds(60), "it told \(time), long before it was asked")
            }
        },
        APIConformanceCase("stream: open shards have a start and no end") { subject in
            let (_, stream) = try await subject.streamingTable()
            let shards = try await subject.shards(stream)
            try check(!shards.isEmpty, "there is no shard")
            try check(shards.allSatisfy { !$0.isClosed && $0.parent == nil }, "a shard has an end or a parent")
        },
        APIConformanceCase("stream: shard ids are shardId-, 20 digits, - and letters or digits") { subject in
            let (_, stream) = try await subject.streamingTable()
            for shard in try await subject.shards(stream) {
                let parts = shard.id.text.split(separator: "-", omittingEmptySubsequences: false)
                let isWellFormed =
                    (28...65).contains(shard.id.text.utf8.count) && parts.count == 3 && parts[0] == "shardId"
                    && parts[1].count == 20 && parts[1].allSatisfy(\.isNumber)
                    && parts[2].allSatisfy { $0.isLetter || $0.isNumber }
                try check(isWellFormed, "the id is \(shard.id)")
            }
        },
        APIConformanceCase("stream: after the last shard, and after an unknown one, the list is empty") { subject in
            let (_, stream) = try await subject.streamingTable()
            let last = try await subject.shards(stream).last?.id
            for id in [last, ShardID("shardId-99999999999999999999-ffffffff")] as [ShardID?] {
                let description = try await subject.api.describeStream(
                    DescribeStreamRequest(arn: stream, exclusiveStartShardID: id)
                )
                try checkEqual(description.shards, [], "the shards")
            }
        },
        APIConformanceCase("stream: pages of shards name their last one and go on after it") { subject in
            let (_, stream) = try await subject.streamingTable()
            let all = try await subject.shards(stream).map(\.id)
            try checkEqual(all, all.sorted(), "the order of the shards")
            var found: [ShardID] = []
            var request = DescribeStreamRequest(arn: stream, limit: 1)
            repeat {
                let page = try await subject.api.describeStream(request)
                try checkEqual(page.shards.count, 1, "the size of a page")
                found += page.shards.map(\.id)
                let last = page.lastEvaluatedShardID
                try checkEqual(last, found.count < all.count ? found.last : nil, "LastEvaluatedShardId")
                request.exclusiveStartShardID = last
            } while request.exclusiveStartShardID != nil && found.count < all.count
            try checkEqual(found, all, "the shards of all pages")
        },
        APIConformanceCase("stream: a shard that goes on has no children") { subject in
            let (_, stream) = try await subject.streamingTable()
            guard let shard = try await subject.shards(stream).first else { return }
            let children = try await subject.api.describeStream(
                DescribeStreamRequest(arn: stream, childrenOf: shard.id)
            )
            try checkEqual(children.shards, [], "the children")
        },
        APIConformanceCase("stream: what is no ARN is invalid") { subject in
            try await checkRefused(.validation) {
                try await subject.api.describeStream(DescribeStreamRequest(arn: StreamARN("no arn at all")))
            }
        },
        APIConformanceCase("stream: the ARN of none is not found") { subject in
            try await checkRefused(.resourceNotFound) {
                try await subject.api.describeStream(DescribeStreamRequest(arn: Self.missingStream))
            }
            try await checkRefused(.resourceNotFound) {
                try await subject.iterator(
                    Self.missingStream,
                    ShardID("shardId-00000001500000000000-abcdefab"),
                    .latest
                )
            }
        },
        APIConformanceCase("stream: DescribeStream takes limits of 1 to 100") { subject in
            let (_, stream) = try await subject.streamingTable()
            for limit in [0, 101] {
                try await checkRefused(.validation, what: "a limit of \(limit)") {
                    try await subject.api.describeStream(DescribeStreamRequest(arn: stream, limit: limit))
                }
            }
        },
        APIConformanceCase("stream: it is no table") { subject in
            let (table, _) = try await subject.streamingTable()
            var own: [String] = []
            var request = ListTablesRequest()
            repeat {
                let list = try await subject.api.listTables(request)
                own += list.tableNames.filter { $0.hasPrefix(subject.prefix) }
                request.exclusiveStartTableName = list.lastEvaluatedTableName
            } while request.exclusiveStartTableName != nil
            try checkEqual(own, [table], "the tables")
        },
    ]
}
