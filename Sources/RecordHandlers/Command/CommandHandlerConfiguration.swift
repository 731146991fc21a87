// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Which program handles batches, and within which bounds.
package struct CommandHandlerConfiguration: Sendable {
    /// The program, found and checked.
    package var program: CommandProgram
    /// Its arguments.
    package var arguments: [String]
    /// All of its environment; see ``CommandEnvironment``.
    package var environment: [String: String]
    /// The stream, which the event names.
    package var streamARN: StreamARN
    /// How long one run may take.
    ///
    /// Default: 60 s.
    package var timeLimit: Duration
    /// How long a program has to end after SIGTERM, until it gets SIGKILL.
    ///
    /// Default: 2 s.
    package var grace: Duration
    /// The largest response in bytes.
    ///
    /// Default: 6,291,556, the limit of a synchronous answer in Lambda (6 MB and 100 bytes).
    package var responseLimit: Int
    /// Whether nothing is started and the position stays.
    package var isDryRun: Bool
    /// Gets what a dry run would have done.
    package var report: @Sendable (EventPlan) -> Void

    /// Creates a configuration.
    package init(
        program: CommandProgram,
        arguments: [String] = [],
        environment: [String: String],
        streamARN: StreamARN,
        timeLimit: Duration = .seconds(60),
        grace: Duration = .seconds(2),
        responseLimit: Int = 6_291_556,
        isDryRun: Bool = false,
        report: @escaping @Sendable (EventPlan) -> Void = { _ in }
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.streamARN = streamARN
        self.timeLimit = timeLimit
        self.grace = grace
        self.responseLimit = responseLimit
        self.isDryRun = isDryRun
        self.report = report
    }
}
