// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where is told what was given up: a file, a queue, a topic, a bucket.
///
/// The engine tells of a delivery that fails and goes on: a destination never blocks a shard.
public protocol FailureDestination: Sendable {
    /// Tells of records that are given up.
    ///
    /// - Throws: Anything; the message is dropped then, which the session shows.
    func deliver(_ discarded: DiscardedBatch) async throws
}
