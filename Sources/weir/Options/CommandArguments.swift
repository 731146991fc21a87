// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordHandlers

/// The program of `--handler command`, and what it gets.
struct CommandArguments: ParsableArguments {
    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp(
            "Behind two dashes: the program that handles batches, and its arguments.",
            discussion: """
                Started for each batch, without a shell: Lambda's event on standard input, the response on standard \
                output. Another exit status than 0 is a function error.
                """,
            valueName: "program"
        )
    )
    var words: [String] = []

    @Option(
        name: .customLong("handler-timeout"),
        help: ArgumentHelp(
            "How long one run may take, up to 24h (default: 60s); then it is ended.",
            valueName: "duration"
        ),
        transform: DurationArgument.within(DurationArgument(.milliseconds(1)), DurationArgument(.seconds(86_400)))
    )
    var timeout: DurationArgument?

    @Option(
        name: .customLong("handler-env"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "A variable for the program, NAME=VALUE, or NAME for the value it has here; may be repeated.",
            discussion: "It gets PATH, HOME, LANG and TZ in any case, and nothing else.",
            valueName: "name"
        )
    )
    var settings: [String] = []

    @Flag(
        name: .customLong("handler-credentials"),
        help: "Give the program the AWS_ variables of this environment, credentials included."
    )
    var passesCredentials = false

    /// Creates options to be filled by the parser.
    init() {}

    /// How long one run may take.
    var timeLimit: Duration { self.timeout?.duration ?? .seconds(60) }
}
