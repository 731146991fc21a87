// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The name of a shard on the screen, which is the same in all panes.
enum ShardName {
    /// Characters at the end that a shortened name keeps: what tells shards apart is there.
    static let tail = 12

    /// Columns of the whole id as the service gives it.
    static let columns = 37

    private static let prefix = "shardId-"

    /// The name without the part that all have, and without the zeros before its digits.
    static func whole(_ id: ShardID) -> String {
        self.whole(id.text[...])
    }

    private static func whole(_ text: Substring) -> String {
        guard text.hasPrefix(self.prefix), text.count > self.prefix.count else { return String(text) }
        let name = text.dropFirst(self.prefix.count)
        guard name.count > 20, name.prefix(20).allSatisfy({ $0.isASCII && $0.isNumber }) else { return String(name) }
        return String(name.drop { $0 == "0" })
    }

    /// A text in which all shards have their shortened names.
    static func shortened(in text: String, ellipsis: String) -> String {
        guard text.contains(self.prefix) else { return text }
        return text.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
            guard word.hasPrefix(self.prefix) else { return String(word) }
            let id = word.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            return self.short(self.whole(id), ellipsis: ellipsis) + word[id.endIndex...]
        }.joined(separator: " ")
    }

    /// A name shortened to its end.
    static func short(_ name: String, ellipsis: String) -> String {
        name.count > self.tail + 1 ? ellipsis + name.suffix(self.tail) : name
    }
}
