// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What happened within one second of session time.
public struct SecondSample: Hashable, Sendable, Codable {
    /// The second, since 1970.
    public var second: Int64
    /// Records read.
    public var records = 0
    /// GetRecords calls that answered.
    public var reads = 0
    /// Items deleted.
    public var deletes = 0
    /// Write capacity units used.
    public var writeCapacityUnits = 0.0
    /// Requests the handler made.
    public var requests = 0
    /// Requests that one-by-one handling would have made.
    public var singleRequests = 0
    /// Batches finished.
    public var batches = 0
    /// Throttled answers.
    public var throttles = 0
    /// Longest time in the handler of the batches that finished in it; nil where none did.
    public var handlerTime: Duration?
    /// Age of the oldest record not yet done at the end of the second; 0 when nothing waited, nil where it was not known.
    public var lag: Duration?
    /// Whether the session was held at any time of it.
    public var isHeld = false
    /// Whether the engine's sample for it came: without one the second is a gap, not a zero.
    public var isSampled = false
    /// Whether the sample came more than a second late.
    public var isLate = false

    /// Creates an empty second.
    public init(second: Int64) {
        self.second = second
    }

    /// Adds what handlers did.
    mutating func add(_ work: HandlerWork) {
        self.deletes += work.itemsDeleted
        self.writeCapacityUnits += work.writeCapacityUnits
        self.requests += work.requests.values.reduce(0, +)
        self.singleRequests += work.singleRequests
        self.throttles += work.throttles
    }
}
