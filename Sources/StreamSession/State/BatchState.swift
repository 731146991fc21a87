// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// A batch in the list of the newest.
public struct BatchState: Hashable, Sendable, Codable {
    /// The batch as it went to the handler; its records are empty once they are no longer kept.
    public var description: BatchDescription
    /// Number of records, known also when they are no longer kept.
    public var recordCount: Int
    /// Size of the records by their own `SizeBytes`.
    public var size: ByteCount
    /// When it was formed.
    public var formedAt: Timestamp
    /// Attempts so far.
    public var attempts: Int
    /// What the handler has done so far; all of it once there is an ``outcome``.
    public var work = HandlerWork()
    /// The newest failure, for people.
    public var lastFailure: String?
    /// How it ended; nil while it runs.
    public var outcome: BatchOutcome?
    /// When it ended.
    public var finishedAt: Timestamp?

    /// Creates the state of a batch just formed.
    public init(description: BatchDescription, formedAt: Timestamp) {
        self.description = description
        self.recordCount = description.records.count
        self.size = ByteCount(description.records.reduce(0) { $0 + $1.size.bytes })
        self.formedAt = formedAt
        self.attempts = 1
    }
}
