// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Records as rows of a table: what is known of each, then its key, its new and its old image, an attribute a column.
struct RecordTable {
    /// Attributes of keys and images that have a column.
    private(set) var keys: Set<String> = []
    private(set) var newImage: Set<String> = []
    private(set) var oldImage: Set<String> = []

    private static let fixed = [
        "event_id", "event_name", "created_at", "delivered_at", "shard", "batch", "sequence_number", "size_bytes",
        "expired",
    ]

    /// Number of columns.
    var columnCount: Int { Self.fixed.count + self.keys.count + self.newImage.count + self.oldImage.count }

    /// Gives every attribute of a record a column.
    mutating func learn(_ record: StreamRecord) {
        self.keys.formUnion(Self.item(record.keys).keys)
        self.newImage.formUnion(Self.item(record.newImage).keys)
        self.oldImage.formUnion(Self.item(record.oldImage).keys)
    }

    /// The names of the columns.
    var head: [CSVRow.Cell] {
        Self.fixed.map { .word($0) } + self.keys.sorted().map { .text("Keys.\($0)") }
            + self.newImage.sorted().map { .text("NewImage.\($0)") }
            + self.oldImage.sorted().map { .text("OldImage.\($0)") }
    }

    /// The cells of a record.
    func row(_ record: StreamRecord, of batch: RecordedBatches.Batch) -> [CSVRow.Cell] {
        let fixed: [CSVRow.Cell] = [
            .text(record.eventID.text), .word(record.kind.rawValue), .word(record.createdAt.iso8601),
            .word(batch.at.iso8601), .text(batch.description.shard.text), .word("\(batch.description.id.number)"),
            .word(record.sequenceNumber.text), .word("\(record.size.bytes)"), .word("\(record.isTimeToLive)"),
        ]
        return fixed + Self.cells(record.keys, self.keys) + Self.cells(record.newImage, self.newImage)
            + Self.cells(record.oldImage, self.oldImage)
    }

    private static func cells(_ item: RawItem?, _ names: Set<String>) -> [CSVRow.Cell] {
        let item = Self.item(item)
        return names.sorted().map { name in item[name].map(Self.cell) ?? .empty }
    }

    private static func cell(_ value: AttributeValue) -> CSVRow.Cell {
        switch value.plainJSON {
        case .string(let text): return .text(text)
        case .number(let text): return .word(text)
        case .bool(let flag): return .word("\(flag)")
        case .null: return .word("null")
        case .array, .object:
            var json = JSONWriter()
            json.value(value.plainJSON)
            return .text(String(decoding: json.bytes, as: UTF8.self))
        }
    }

    private static func item(_ item: RawItem?) -> Item {
        item.flatMap { try? $0.decoded() } ?? [:]
    }
}
