// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The type of a key attribute.
public enum KeyType: String, Hashable, Sendable, CaseIterable {
    /// Text.
    case string = "S"
    /// A number.
    case number = "N"
    /// Bytes.
    case binary = "B"
}

/// One attribute of a table's primary key.
public struct KeyAttribute: Hashable, Sendable {
    /// The attribute's name, 1 to 255 bytes.
    public var name: String
    /// The attribute's type.
    public var type: KeyType

    /// Creates a key attribute.
    public init(name: String, type: KeyType) {
        self.name = name
        self.type = type
    }
}

/// The primary key of a table.
public struct KeySchema: Hashable, Sendable {
    /// The partition key (`HASH`).
    public var partition: KeyAttribute
    /// The sort key (`RANGE`); nil when the table has none.
    public var sort: KeyAttribute?

    /// Creates a key schema.
    public init(partition: KeyAttribute, sort: KeyAttribute? = nil) {
        self.partition = partition
        self.sort = sort
    }

    /// The attributes, partition key first.
    public var attributes: [KeyAttribute] {
        [self.partition] + (self.sort.map { [$0] } ?? [])
    }
}
