// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where is told what was given up: a file, a queue, a topic, a bucket.
///
/// A shard waits for its message, so the engine bounds the time: a message gets up to 10 s and, after one that was not
/// taken, 1 s and ``deliverOnce(_:)`` until one is taken. When the time is over the task is cancelled, the message is
/// dropped, and the shard goes on.
public protocol FailureDestination: Sendable {
    /// Tells of records that are given up; may repeat what fails for a passing reason.
    ///
    /// - Throws: Anything; the message is dropped then, which the session shows.
    func deliver(_ discarded: DiscardedBatch) async throws

    /// Tells of records that are given up without repeating what fails, as the message before was not taken.
    ///
    /// Default: ``deliver(_:)``.
    ///
    /// - Throws: Anything; the message is dropped then, which the session shows.
    func deliverOnce(_ discarded: DiscardedBatch) async throws
}

extension FailureDestination {
    /// The same as ``deliver(_:)``.
    public func deliverOnce(_ discarded: DiscardedBatch) async throws {
        try await self.deliver(discarded)
    }
}
