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
        var since: Timestamp?
    }

    /// Why a row is no event.
    enum Fault: Error {
        /// A kind that a newer program writes.
        case unknownKind
        /// Payload or records are not what they should be.
        case damaged
    }

    private let time: RecordingTime
    private let encoder: JSONEncoder
    private let decoder: JSONDecoder
    private let deflater = Deflater()

    init(time: RecordingTime) {
        self.time = time
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
        case .stateChanged(let value): try self.row(event, "state-changed", value, shard: value.shard)
        case .callFailed(let value):
            try self.row(event, "call-failed", value, shard: value.shard, batch: value.batch)
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
        case .replayed(let value): try self.row(event, "replayed", value, records: value.records)
        case .gap(let count): try self.row(event, "gap", Loose(count: count))
        case .resumed(let time): try self.row(event, "resumed", Loose(since: time))
        case .ended(let reason): try self.row(event, "ended", Loose(text: reason))
        }
    }

    /// The event of a row.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - withRecords: Whether a batch has to have its records; if not, it comes without.
    /// - Returns: The event.
    /// - Throws: ``Fault``.
    func event(_ row: EventRow, withRecords: Bool = true) throws(Fault) -> SessionEvent {
        guard row.isWhole else { throw .damaged }
        return SessionEvent(
            sequence: row.sequence,
            at: self.time.time(row.offset),
            kind: try self.kind(row, withRecords: withRecords)
        )
    }

    private func kind(_ row: EventRow, withRecords: Bool) throws(Fault) -> SessionEvent.Kind {
        switch row.kind {
        case "started": .started(try self.decode(row))
        case "stream-changed": .streamChanged(try self.known(try self.loose(row).status))
        case "shard-listed": .shardListed(try self.decode(row))
        case "shard-changed": .shardChanged(try self.known(row.shard), try self.known(try self.loose(row).activity))
        case "state-changed": .stateChanged(try self.decode(row))
        case "call-failed": .callFailed(try self.decode(row))
        case "read": .read(try self.decode(row))
        case "batch-formed": .batchFormed(withRecords ? try self.batch(row) : try self.decode(row))
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
        case "replayed": .replayed(try self.decode(row))
        case "gap": .gap(try self.known(try self.loose(row).count))
        case "resumed": .resumed(try self.known(try self.loose(row).since))
        case "ended": .ended(try self.known(try self.loose(row).text))
        default: throw .unknownKind
        }
    }

    private func batch(_ row: EventRow) throws(Fault) -> BatchDescription {
        var batch: BatchDescription = try self.decode(row)
        // The last invocation of a tumbling window has no records.
        guard row.records != 0 else { return batch }
        batch.records = try self.known(row.content?.records)
        guard batch.records.count == row.records, row.batch == batch.id else { throw .damaged }
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
        EventRow(
            sequence: event.sequence,
            offset: max(0, self.time.offset(of: event.at)),
            kind: kind,
            shard: shard,
            batch: batch,
            records: records,
            payload: try FrequentPayload.bytes(event.kind) ?? [UInt8](self.encoder.encode(payload)),
            content: content.isEmpty ? nil : batch.flatMap { BatchRow(content, of: $0, with: self.deflater) }
        ).sealed()
    }
}
