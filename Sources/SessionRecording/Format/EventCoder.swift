// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession

/// Turns events into rows and back.
struct EventCoder {
    /// The payload of kinds that have no structure of their own.
    private struct Loose: Codable {
        var shard: ShardID?
        var status: StreamStatus?
        var activity: ShardActivity?
        var position: CheckpointPosition?
        var eventID: EventID?
        var hold: HoldChange?
        var text: String?
        var count: Int?
    }

    /// Why a row is no event.
    enum Fault: Error {
        /// A kind that a newer program writes.
        case unknownKind
        /// Payload or records are not what they should be.
        case damaged
    }

    private let encoder: JSONEncoder
    private let decoder: JSONDecoder

    init() {
        self.encoder = JSONEncoder()
        self.encoder.outputFormatting = [.withoutEscapingSlashes]
        self.decoder = JSONDecoder()
    }

    /// The row of an event.
    func row(_ event: SessionEvent) throws -> EventRow {
        switch event.kind {
        case .started(let value): try self.row(event, "started", value)
        case .streamChanged(let status): try self.row(event, "stream-changed", Loose(status: status))
        case .shardListed(let value): try self.row(event, "shard-listed", value, shard: value.id)
        case .shardChanged(let shard, let activity):
            try self.row(event, "shard-changed", Loose(activity: activity), shard: shard)
        case .read(let value):
            try self.row(event, "read", value, shard: value.shard, records: value.records)
        case .batchFormed(let value):
            try self.row(
                event,
                "batch-formed",
                value,
                shard: value.shard,
                batch: value.id,
                records: value.records.count,
                content: value.records
            )
        case .batchRetried(let value):
            try self.row(event, "batch-retried", value, shard: value.shard, batch: value.id)
        case .batchAdvanced(let value):
            try self.row(event, "batch-advanced", value, shard: value.shard, batch: value.id, records: value.records)
        case .batchWorked(let value):
            try self.row(event, "batch-worked", value, shard: value.shard, batch: value.id)
        case .discarded(let value):
            try self.row(event, "discarded", value, shard: value.shard, batch: value.id, records: value.records)
        case .batchFinished(let value):
            try self.row(event, "batch-finished", value, shard: value.shard, batch: value.id, records: value.records)
        case .checkpoint(let shard, let position):
            try self.row(event, "checkpoint", Loose(position: position), shard: shard)
        case .duplicate(let shard, let eventID):
            try self.row(event, "duplicate", Loose(eventID: eventID), shard: shard)
        case .dataLost(let value): try self.row(event, "data-lost", value, shard: value.shard)
        case .paced(let value): try self.row(event, "paced", value)
        case .hold(let change): try self.row(event, "hold", Loose(hold: change))
        case .notice(let value): try self.row(event, "notice", value, shard: value.shard)
        case .sample(let value): try self.row(event, "sample", value)
        case .marker(let text): try self.row(event, "marker", Loose(text: text))
        case .gap(let count): try self.row(event, "gap", Loose(count: count))
        case .ended(let reason): try self.row(event, "ended", Loose(text: reason))
        }
    }

    /// The event of a row.
    ///
    /// - Throws: ``Fault``.
    func event(_ row: EventRow) throws(Fault) -> SessionEvent {
        guard row.isWhole, RecordingFormat.times.contains(row.at.milliseconds) else { throw .damaged }
        return SessionEvent(sequence: row.sequence, at: row.at, kind: try self.kind(row))
    }

    private func kind(_ row: EventRow) throws(Fault) -> SessionEvent.Kind {
        switch row.kind {
        case "started": .started(try self.decode(row))
        case "stream-changed": .streamChanged(try self.known(try self.loose(row).status))
        case "shard-listed": .shardListed(try self.decode(row))
        case "shard-changed": .shardChanged(try self.known(row.shard), try self.known(try self.loose(row).activity))
        case "read": .read(try self.decode(row))
        case "batch-formed": .batchFormed(try self.batch(row))
        case "batch-retried": .batchRetried(try self.decode(row))
        case "batch-advanced": .batchAdvanced(try self.decode(row))
        case "batch-worked": .batchWorked(try self.decode(row))
        case "discarded": .discarded(try self.decode(row))
        case "batch-finished": .batchFinished(try self.decode(row))
        case "checkpoint": .checkpoint(try self.known(row.shard), try self.known(try self.loose(row).position))
        case "duplicate": .duplicate(try self.known(row.shard), try self.known(try self.loose(row).eventID))
        case "data-lost": .dataLost(try self.decode(row))
        case "paced": .paced(try self.decode(row))
        case "hold": .hold(try self.known(try self.loose(row).hold))
        case "notice": .notice(try self.decode(row))
        case "sample": .sample(try self.decode(row))
        case "marker": .marker(try self.known(try self.loose(row).text))
        case "gap": .gap(try self.known(try self.loose(row).count))
        case "ended": .ended(try self.known(try self.loose(row).text))
        default: throw .unknownKind
        }
    }

    private func batch(_ row: EventRow) throws(Fault) -> BatchDescription {
        var batch: BatchDescription = try self.decode(row)
        // The last invocation of a tumbling window has no records.
        guard row.records != 0 else { return batch }
        batch.records = try self.known(row.content?.records)
        return batch
    }

    private func loose(_ row: EventRow) throws(Fault) -> Loose {
        try self.decode(row)
    }

    private func known<Value>(_ value: Value?) throws(Fault) -> Value {
        guard let value else { throw .damaged }
        return value
    }

    private func decode<Value: Decodable>(_ row: EventRow) throws(Fault) -> Value {
        do {
            return try self.decoder.decode(Value.self, from: Data(row.payload))
        } catch {
            throw .damaged
        }
    }

    private func row(
        _ event: SessionEvent,
        _ kind: String,
        _ payload: some Encodable,
        shard: ShardID? = nil,
        batch: BatchID? = nil,
        records: Int? = nil,
        content: [StreamRecord] = []
    ) throws -> EventRow {
        let bytes = [UInt8](try self.encoder.encode(payload))
        return EventRow(
            sequence: event.sequence,
            at: event.at,
            kind: kind,
            shard: shard,
            batch: batch,
            records: records,
            payload: bytes,
            checksum: Compression.checksum(bytes),
            content: batch.flatMap { BatchRow(content, of: $0) }
        )
    }
}
