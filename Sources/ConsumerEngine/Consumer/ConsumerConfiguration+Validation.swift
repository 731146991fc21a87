// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension ConsumerConfiguration {
    /// Checks the ranges.
    ///
    /// - Throws: ``ConsumerError`` with `invalidConfiguration`, naming setting, value and range.
    public func validate() throws(ConsumerError) {
        try Self.check("batchSize", self.batchSize, in: 1...10_000)
        try Self.check("readLimit", self.readLimit, in: 1...1000)
        try Self.check("batchBytes", self.batchBytes, in: 1...(64 * 1_048_576))
        try Self.check("batchWindow", self.batchWindow, in: .zero ... .seconds(300))
        try Self.check("idlePause", self.idlePause, in: .milliseconds(1) ... .seconds(60))
        try Self.check("discoveryInterval", self.discoveryInterval, in: .milliseconds(100) ... .seconds(3600))
        try Self.check("backoff", self.backoff.lowerBound, in: .milliseconds(1) ... .seconds(3600))
        try Self.check("backoff", self.backoff.upperBound, in: .milliseconds(1) ... .seconds(3600))
        try Self.check("drainLimit", self.drainLimit, in: .zero ... .seconds(3600))
        if let maxRecords { try Self.check("maxRecords", maxRecords, in: 1...Int.max) }
        if let untilIdle { try Self.check("untilIdle", untilIdle, in: .milliseconds(1) ... .seconds(86_400)) }
        if let runFor { try Self.check("runFor", runFor, in: .milliseconds(1) ... .seconds(366 * 86_400)) }
    }

    private static func check<Value: Comparable>(
        _ name: String,
        _ value: Value,
        in range: ClosedRange<Value>
    ) throws(ConsumerError) {
        guard !range.contains(value) else { return }
        throw ConsumerError(
            .invalidConfiguration,
            "\(name) is \(value), and has to be from \(range.lowerBound) to \(range.upperBound)."
        )
    }
}
