// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The place an iterator points to.
struct ReadPosition {
    /// The row of the shard.
    var shard: Int64
    /// The first number to read.
    var number: Int64
    /// Whether the shard takes no more records.
    var isClosed: Bool
    var arn: String
    var viewType: StreamViewType
    var region: String
}

extension StoreCore {
    /// How long an iterator can be used.
    static let iteratorLife: Duration = .seconds(15 * 60)
    /// A page holds no more bytes of JSON than this, unless its only record does.
    static let largestPage = 1 << 20
    /// Bytes of a record's JSON besides its keys and images, at most.
    private static let recordFrame = 480

    /// One page of records, decoded.
    func records(at iterator: ShardIterator, limit: Int) throws(DynamoDBError) -> RecordPage {
        let position = try self.position(iterator, limit: limit)
        var records: [StreamRecord] = []
        let next = try self.readPage(position, limit: limit) { row in
            records.append(self.record(row, position))
        }
        return RecordPage(records: records, next: next)
    }

    /// One page of records, as the answer's JSON.
    func recordsBody(at iterator: ShardIterator, limit: Int) throws(DynamoDBError) -> [UInt8] {
        let position = try self.position(iterator, limit: limit)
        var writer = RecordPageWriter(region: position.region, viewType: position.viewType)
        let secret = self.secret
        let next = try self.readPage(position, limit: limit) { row in
            let number = row.integer(0)
            writer.append(row, eventID: Self.eventID(position.shard, number, secret), number: number)
        }
        return writer.finish(next: next)
    }

    /// Reads an iterator and checks that it can be used.
    private func position(_ iterator: ShardIterator, limit: Int) throws(DynamoDBError) -> ReadPosition {
        try checkRange(limit, 1...1000, member: "limit")
        guard let token = IteratorToken(iterator.text, secret: self.secret) else {
            throw invalid("Invalid ShardIterator: the text is not an iterator of this endpoint")
        }
        guard token.generation == self.iteratorGeneration, self.now.since(token.issuedAt) <= Self.iteratorLife else {
            throw DynamoDBError(
                .expiredIterator,
                "Iterator expired. The iterator was created more than 15 minutes ago",
                status: 400
            )
        }
        let row = self.statements.selectShard
        defer { row.reset() }
        row.bind(1, token.shard)
        guard try row.step(), let viewType = StreamViewType(rawValue: row.text(3)) else {
            throw DynamoDBError(
                .resourceNotFound,
                "Requested resource not found: the iterator's shard is no longer kept",
                status: 400
            )
        }
        guard token.position > row.integer(1) else { throw Self.trimmedAccess }
        let arn = row.text(2)
        return ReadPosition(
            shard: token.shard,
            number: token.position,
            isClosed: row.optionalInteger(0) != nil,
            arn: arn,
            viewType: viewType,
            region: StreamARN(arn).region ?? self.configuration.region
        )
    }

    /// Steps over the rows of a page; returns where the next one begins, nil at the end of a closed shard.
    private func readPage(
        _ position: ReadPosition,
        limit: Int,
        _ body: (SQLStatement) -> Void
    ) throws(DynamoDBError) -> ShardIterator? {
        let rows = self.statements.selectRecords
        defer { rows.reset() }
        rows.bind(1, position.shard)
        rows.bind(2, position.number)
        rows.bind(3, Int64(limit + 1))
        var next = position.number
        var count = 0
        var size = 0
        var hasMore = false
        while try rows.step() {
            let rowSize = Self.recordFrame + [5, 6, 7].reduce(0) { $0 + rows.byteCount($1) } + Int(rows.integer(4))
            if count == limit || (count > 0 && size + rowSize > Self.largestPage) {
                hasMore = true
                break
            }
            body(rows)
            next = rows.integer(0) + 1
            count += 1
            size += rowSize
        }
        if position.isClosed, !hasMore { return nil }
        return self.makeIterator(shard: position.shard, arn: position.arn, position: next)
    }

    private func record(_ row: SQLStatement, _ position: ReadPosition) -> StreamRecord {
        let number = row.integer(0)
        let oldImage = row.bytes(6)
        let newImage = row.bytes(7)
        let keys: [UInt8]
        if let stored = row.bytes(5) {
            keys = stored
        } else {
            keys = (newImage ?? oldImage ?? []).prefix(Int(row.integer(4))) + [UInt8(ascii: "}")]
        }
        let eventID = Self.eventID(position.shard, number, self.secret)
        return StreamRecord(
            eventID: EventID(hexadecimal(eventID.high) + hexadecimal(eventID.low)),
            kind: ChangeKind(code: row.integer(1)),
            keys: RawItem(unchecked: keys[...]),
            oldImage: oldImage.map { RawItem(unchecked: $0[...]) },
            newImage: newImage.map { RawItem(unchecked: $0[...]) },
            sequenceNumber: SequenceText.sequenceNumber(number),
            createdAt: Timestamp(seconds: row.integer(2) / 1000),
            size: ByteCount(Int(row.integer(3))),
            isTimeToLive: row.integer(1) == Self.expiryCode,
            viewType: position.viewType,
            region: position.region
        )
    }

    /// The identity of a change: the same whenever it is read, different from all others.
    private static func eventID(_ shard: Int64, _ number: Int64, _ secret: SipHash) -> (high: UInt64, low: UInt64) {
        let shard = UInt64(bitPattern: shard)
        let number = UInt64(bitPattern: number)
        return (secret.hash(shard, number, 0), secret.hash(shard, number, 1))
    }
}
