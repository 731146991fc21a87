// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// When to end by itself; each of these ends with exit code 0.
struct LimitArguments: ParsableArguments {
    static let longest = DurationArgument(.seconds(365 * 24 * 3600))

    @Option(
        name: .customLong("until-idle"),
        help: ArgumentHelp("End when nothing was read for so long and all is handled.", valueName: "duration"),
        transform: DurationArgument.within(DurationArgument(.milliseconds(1)), LimitArguments.longest)
    )
    var untilIdle: DurationArgument?

    @Flag(
        name: .customLong("until-shards-end"),
        inversion: .prefixedNo,
        help: "End when every shard is closed and handled to its end."
    )
    var untilShardsEnd = false

    @Option(
        name: .customLong("max-records"),
        help: ArgumentHelp("End after so many records were handled.", valueName: "n"),
        transform: NumberArgument.within(1...Int.max)
    )
    var maxRecords: Int?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("End after so long.", valueName: "duration"),
        transform: DurationArgument.within(DurationArgument(.milliseconds(1)), LimitArguments.longest)
    )
    var runFor: DurationArgument?

    /// Whether one of them will end the run.
    var isGiven: Bool {
        self.untilIdle != nil || self.untilShardsEnd || self.maxRecords != nil || self.runFor != nil
    }

    /// Creates options to be filled by the parser.
    init() {}
}
