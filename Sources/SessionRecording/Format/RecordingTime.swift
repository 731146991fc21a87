// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Session times as a recording stores them: nanoseconds since it was begun.
struct RecordingTime: Hashable, Sendable {
    /// When the recording was begun.
    let startedAt: Timestamp

    /// A time as it is stored; negative before the beginning.
    func offset(of time: Timestamp) -> Int64 {
        let milliseconds = time.milliseconds.subtractingReportingOverflow(self.startedAt.milliseconds).partialValue
        let (nanoseconds, isTooFar) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
        return isTooFar ? (milliseconds < 0 ? .min : .max) : nanoseconds
    }

    /// What was stored as a time, moved to the nearest one that a session can have.
    func time(_ offset: Int64) -> Timestamp {
        let (sum, isTooFar) = self.startedAt.milliseconds.addingReportingOverflow(offset / 1_000_000)
        let times = RecordingFormat.times
        return Timestamp(milliseconds: isTooFar ? times.upperBound : min(max(sum, times.lowerBound), times.upperBound))
    }
}
