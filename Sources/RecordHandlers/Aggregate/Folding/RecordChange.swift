// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What one record adds to the numbers of which groups: of one group, or of two if it moves an item between them.
struct RecordChange: Sendable {
    /// Why a record cannot be added up; no value of it.
    struct Unreadable: Error, Sendable {
        var sequenceNumber: SequenceNumber
        var reason: String
    }

    /// What a group gets, a number for each value of the definition.
    struct Part: Sendable {
        var group: AttributeValue
        var deltas: [DecimalDigits]
    }

    /// The groups whose numbers change; none if nothing does.
    private(set) var parts: [Part] = []

    /// Reads a record.
    init(_ record: StreamRecord, _ definition: AggregateDefinition) throws(Unreadable) {
        // Keys do not change: a change of another attribute adds nothing.
        guard record.kind != .modify || definition.needsImages else { return }
        var items = RecordItems(record)
        do throws(RecordTemplate.Missing) {
            if record.kind != .insert {
                try self.add(&items, .oldImage, definition, isNegative: true)
            }
            if record.kind != .remove {
                try self.add(&items, .newImage, definition, isNegative: false)
            }
        } catch {
            throw Unreadable(sequenceNumber: record.sequenceNumber, reason: error.description)
        }
        self.parts.removeAll { $0.deltas.allSatisfy(\.isZero) }
    }

    private mutating func add(
        _ items: inout RecordItems,
        _ image: RecordPlace,
        _ definition: AggregateDefinition,
        isNegative: Bool
    ) throws(RecordTemplate.Missing) {
        guard let group = try Self.group(&items, image, definition) else { return }
        var deltas: [DecimalDigits] = []
        for value in definition.values {
            let number = try Self.number(&items, image, value)
            deltas.append(isNegative ? number.negated : number)
        }
        if let index = self.parts.firstIndex(where: { $0.group == group }) {
            for (place, delta) in deltas.enumerated() {
                self.parts[index].deltas[place] = self.parts[index].deltas[place].adding(delta)
            }
        } else {
            self.parts.append(Part(group: group, deltas: deltas))
        }
    }

    /// The group's text; nil: the item is in none.
    private static func group(
        _ items: inout RecordItems,
        _ image: RecordPlace,
        _ definition: AggregateDefinition
    ) throws(RecordTemplate.Missing) -> AttributeValue? {
        guard let path = definition.group else { return .string(AggregateKey.total) }
        let text: String
        switch try items.value(of: path, in: image) {
        case nil, .null?: return nil
        case .string(let string)?: text = string
        case .number(let number)?: text = number.text
        case .bool(let flag)?: text = flag ? "true" : "false"
        case let value?: throw Self.wrongType(path, image, value, "S, N or BOOL")
        }
        guard !text.isEmpty else { return nil }
        let parts = definition.writeShards
        guard AggregateKey.text(group: text, part: parts - 1, of: parts).utf8.count <= AggregateKey.limitBytes else {
            throw RecordTemplate.Missing(
                description: "\(path.text(in: image)) is longer than the \(AggregateKey.limitBytes) bytes of a key"
            )
        }
        return .string(text)
    }

    private static func number(
        _ items: inout RecordItems,
        _ image: RecordPlace,
        _ value: AggregateValue
    ) throws(RecordTemplate.Missing) -> DecimalDigits {
        guard case .sum(let path) = value.function else { return DecimalNumber(1).digits }
        switch try items.value(of: path, in: image) {
        case nil, .null?: return .zero
        case .number(let number)?: return number.digits
        case let other?: throw Self.wrongType(path, image, other, "N")
        }
    }

    private static func wrongType(
        _ path: RecordPath,
        _ image: RecordPlace,
        _ value: AttributeValue,
        _ accepted: String
    ) -> RecordTemplate.Missing {
        RecordTemplate.Missing(description: "\(path.text(in: image)) has type \(value.typeName), not \(accepted)")
    }
}

extension RecordPath {
    /// Where it is before or after a change.
    fileprivate func source(in image: RecordPlace) -> RecordPlace {
        self.needsImage ? image : self.source
    }

    fileprivate func text(in image: RecordPlace) -> String {
        "\(self.source(in: image).rawValue).\(self.name)"
    }
}

extension RecordItems {
    fileprivate mutating func value(
        of path: RecordPath,
        in image: RecordPlace
    ) throws(RecordTemplate.Missing) -> AttributeValue? {
        try self.valueIfPresent(of: path.name, in: path.source(in: image))
    }
}
