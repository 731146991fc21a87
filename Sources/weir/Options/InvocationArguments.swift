// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine

/// How batches are handed over, and what follows a failure; named and bounded like Lambda's event source mapping.
struct InvocationArguments: ParsableArguments {
    @Option(
        name: .customLong("parallelization-factor"),
        help: ArgumentHelp(
            "Batches of one shard handled at once, 1 to 10 (default: 1).",
            discussion: "Records are spread by their partition key, so that the order of each item is kept.",
            valueName: "n"
        ),
        transform: NumberArgument.within(ConsumerConfiguration.parallelizationFactors)
    )
    var parallelizationFactor = 1

    @Option(
        name: .customLong("maximum-concurrent-batches"),
        help: ArgumentHelp(
            "Batches of all shards handled at once, 1 to 10000.",
            discussion: "Default: one for each lane of every shard.",
            valueName: "n"
        ),
        transform: NumberArgument.within(ConsumerConfiguration.concurrentBatches)
    )
    var maximumConcurrentBatches: Int?

    @Flag(
        name: .customLong("bisect-batch-on-function-error"),
        inversion: .prefixedNo,
        help: "Cut a batch that fails into halves until the record that fails stands alone."
    )
    var bisectsBatchOnFunctionError = false

    @Option(
        name: .customLong("maximum-retry-attempts"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "Attempts after the first one until a batch is given up, 0 to 10000; -1 (default): until it expires.",
            valueName: "n"
        ),
        transform: NumberArgument.within(ConsumerConfiguration.retryAttempts)
    )
    var maximumRetryAttempts = -1

    @Option(
        name: .customLong("maximum-record-age"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "Give up records older than this, 60s to 168h; -1 (default): once they have left the stream after 24h.",
            valueName: "duration"
        ),
        transform: InvocationArguments.recordAge
    )
    var maximumRecordAge: DurationArgument? = nil

    @Option(
        name: .customLong("tumbling-window"),
        help: ArgumentHelp(
            "Length of the windows whose state goes from invocation to invocation, 0s (default, off) to 15m.",
            discussion:
                "Whole seconds, as events tell where a window begins and ends in those; not together with a parallelization "
                + "factor above 1.",
            valueName: "duration"
        ),
        transform: InvocationArguments.tumblingWindow
    )
    var tumblingWindow: DurationArgument?

    @Option(
        name: .customLong("function-response-types"),
        help: ArgumentHelp(
            "ReportBatchItemFailures: a function names the records that failed, and only what follows comes again.",
            valueName: "type"
        ),
        transform: InvocationArguments.responseType
    )
    var functionResponseTypes: String?

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses what does not go together.
    func validate() throws {
        guard let window = self.tumblingWindow, window.duration > .zero, self.parallelizationFactor > 1 else { return }
        throw ValidationError(
            "--tumbling-window \(window) does not go together with --parallelization-factor "
                + "\(self.parallelizationFactor): a window has one state a shard. Leave out one of them."
        )
    }

    /// Puts these settings in.
    func apply(to configuration: inout ConsumerConfiguration) {
        configuration.parallelizationFactor = self.parallelizationFactor
        configuration.maximumConcurrentBatches = self.maximumConcurrentBatches
        configuration.bisectsBatchOnFunctionError = self.bisectsBatchOnFunctionError
        configuration.maximumRetryAttempts = self.maximumRetryAttempts
        configuration.maximumRecordAge = self.maximumRecordAge?.duration
        configuration.tumblingWindow = self.tumblingWindow?.duration ?? .zero
        configuration.reportsBatchItemFailures = self.functionResponseTypes != nil
    }

    private static let recordAge: @Sendable (String) throws -> DurationArgument? = { text in
        if text == "-1" { return nil }
        let range = ConsumerConfiguration.recordAges
        guard let age = DurationArgument(text), range.contains(age.duration) else {
            let bounds = "\(DurationArgument(range.lowerBound)) to \(DurationArgument(range.upperBound))"
            throw ValidationError("a duration such as \(DurationArgument.forms) is accepted, from \(bounds), or -1")
        }
        return age
    }

    private static let tumblingWindow: @Sendable (String) throws -> DurationArgument = { text in
        let range = ConsumerConfiguration.tumblingWindows
        guard let length = DurationArgument(text), range.contains(length.duration),
            length.duration.components.attoseconds == 0
        else {
            let bounds = "\(DurationArgument(range.lowerBound)) to \(DurationArgument(range.upperBound))"
            throw ValidationError(
                "whole seconds such as 60, 60s or 5m are accepted, from \(bounds): events tell where a window begins and ends "
                    + "in whole seconds"
            )
        }
        return length
    }

    private static let responseType: @Sendable (String) throws -> String = { text in
        guard text == "ReportBatchItemFailures" else {
            throw ValidationError("ReportBatchItemFailures is the only one")
        }
        return text
    }
}
