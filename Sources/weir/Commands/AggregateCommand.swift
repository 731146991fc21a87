// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `weir aggregate`: what has to do with the numbers that `--handler aggregate` keeps.
struct AggregateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aggregate",
        abstract: "Read the counts and sums that 'run --handler aggregate' keeps.",
        discussion: """
            EXAMPLES
              weir run --table Orders --handler aggregate --aggregate-table Totals \\
                --aggregate count --group-by NewImage.customer --write-shards 4
              weir aggregate read --aggregate-table Totals
              weir aggregate read --aggregate-table Totals --group alice --json
            """,
        subcommands: [AggregateReadCommand.self]
    )
}
