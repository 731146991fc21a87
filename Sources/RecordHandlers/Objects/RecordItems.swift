// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The items of one record, each decoded at most once.
struct RecordItems: Sendable {
    private let record: StreamRecord
    private var decoded: [RecordPlace: Item] = [:]

    init(_ record: StreamRecord) {
        self.record = record
    }

    /// The value of an attribute.
    mutating func value(
        of name: String,
        in source: RecordPlace
    ) throws(RecordTemplate.Missing) -> AttributeValue {
        guard let value = try self.valueIfPresent(of: name, in: source) else {
            throw RecordTemplate.Missing(description: "it has no attribute \(source.rawValue).\(name)")
        }
        return value
    }

    /// The text of an attribute.
    mutating func text(
        of name: String,
        in source: RecordPlace
    ) throws(RecordTemplate.Missing) -> String {
        let place = "\(source.rawValue).\(name)"
        switch try self.value(of: name, in: source) {
        case .string(let text): return text
        case .number(let number): return number.text
        case let value:
            throw RecordTemplate.Missing(description: "\(place) has type \(value.typeName), not S or N")
        }
    }

    /// The attribute of that name, or what a path with dots leads to; nil: the item has none.
    mutating func valueIfPresent(
        of name: String,
        in source: RecordPlace
    ) throws(RecordTemplate.Missing) -> AttributeValue? {
        Self.value(of: name, in: try self.item(source))
    }

    private mutating func item(_ source: RecordPlace) throws(RecordTemplate.Missing) -> Item {
        if let item = self.decoded[source] { return item }
        let raw: RawItem? =
            switch source {
            case .keys: self.record.keys
            case .newImage: self.record.newImage
            case .oldImage: self.record.oldImage
            }
        guard let raw else {
            throw RecordTemplate.Missing(
                description:
                    "it has no \(source.rawValue) (\(self.record.kind.rawValue), \(self.record.viewType.rawValue))"
            )
        }
        do throws(DynamoDBError) {
            let item = try raw.decoded()
            self.decoded[source] = item
            return item
        } catch {
            throw RecordTemplate.Missing(description: "its \(source.rawValue) cannot be read")
        }
    }

    private static func value(of name: String, in item: Item) -> AttributeValue? {
        if let value = item[name] { return value }
        guard let dot = name.firstIndex(of: "."), case .map(let inner) = item[String(name[..<dot])] else { return nil }
        return Self.value(of: String(name[name.index(after: dot)...]), in: inner)
    }
}
