// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A stream's row.
struct StreamRow {
    var id: Int64
    var arn: String
    var tableName: String
    var label: String
    var viewType: StreamViewType
    var keyNames: [String]
    var createdAt: Timestamp
    var isDisabled: Bool
}

extension StoreCore {
    func listStreams(_ request: ListStreamsRequest) throws(DynamoDBError) -> StreamList {
        let limit = request.limit ?? 100
        try checkRange(limit, 1...100, member: "limit")
        var start = ""
        if let arn = request.exclusiveStartStreamARN {
            try Self.checkStreamARN(arn, member: "exclusiveStartStreamArn")
            start = arn.text
        }
        var tableName = request.tableName
        if let name = tableName {
            if name.hasPrefix("arn:"), let table = self.catalog.tables.values.first(where: { $0.arn == name }) {
                tableName = table.name
            } else if !name.hasPrefix("arn:") {
                try Self.checkTableName(name)
            }
        }
        // Ordered by ARN, so that a page begins in the right place whatever happened to the stream named as its start.
        let rows = try self.statement(
            """
            SELECT arn, table_name, label FROM streams
            WHERE arn > ?1 AND (?2 IS NULL OR table_name = ?2) ORDER BY arn LIMIT ?3
            """
        )
        rows.bind(1, start)
        rows.bind(2, tableName)
        rows.bind(3, Int64(limit + 1))
        var streams: [StreamSummary] = []
        while try rows.step() {
            streams.append(
                StreamSummary(arn: StreamARN(rows.text(0)), tableName: rows.text(1), label: rows.text(2))
            )
        }
        guard streams.count > limit else { return StreamList(streams: streams) }
        streams.removeLast()
        return StreamList(streams: streams, lastEvaluatedStreamARN: streams.last?.arn)
    }

    func describeStream(_ request: DescribeStreamRequest) throws(DynamoDBError) -> StreamDescription {
        let limit = request.limit ?? 100
        try checkRange(limit, 1...100, member: "limit")
        let stream = try self.stream(request.arn)
        if let parent = request.childrenOf { try Self.checkShardID(parent, member: "shardFilter.shardId") }
        if let start = request.exclusiveStartShardID {
            try Self.checkShardID(start, member: "exclusiveStartShardId")
        }
        var shards = try self.shards(of: stream, childrenOf: request.childrenOf)
        if let start = request.exclusiveStartShardID {
            // An unknown shard ends the listing; a filtered listing continues behind it.
            let isKnown = request.childrenOf != nil || shards.contains { $0.id == start }
            shards = isKnown ? shards.filter { $0.id > start } : []
        }
        let page = Array(shards.prefix(limit))
        return StreamDescription(
            arn: StreamARN(stream.arn),
            label: stream.label,
            tableName: stream.tableName,
            status: stream.isDisabled ? .disabled : .enabled,
            viewType: stream.viewType,
            createdAt: stream.createdAt,
            keyNames: stream.keyNames,
            shards: page,
            lastEvaluatedShardID: shards.count > page.count ? page.last?.id : nil,
            serviceTime: self.now
        )
    }

    func shardIterator(_ request: ShardIteratorRequest) throws(DynamoDBError) -> ShardIterator {
        let stream = try self.stream(request.arn)
        try Self.checkShardID(request.shard, member: "shardId")
        let row = try self.statement(
            "SELECT id, start_number, end_number, trimmed_through FROM shards WHERE stream_id = ? AND name = ?"
        )
        row.bind(1, stream.id)
        row.bind(2, request.shard.text)
        guard try row.step() else {
            throw DynamoDBError(
                .resourceNotFound,
                "Requested resource not found: Shard: \(request.shard) in Stream: \(stream.arn) not found",
                status: 400
            )
        }
        let start = row.integer(1)
        let end = row.optionalInteger(2)
        let trimmed = row.integer(3)
        let position: Int64
        switch request.position {
        case .trimHorizon: position = max(start, trimmed + 1)
        case .latest: position = self.lastNumber + 1
        case .at(let number): position = try self.counted(number, from: start, to: end)
        case .after(let number): position = try self.counted(number, from: start, to: end) + 1
        }
        guard position > trimmed else { throw Self.trimmedAccess }
        return self.makeIterator(shard: row.integer(0), arn: stream.arn, position: position)
    }

