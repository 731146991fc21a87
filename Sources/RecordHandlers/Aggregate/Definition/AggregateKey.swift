// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The keys of an aggregate's items: the group's text, and the number of the part where a group has several.
///
/// | group | parts | keys |
/// |---|---|---|
/// | `DE` | 1 | `DE` |
/// | `DE` | 3 | `DE#0`, `DE#1`, `DE#2` |
/// | none | 1 | `total` |
enum AggregateKey {
    /// What names of this handler's own begin with; a group that does is kept with ``escape`` before it.
    static let reserved = "weir:"
    /// The key of the item that holds the definition.
    static let definition = "weir:aggregate"
    /// The attribute that holds it.
    static let definitionAttribute = "weir:definition"
    /// The group of all items where none was asked for.
    static let total = "total"
    private static let escape = "weir:group:"
    /// The longest partition key in bytes.
    ///
    /// - Source: DynamoDB developer guide, limits.
    static let limitBytes = 2048

    /// The item of a group's part.
    static func text(group: String, part: Int, of parts: Int) -> String {
        let name = group.utf8.starts(with: Self.reserved.utf8) ? Self.escape + group : group
        return parts == 1 ? name : "\(name)#\(part)"
    }

    /// The group that an item belongs to; nil: it is none of the aggregate's.
    static func group(of key: String, parts: Int) -> String? {
        var name = key[...]
        if parts > 1 {
            guard let mark = key.lastIndex(of: "#"), let part = Int(key[key.index(after: mark)...]),
                (0..<parts).contains(part)
            else { return nil }
            name = key[..<mark]
        }
        if name.hasPrefix(Self.escape) { return String(name.dropFirst(Self.escape.count)) }
        return name.hasPrefix(Self.reserved) ? nil : String(name)
    }

    /// The part that takes what comes from a shard: the same for all records of it, in every run and on every machine.
    ///
    /// A batch is of one shard and writes a group once. Parts by the keys of records would make it write every part of a
    /// hot group each time, and spread nothing.
    static func part(for shard: ShardID, of parts: Int) -> Int {
        Int(truncatingIfNeeded: StableHash.of(shard.text) % UInt64(parts))
    }
}
