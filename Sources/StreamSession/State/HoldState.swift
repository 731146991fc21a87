// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// The state of a hold.
public struct HoldState: Hashable, Sendable, Codable {
    /// Since when.
    public var since: Timestamp
    /// Batches let through meanwhile.
    public var steppedBatches = 0
    /// Records let through meanwhile.
    public var steppedRecords = 0

    /// Creates the state of a hold just begun.
    public init(since: Timestamp) {
        self.since = since
    }
}
