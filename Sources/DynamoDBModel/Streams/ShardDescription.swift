// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The name of a shard, `shardId-` + 20 digits + `-` + 8 hexadecimal digits (28 to 65 characters on AWS).
///
/// The digits are the time of its creation in milliseconds since 1970; that is useful to show and not promised.
public struct ShardID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The whole name.
    public let text: String

    /// Creates the name of a shard; any text is accepted, as emulators have names of their own.
    public init(_ text: String) {
        self.text = text
    }

    /// The whole name.
    public var description: String { self.text }

    /// Orders by text, which is the order in which DescribeStream lists shards.
    public static func < (left: ShardID, right: ShardID) -> Bool {
        left.text < right.text
    }
}

/// The sequence numbers of a shard.
public struct SequenceRange: Hashable, Sendable, Codable {
    /// The first sequence number the shard may hold.
    public var start: SequenceNumber
    /// The last one; nil while the shard is open.
    public var end: SequenceNumber?

    /// Creates a range.
    public init(start: SequenceNumber, end: SequenceNumber? = nil) {
        self.start = start
        self.end = end
    }
}

/// A shard as DescribeStream lists it.
public struct ShardDescription: Hashable, Sendable, Codable {
    /// The shard's name.
    public var id: ShardID
    /// The shard it continues; may name one that is no longer listed, which then counts as finished.
    public var parent: ShardID?
    /// Its sequence numbers.
    public var range: SequenceRange

    /// Creates a description.
    public init(id: ShardID, parent: ShardID? = nil, range: SequenceRange) {
        self.id = id
        self.parent = parent
        self.range = range
    }

    /// Whether the shard takes no more records.
    public var isClosed: Bool { self.range.end != nil }
}