    /// A stream by its ARN.
    func stream(_ arn: StreamARN) throws(DynamoDBError) -> StreamRow {
        try Self.checkStreamARN(arn, member: "streamArn")
        guard let row = try self.streamRow(arn.text) else { throw streamNotFound(arn.text) }
        return row
    }

    func streamRow(_ arn: String) throws(DynamoDBError) -> StreamRow? {
        let row = try self.statement(
            """
            SELECT id, arn, table_name, label, view_type, partition_name, sort_name, created, disabled
            FROM streams WHERE arn = ?
            """
        )
        row.bind(1, arn)
        guard try row.step(), let viewType = StreamViewType(rawValue: row.text(4)) else { return nil }
        return StreamRow(
            id: row.integer(0),
            arn: row.text(1),
            tableName: row.text(2),
            label: row.text(3),
            viewType: viewType,
            keyNames: [row.text(5)] + (row.optionalText(6).map { [$0] } ?? []),
            createdAt: Timestamp(milliseconds: row.integer(7)),
            isDisabled: row.optionalInteger(8) != nil
        )
    }

    /// A new iterator, different from all before.
    func makeIterator(shard: Int64, arn: String, position: Int64) -> ShardIterator {
        self.iteratorCount += 1
        let token = IteratorToken(
            shard: shard,
            position: position,
            issuedAt: self.now,
            generation: self.iteratorGeneration,
            count: self.iteratorCount
        )
        return ShardIterator(token.text(arn: arn, secret: self.secret))
    }

    static var trimmedAccess: DynamoDBError {
        DynamoDBError(
            .trimmedDataAccess,
            "The requested sequence number is beyond the trim point: the records there are older than 24 hours",
            status: 400
        )
    }

    private func shards(of stream: StreamRow, childrenOf parent: ShardID?) throws(DynamoDBError) -> [ShardDescription] {
        let rows = try self.statement(
            """
            SELECT name, parent, start_number, end_number FROM shards
            WHERE stream_id = ?1 AND (?2 IS NULL OR parent = ?2) ORDER BY name
            """
        )
        rows.bind(1, stream.id)
        rows.bind(2, parent?.text)
        var shards: [ShardDescription] = []
        while try rows.step() {
            let range = SequenceRange(
                start: SequenceText.sequenceNumber(rows.integer(2)),
                end: rows.optionalInteger(3).map { SequenceText.sequenceNumber($0) }
            )
            shards.append(
                ShardDescription(
                    id: ShardID(rows.text(0)),
                    parent: rows.optionalText(1).map { ShardID($0) },
                    range: range
                )
            )
        }
        return shards
    }

    /// What the store counted for a sequence number of a shard; refused if the shard never had it.
    private func counted(
        _ number: SequenceNumber,
        from start: Int64,
        to end: Int64?
    ) throws(DynamoDBError) -> Int64 {
        guard let counted = SequenceText.number(number), counted >= start, counted <= end ?? self.lastNumber else {
            throw invalid("Invalid SequenceNumber: \(number) is not of this shard")
        }
        return counted
    }

    private static func checkStreamARN(_ arn: StreamARN, member: String) throws(DynamoDBError) {
        guard arn.tableName != nil, arn.label != nil, (37...1024).contains(arn.text.utf8.count) else {
            throw invalid(
                """
                1 validation error detected: Value '\(arn)' at '\(member)' failed to satisfy constraint: \
                Invalid StreamArn
                """
            )
        }
    }

    private static func checkShardID(_ shard: ShardID, member: String) throws(DynamoDBError) {
        guard (28...65).contains(shard.text.utf8.count) else {
            throw invalid(
                """
                1 validation error detected: Value '\(shard)' at '\(member)' failed to satisfy constraint: \
                Member must have length between 28 and 65
                """
            )
        }
    }
}
