// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The attribute of an item that says up to which record of a shard it is counted.
///
/// Its name is `weir:seq:`, eight digits for the stream, `:` and the shard: `weir:seq:1f0c22ab:00000001573689847184-864758bb`.
/// Its value is the sequence number, a number of DynamoDB: it takes about 60 bytes together.
struct SequenceMark: Hashable, Sendable {
    private static let prefix = "weir:seq:"
    private static let shardPrefix = "shardId-"

    /// Stands for a stream: hexadecimal digits.
    let stream: String
    let shard: ShardID

    /// The mark of a shard.
    init(_ shard: ShardID, of stream: StreamARN) {
        self.stream = Self.tag(stream)
        self.shard = shard
    }

    /// Reads the name of an attribute; nil: it is no mark.
    init?(attribute: String) {
        guard attribute.hasPrefix(Self.prefix) else { return nil }
        let parts = attribute.dropFirst(Self.prefix.count)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.stream = String(parts[0])
        let name = parts[1]
        self.shard = ShardID(name.hasPrefix("=") ? String(name.dropFirst()) : Self.shardPrefix + name)
    }

    /// The name of the attribute.
    var attribute: String {
        let name = self.shard.text
        let short = name.hasPrefix(Self.shardPrefix) ? String(name.dropFirst(Self.shardPrefix.count)) : "=\(name)"
        return "\(Self.prefix)\(self.stream):\(short)"
    }

    /// When the shard began, as its name tells; nil if it does not.
    var shardBegan: Timestamp? {
        let digits = self.shard.text.split(separator: "-").dropFirst().first ?? ""
        guard digits.utf8.count == 20, let time = Int64(digits) else { return nil }
        return Timestamp(milliseconds: time)
    }

    /// The digits that stand for a stream: other tables have other streams, and a stream that is switched off and on again
    /// is another one, whose numbers may begin anew.
    static func tag(_ stream: StreamARN) -> String {
        let digits = String(StableHash.of(stream.text) >> 32, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
