// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession

/// How long a handler takes for a batch of so many records: the straight line through what was measured.
package struct BatchTimes: Hashable, Sendable {
    /// Seconds of a batch, whatever its size.
    package var fixed: Double
    /// Seconds of each record.
    package var perRecord: Double

    /// The line of least squares through batches, neither part of it below zero; in proportion to the records if all batches
    /// had one size.
    ///
    /// - Parameter handled: At least one batch.
    package init(_ handled: [RecordedWork.Handled]) {
        precondition(!handled.isEmpty, "a line needs a batch")
        let count = Double(handled.count)
        let sizes = handled.map { Double($0.records) }
        let times = handled.map { Double($0.time.nanoseconds) / 1e9 }
        let meanSize = sizes.reduce(0, +) / count
        let meanTime = times.reduce(0, +) / count
        let variance = sizes.reduce(0) { $0 + ($1 - meanSize) * ($1 - meanSize) }
        let covariance = zip(sizes, times).reduce(0) { $0 + ($1.0 - meanSize) * ($1.1 - meanTime) }
        self.perRecord = variance > 0 ? max(0, covariance / variance) : meanTime / max(1, meanSize)
        self.fixed = meanTime - self.perRecord * meanSize
        if self.fixed < 0 {
            self.fixed = 0
            self.perRecord = meanTime / max(1, meanSize)
        }
    }

    /// The time of a batch of so many records.
    package func time(of records: Int) -> Duration {
        .nanoseconds(Int64(((self.fixed + self.perRecord * Double(records)) * 1e9).rounded()))
    }
}
