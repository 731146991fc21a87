// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordHandlers

/// What protects the table that is written to, for handlers of tables.
struct WriteArguments: ParsableArguments {
    @Option(
        name: .customLong("maximum-write-capacity"),
        help: ArgumentHelp(
            "Most write capacity units a second that the handler uses, all shards together, 1 to 40000 (default: no bound).",
            discussion: """
                Counted as the service reports them. A table that throttles is written to more slowly at any rate, until it \
                takes all again.
                """,
            valueName: "n"
        ),
        transform: NumberArgument.within(WriteBudget.maximums)
    )
    var maximumCapacity: Int?

    /// Creates options to be filled by the parser.
    init() {}
}
