// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// What an aggregate is: which numbers are kept, for which groups, of which records, in how many parts.
///
/// It is kept in the table beside the numbers, and never changes there: numbers that were added up by another rule cannot
/// be told apart later.
package struct AggregateDefinition: Hashable, Sendable {
    /// The most items that one group can be spread over.
    package static let writeShardLimit = 1000

    /// The numbers of each group, at least one, with different names.
    package let values: [AggregateValue]
    /// What tells the group of an item; nil: all items are one group.
    package let group: RecordPath?
    /// Items that a group is spread over.
    ///
    /// - Range: 1...1000.
    package let writeShards: Int
    /// The events that are handled, in the order of ``ChangeKind``.
    package let events: [ChangeKind]
    /// The patterns that records have to match, as they were given; empty: none.
    package let filters: [String]

    /// Puts a definition together.
    ///
    /// - Parameters:
    ///   - values: The numbers of each group.
    ///   - group: What tells the group; nil: there is one.
    ///   - writeShards: Items that a group is spread over.
    ///   - events: The events that are handled; empty: all.
    ///   - filters: The patterns that records have to match.
    /// - Throws: ``HandlerSetupError`` if two values have the same name, or there is none.
    package init(
        values: [AggregateValue],
        group: RecordPath?,
        writeShards: Int = 1,
        events: Set<ChangeKind> = [],
        filters: [String] = []
    ) throws(HandlerSetupError) {
        guard !values.isEmpty else { throw HandlerSetupError(.invalidSetting, "an aggregate needs a value") }
        var names: Set<AttributeValue> = []
        for value in values where !names.insert(.string(value.name)).inserted {
            throw HandlerSetupError(
                .invalidSetting,
                "Two values are kept as \(value.name): give one of them another name, NAME=\(value.function)."
            )
        }
        precondition((1...Self.writeShardLimit).contains(writeShards), "\(writeShards) write shards")
        self.values = values
        self.group = group
        self.writeShards = writeShards
        self.events = ChangeKind.allCases.filter { events.isEmpty || events.contains($0) }
        self.filters = filters
    }

    /// Whether the images of a record are looked into; the keys alone tell everything otherwise.
    var needsImages: Bool { ([self.group] + self.values.map(\.path)).contains { $0?.needsImage == true } }

    /// The values and the group for people: `count, revenue=sum:NewImage.total by NewImage.country`.
    package var summary: String {
        let values = self.values.map(\.text).joined(separator: ", ")
        return self.group.map { "\(values) by \($0)" } ?? values
    }
}

extension AggregateValue {
    /// As short as it can be written.
    package var text: String {
        let plain = self.function.description
        return (try? AggregateValue(plain))?.name == self.name ? plain : self.description
    }
}
