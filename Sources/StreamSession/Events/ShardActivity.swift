// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// What a shard's reader is doing.
public enum ShardActivity: Hashable, Sendable, Codable {
    /// Not started: these parents are not finished.
    case waiting(parents: [ShardID])
    /// Reads and hands out.
    case reading
    /// Closed by the service, still being read to its end.
    case draining
    /// A failed batch or a failing service makes it wait; nothing of this shard passes.
    case backingOff(reason: String, until: Timestamp)
    /// Held by the user.
    case held
    /// Read and handled to its end.
    case finished
    /// Gone from the service before its end was reached.
    case vanished
    /// The engine gave it up: what it says must be mended first.
    case stopped(reason: String)
}
