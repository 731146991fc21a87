// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Logging
import StreamSession

/// A record as a log tells it.
struct RecordTrace {
    private let record: StreamRecord
    private let batch: RecordBatch
    private let showsValues: Bool

    /// Describes a record.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - batch: The batch it is in.
    ///   - showsValues: Whether keys and images are told whole; else only names, types and lengths of attributes.
    init(_ record: StreamRecord, of batch: RecordBatch, showsValues: Bool) {
        self.record = record
        self.batch = batch
        self.showsValues = showsValues
    }

    /// The facts, those about the record below `record`.
    var metadata: Logger.Metadata {
        var facts: Logger.Metadata = [
            "event.id": "\(self.record.eventID)",
            "event.name": "\(self.record.kind.rawValue)",
            "sequence": "\(self.record.sequenceNumber)",
            "created": "\(self.record.createdAt.iso8601)",
            "bytes": .stringConvertible(self.record.size.bytes),
            "keys": .string(self.text(of: self.record.keys)),
        ]
        if let image = self.record.oldImage { facts["old"] = .string(self.text(of: image)) }
        if let image = self.record.newImage { facts["new"] = .string(self.text(of: image)) }
        if self.record.isTimeToLive { facts["expired"] = "true" }
        return [
            "shard.id": "\(self.batch.shard)",
            "batch.id": .stringConvertible(Int(self.batch.id.number)),
            "attempt": .stringConvertible(self.batch.attempt),
            "record": .dictionary(facts),
        ]
    }

    private func text(of item: RawItem) -> String {
        if self.showsValues { return String(decoding: item.bytes, as: UTF8.self) }
        do throws(DynamoDBError) {
            return try item.decodedUncounted().sorted { $0.key < $1.key }
                .map { "\($0.key) \(Self.outline(of: $0.value))" }.joined(separator: ", ")
        } catch {
            return "not readable"
        }
    }

    /// Type and length: characters of a text, digits of a number, bytes, or members.
    static func outline(of value: AttributeValue) -> String {
        let length: Int? =
            switch value {
            case .string(let text): text.unicodeScalars.count
            case .number(let number): number.description.utf8.count
            case .binary(let bytes): bytes.count
            case .bool, .null: nil
            case .map(let members): members.count
            case .list(let members): members.count
            case .stringSet(let members): members.count
            case .numberSet(let members): members.count
            case .binarySet(let members): members.count
            }
        return length.map { "\(value.typeName)(\($0))" } ?? value.typeName
    }
}
