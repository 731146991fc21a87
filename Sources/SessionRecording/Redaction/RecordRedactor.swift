// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Leaves values out of records and keeps their shape: types, lengths, names, and whether something changed.
///
/// A value of a key becomes a name that is the same for the same value, so that changes of one item stay together. Of all
/// others the type and the length stay; in a new image a value that differs from the old one still does.
struct RecordRedactor: Sendable {
    let rule: RedactionRule
    let secret: RedactionSecret

    /// A record without what the rule covers.
    func redacted(_ record: StreamRecord) -> StreamRecord {
        var record = record
        let keys = Self.item(record.keys)
        let old = record.oldImage.map(Self.item)
        let new = record.newImage.map(Self.item)
        record.keys = RawItem(self.redacted(keys, keys: keys, before: nil))
        record.oldImage = old.map { RawItem(self.redacted($0, keys: keys, before: nil)) }
        record.newImage = new.map { RawItem(self.redacted($0, keys: keys, before: old)) }
        return record
    }

    /// The name of an attribute.
    func name(_ name: String) -> String {
        self.rule == .all ? self.secret.name(name) : name
    }

    /// What cannot be read cannot be left in.
    private static func item(_ item: RawItem) -> Item {
        (try? item.decodedUncounted()) ?? [:]
    }

    private func redacted(_ item: Item, keys: Item, before: Item?) -> Item {
        self.members(item) { name, value in
            if keys[name] != nil { return self.rule.covers(name) ? self.key(value) : value }
            return self.value(value, name: name, before: before?[name])
        }
    }

    private func members(_ item: Item, _ value: (String, AttributeValue) -> AttributeValue) -> Item {
        var result: Item = [:]
        for (name, member) in item { result[self.name(name)] = value(name, member) }
        return result
    }

    private func key(_ value: AttributeValue) -> AttributeValue {
        switch value {
        case .string(let text): .string(self.secret.name(text))
        case .number(let number): .number(DecimalNumber(self.secret.number(number.text)))
        case .binary(let bytes): .binary(self.secret.bytes(bytes))
        // No key has another type.
        default: self.shape(value, before: nil)
        }
    }

    private func value(_ value: AttributeValue, name: String, before: AttributeValue?) -> AttributeValue {
        guard !self.rule.covers(name) else { return self.shape(value, before: before) }
        switch value {
        case .map(let members):
            let before = before?.members
            return .map(self.members(members) { self.value($1, name: $0, before: before?[$0]) })
        case .list(let elements):
            let before = before?.elements ?? []
            return .list(
                elements.enumerated().map { index, element in
                    self.value(element, name: name, before: index < before.count ? before[index] : nil)
                }
            )
        default: return value
        }
    }

    private func shape(_ value: AttributeValue, before: AttributeValue?) -> AttributeValue {
        let isChanged = before.map { $0 != value } ?? false
        let first = isChanged ? 1 : 0
        switch value {
        case .string(let text): return .string(String(repeating: isChanged ? "y" : "x", count: text.utf8.count))
        case .number: return .number(DecimalNumber(first))
        case .binary(let bytes): return .binary([UInt8](repeating: UInt8(first), count: bytes.count))
        case .bool: return .bool(isChanged)
        case .null: return .null
        case .map(let members):
            let before = before?.members
            return .map(self.members(members) { self.shape($1, before: before?[$0]) })
        case .list(let elements):
            let before = before?.elements ?? []
            return .list(
                elements.enumerated().map { index, element in
                    self.shape(element, before: index < before.count ? before[index] : nil)
                }
            )
        // Members of a set have to stay different from one another.
        case .stringSet(let members): return .stringSet(Set(members.indices(from: first).map { "x\($0)" }))
        case .numberSet(let members): return .numberSet(Set(members.indices(from: first).map { DecimalNumber($0) }))
        case .binarySet(let members): return .binarySet(Set(members.indices(from: first).map { Array("\($0)".utf8) }))
        }
    }
}

extension AttributeValue {
    fileprivate var members: Item? {
        if case .map(let members) = self { members } else { nil }
    }

    fileprivate var elements: [AttributeValue]? {
        if case .list(let elements) = self { elements } else { nil }
    }
}

extension Set {
    /// As many numbers as there are members.
    fileprivate func indices(from first: Int) -> Range<Int> { first..<(first + self.count) }
}
