// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine
import DynamoDBModel
import Settings

/// How the stream is read and cut into batches.
struct BatchArguments: ParsableArguments {
    @Option(
        name: .customLong("starting-position"),
        help: ArgumentHelp(
            "LATEST or TRIM_HORIZON: where the first run of a pipeline begins; later ones go on.",
            discussion: "Default: LATEST; TRIM_HORIZON in the demo.",
            valueName: "position"
        ),
        transform: StartingPositionArgument.parse
    )
    var startingPosition: StartingPosition?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Events to handle, of INSERT, MODIFY and REMOVE; others are filtered out before batches are formed.",
            discussion: "Default: INSERT when deleting, REMOVE when deleting objects, else all.",
            valueName: "names"
        ),
        transform: EventNamesArgument.parse
    )
    var events: Set<ChangeKind>?

    @Option(
        name: .customLong("filter"),
        help: ArgumentHelp(
            "Handle only records that match this pattern of Lambda's FilterCriteria; given several times, one of them.",
            discussion: "A record has to be one of --events as well. 'weir filter test' tries a pattern on files.",
            valueName: "pattern"
        ),
        transform: FilterArgument.parse
    )
    var patterns: [EventPattern] = []

    @Option(
        name: .customLong("filter-criteria"),
        help: ArgumentHelp(
            "The same as a mapping has it, all patterns in one: \(FilterCriteriaText.form).",
            valueName: "json"
        ),
        transform: FilterArgument.criteria
    )
    var criteria: FilterArgument.Criteria?

    /// The patterns, however they were given.
    var filters: [EventPattern] { self.criteria?.patterns ?? self.patterns }

    @Option(
        name: .customLong("batch-size"),
        help: ArgumentHelp("Largest number of records in a batch, 1 to 10000 (default: 100).", valueName: "n"),
        transform: NumberArgument.within(1...10_000)
    )
    var batchSize = 100

    @Option(
        name: [.customLong("maximum-batching-window"), .customLong("batch-window")],
        help: ArgumentHelp(
            "How long a batch may gather, 0 to 5m; 0: what one read returned, cut at the size.",
            discussion:
                "Also parts of a second, such as 200ms, which a mapping does not have. Default: 0s; 1s in a live demo.",
            valueName: "duration"
        ),
        transform: DurationArgument.within(DurationArgument(.zero), DurationArgument(.seconds(300)))
    )
    var batchWindow: DurationArgument?

    @OptionGroup(title: "Invocations")
    var invocations: InvocationArguments

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses more filters than Lambda would take.
    func validate() throws {
        guard self.patterns.isEmpty || self.criteria == nil else {
            throw ValidationError("--filter and --filter-criteria say the same thing: give one of them.")
        }
        guard self.filters.count <= FilterCriteria.maximumCount else {
            let given = self.criteria == nil ? "--filter was given" : "--filter-criteria has patterns"
            throw ValidationError(
                "\(given) \(self.filters.count) times; \(FilterCriteria.maximumCount) are the most. "
                    + "Alternatives fit into the arrays of one pattern, or into $or."
            )
        }
    }

    /// The filters together.
    func filterCriteria() throws -> FilterCriteria {
        try FilterCriteria(self.filters)
    }
}
