// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Where engine, player and embedded endpoint get the time from.
public protocol SessionClock: Sendable {
    /// Wall-clock time.
    var now: Timestamp { get }
    /// Suspends for a duration.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    func sleep(for duration: Duration) async throws
}
