// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension ConsumerConfiguration {
    /// The range of ``parallelizationFactor``.
    public static let parallelizationFactors = 1...10
    /// The range of ``maximumRetryAttempts``.
    public static let retryAttempts = -1...10_000
    /// The range of ``maximumRecordAge``, beside -1 s.
    public static let recordAges = Duration.seconds(60) ... .seconds(604_800)
    /// The range of ``tumblingWindow``.
    public static let tumblingWindows = Duration.zero ... .seconds(900)
    /// The range of ``maximumConcurrentBatches``.
    public static let concurrentBatches = 1...10_000
    /// The range of ``otherReaders``.
    public static let readers = 0...1000
    /// Readers of a shard that DynamoDB serves.
    ///
    /// - Source: DynamoDB quotas, simultaneous readers of a shard.
    public static let mostReaders = 2

    /// What a failed attempt means.
    package var attemptRules: AttemptRules {
        AttemptRules(
            maximumRetryAttempts: self.maximumRetryAttempts,
            maximumRecordAge: self.maximumRecordAge,
            bisects: self.bisectsBatchOnFunctionError
        )
    }

    /// Checks the ranges.
    ///
    /// - Throws: ``ConsumerError`` with `invalidConfiguration`, naming setting, value and range.
    public func validate() throws(ConsumerError) {
        try Self.check("batchSize", self.batchSize, in: 1...10_000)
        try Self.check("readLimit", self.readLimit, in: 1...1000)
        try Self.check("batchBytes", self.batchBytes, in: 1...(64 * 1_048_576))
        try Self.check("batchWindow", self.batchWindow, in: .zero ... .seconds(300))
        try Self.check("parallelizationFactor", self.parallelizationFactor, in: Self.parallelizationFactors)
        if let maximumRetryAttempts {
            try Self.check("maximumRetryAttempts", maximumRetryAttempts, in: Self.retryAttempts)
        }
        if let maximumRecordAge, maximumRecordAge != .seconds(-1), !Self.recordAges.contains(maximumRecordAge) {
            throw Self.refusal("maximumRecordAge", maximumRecordAge, "-1, or from \(Self.text(Self.recordAges))")
        }
        try Self.check("tumblingWindow", self.tumblingWindow, in: Self.tumblingWindows)
        if self.tumblingWindow != .seconds(self.tumblingWindow.components.seconds) {
            throw Self.refusal("tumblingWindow", self.tumblingWindow, "whole seconds")
        }
        if self.tumblingWindow > .zero, self.parallelizationFactor > 1 {
            throw ConsumerError(
                .invalidConfiguration,
                "tumblingWindow is \(self.tumblingWindow) and parallelizationFactor is \(self.parallelizationFactor): a "
                    + "window has one state a shard, so a factor above 1 is not possible with it. Leave out one of them."
            )
        }
        if let maximumConcurrentBatches {
            try Self.check("maximumConcurrentBatches", maximumConcurrentBatches, in: Self.concurrentBatches)
        }
        try Self.check("otherReaders", self.otherReaders, in: Self.readers)
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
        throw Self.refusal(name, value, "from \(Self.text(range))")
    }

    private static func text(_ range: ClosedRange<some Comparable>) -> String {
        "\(range.lowerBound) to \(range.upperBound)"
    }

    private static func refusal(_ name: String, _ value: some Any, _ range: String) -> ConsumerError {
        ConsumerError(.invalidConfiguration, "\(name) is \(value), and has to be \(range).")
    }
}
