// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation

/// A stream that is a file: the lines that `weir run --records-out FILE` has written.
///
/// An engine reads from whatever speaks `DynamoDBStreamsAPI`. On AWS that is the client of the product `DynamoDBClient`;
/// this one shows what it takes to bring a source of one's own, for tests or for records that lie elsewhere. Its shards
/// are those of the file, and all of them are closed.
struct RecordFile: DynamoDBStreamsAPI {
    /// Why a file cannot be read.
    struct Unreadable: Error, CustomStringConvertible {
        var description: String
    }

    /// The name by which the file is read.
    static let arn = StreamARN("arn:aws:dynamodb:us-east-1:000000000000:table/file/stream/2026-01-01T00:00:00.000")

    private let shards: [ShardID: [StreamRecord]]

    /// Reads lines.
    ///
    /// - Throws: ``Unreadable`` with the number of the line and what is wrong with it.
    init(_ lines: Data) throws {
        var shards: [ShardID: [StreamRecord]] = [:]
        var seen: Set<EventID> = []
        for (number, line) in lines.split(separator: UInt8(ascii: "\n")).enumerated() {
            do {
                let (shard, record) = try Self.record(in: line)
                // A batch that was tried again was written again.
                if seen.insert(record.eventID).inserted { shards[shard, default: []].append(record) }
            } catch {
                throw Unreadable(description: "line \(number + 1) is no line of --records-out: \(error)")
            }
        }
        self.shards = shards.mapValues { records in records.sorted { $0.sequenceNumber < $1.sequenceNumber } }
    }

    private static func record(in line: Data) throws -> (ShardID, StreamRecord) {
        guard let object = try JSONSerialization.jsonObject(with: line) as? [String: Any],
            let shard = object["shard"] as? String, let record = object["record"] as? [String: Any]
        else { throw Unreadable(description: "it has no shard and record") }
        return (ShardID(shard), try StreamRecord(parsing: try JSONSerialization.data(withJSONObject: record)))
    }

    // MARK: - DynamoDBStreamsAPI

    /// Lists the one stream there is.
    func listStreams(_ request: ListStreamsRequest) async throws(DynamoDBError) -> StreamList {
        StreamList(streams: [StreamSummary(arn: Self.arn, tableName: "file", label: "2026-01-01T00:00:00.000")])
    }

    /// Describes it, all shards at once.
    func describeStream(_ request: DescribeStreamRequest) async throws(DynamoDBError) -> StreamDescription {
        let shards = self.shards.keys.sorted().compactMap { shard -> ShardDescription? in
            guard let records = self.shards[shard], let first = records.first, let last = records.last else {
                return nil
            }
            return ShardDescription(
                id: shard,
                range: SequenceRange(start: first.sequenceNumber, end: last.sequenceNumber)
            )
        }
        return StreamDescription(
            arn: Self.arn,
            label: "2026-01-01T00:00:00.000",
            tableName: "file",
            status: .disabled,
            viewType: .newAndOldImages,
            keyNames: self.shards.values.first?.first.map { (try? $0.keys.decoded().keys.sorted()) ?? [] } ?? [],
            shards: shards
        )
    }

    /// Names a place in a shard: the shard and the number of the next record.
    func shardIterator(_ request: ShardIteratorRequest) async throws(DynamoDBError) -> ShardIterator {
        guard let records = self.shards[request.shard] else {
            throw DynamoDBError(.resourceNotFound, "there is no shard \(request.shard) in the file")
        }
        let index =
            switch request.position {
            case .trimHorizon: 0
            case .latest: records.count
            case .at(let number): records.count { $0.sequenceNumber < number }
            case .after(let number): records.count { $0.sequenceNumber <= number }
            }
        return ShardIterator("\(request.shard) \(index)")
    }

    /// Reads on from there.
    func records(at iterator: ShardIterator, limit: Int) async throws(DynamoDBError) -> RecordPage {
        let parts = iterator.text.split(separator: " ")
        guard parts.count == 2, let index = Int(parts[1]), let records = self.shards[ShardID(String(parts[0]))] else {
            throw DynamoDBError(.validation, "\(iterator.text) is no iterator of this file")
        }
        let end = min(index + limit, records.count)
        let next = end < records.count ? ShardIterator("\(parts[0]) \(end)") : nil
        return RecordPage(records: Array(records[index..<end]), next: next)
    }
}
