// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Which function handles batches.
package struct FunctionHandlerConfiguration: Sendable {
    /// The function.
    package var function: FunctionName
    /// The stream, which the event names.
    package var streamARN: StreamARN
    /// Whether the last 4 KB of the function's log are asked for and said to people.
    ///
    /// Default: false.
    package var wantsLogTail: Bool
    /// Whether nothing is invoked and the position stays.
    package var isDryRun: Bool
    /// Gets what a dry run would have sent.
    package var report: @Sendable (EventPlan) -> Void

    /// The time an answer may take: longer than the longest that a function may run, 900 s.
    ///
    /// - Source: Lambda API reference, Invoke.
    package static let responseTimeout = Duration.seconds(960)
    /// The largest answer that is read, in bytes: a response of 6 MB and some.
    package static let maximumBodyBytes = 8 << 20

    /// Creates a configuration.
    package init(
        function: FunctionName,
        streamARN: StreamARN,
        wantsLogTail: Bool = false,
        isDryRun: Bool = false,
        report: @escaping @Sendable (EventPlan) -> Void = { _ in }
    ) {
        self.function = function
        self.streamARN = streamARN
        self.wantsLogTail = wantsLogTail
        self.isDryRun = isDryRun
        self.report = report
    }
}
