// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// A line in the Events pane.
public struct LogEntry: Hashable, Sendable, Codable {
    /// The event's number: identity of the line.
    public var sequence: UInt64
    /// When.
    public var at: Timestamp
    /// How bad.
    public var level: Notice.Level
    /// The shard it is about.
    public var shard: ShardID?
    /// A word to filter by, such as `shard`, `checkpoint`, `retry`, `hold`, `data-lost` or a service error code.
    public var code: String
    /// The text, not yet escaped.
    public var message: String
    /// How often in a row the same was said, from 1; time and number are those of the newest.
    public var repetitions = 1

    /// Creates a line.
    public init(
        sequence: UInt64,
        at: Timestamp,
        level: Notice.Level,
        shard: ShardID?,
        code: String,
        message: String
    ) {
        self.sequence = sequence
        self.at = at
        self.level = level
        self.shard = shard
        self.code = code
        self.message = message
    }
}
