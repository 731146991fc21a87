// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The machine's clock: the one place that reads it.
public struct SystemClock: SessionClock {
    /// Creates the machine's clock.
    public init() {}

    /// Wall-clock time.
    public var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Suspends for a duration.
    public func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration)
    }
}
