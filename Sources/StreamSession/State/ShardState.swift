// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// What is known of one shard.
public struct ShardState: Hashable, Sendable, Codable {
    /// As the service lists it.
    public var description: ShardDescription
    /// What its reader does.
    public var activity: ShardActivity
    /// Sums over this shard.
    public var totals = SessionTotals()
    /// Up to where it is done.
    public var checkpoint: CheckpointPosition?
    /// When the checkpoint last moved.
    public var checkpointAt: Timestamp?
    /// Age of the newest handled record when it was done.
    public var iteratorAge: Duration?
    /// Size of the newest batch.
    public var lastBatchSize: Int?
    /// How the newest invocation of this shard went.
    public var lastResult = ProcessingResult.none
    /// Its batches in handlers, those that wait for their next attempt included.
    public var handlingCount = 0
    // Whether the session was held and has not read this shard since.
    var isEnabling = false
    /// The state that was told last; nil: none was.
    public internal(set) var toldState: MappingState?
    /// When it was first seen.
    public var firstSeenAt: Timestamp
    /// When it last answered with records.
    public var lastRecordsAt: Timestamp?
    /// The oldest record read and not done, by its creation time, as of the newest engine figures; nil: none waits.
    public var oldestPendingCreatedAt: Timestamp?
    // When the service last answered a read of it, and how long after the time before.
    var answeredAt: Timestamp?
    var answerGap = Duration.zero
    // No record created before that is left to read, and whether the newest answer was empty.
    var readThrough: Timestamp?
    var isCaughtUp = false
    // Whether the log says that something fails here, and not yet that it works again.
    var isFailureTold = false
    /// The newest thing that went wrong, for people.
    public var lastProblem: String?
    /// Records, deletes and capacity of the newest complete seconds, newest last; at most 10.
    public var recentSeconds: [SecondSample] = []

    /// Creates the state of a shard just listed.
    public init(description: ShardDescription, activity: ShardActivity, firstSeenAt: Timestamp) {
        self.description = description
        self.activity = activity
        self.firstSeenAt = firstSeenAt
    }
}
