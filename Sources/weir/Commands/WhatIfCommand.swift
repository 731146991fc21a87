// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import RecordHandlers
import Simulation

/// `weir what-if`: runs the arrivals of a recorded session with other settings.
struct WhatIfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if",
        abstract: "Run a recorded session again with other settings, and compare them.",
        discussion: """
            What arrived in the session arrives again, at the same times, and the engine that reads it, cuts it into batches and \
            hands them over is the real one, on time that jumps. Each value of an option is combined with each of the others. \
            Nothing is sent anywhere, and the same file and options give the same figures.

            Arrivals. A record was written in the second that it carries, after the last read that did not bring it and before \
            the one that did; records between the same bounds are spread evenly. Records that the session's filters kept out \
            are not there; nor do attempts fail that failed.

            Handler times. With 'measured', a request of a delete handler takes as long as one of the session's, drawn the same way \
            each time (time of a batch in the handler, divided by its requests, whichever the mode); one follows the other. Any other \
            handler takes for a batch what the straight line through the session's batches gives for its size. With a \
            duration, each batch takes so long. Deletes are planned by the real handler: 25 keys a BatchWriteItem, no key twice in \
            a call. The table takes all it gets; an item costs the write units that it cost in the session, or one for \
            each KB of the record's image.

            Added is the time from a record's arrival until its batch was done: half of the records have no more than p50, 99 of \
            100 no more than p99. What lay in the stream before the session counts from its beginning.

            The costs are an estimate, of a month that goes on like the session: write units on demand, invocations \
            and time of a function of 128 MB, at \(PriceList.source), without free tiers. What a consumer of one's own pays for its \
            reads is in the output of --json and --csv; Lambda's reads are free.

            Exit code: 0; 2 the options, or the file is none or holds no record that was handed over; 3 it is damaged.

            EXAMPLES
              weir what-if session.weir --batch-size 25,100,1000
              weir what-if session.weir --batch-size 100 --batch-window 0,5,60 --delete-mode item,batch
              weir what-if session.weir --parallelization-factor 1,2,10 --handler-time 200ms --latency-bound 5s
              weir what-if session.weir --batch-size 25,100,1000 --csv > settings.csv
            """
    )

    @Argument(help: ArgumentHelp("A recording, such as 'weir monitor --record FILE' keeps.", valueName: "file"))
    var file: String

    @Option(
        name: .customLong("batch-size"),
        help: ArgumentHelp(
            "Largest numbers of records in a batch, each 1 to 10000 (default: as recorded).",
            valueName: "n,n,…"
        ),
        transform: ValueList.of(NumberArgument.within(1...10_000))
    )
    var batchSizes = ValueList<Int>()

    @Option(
        name: [.customLong("maximum-batching-window"), .customLong("batch-window")],
        help: ArgumentHelp(
            "How long a batch may gather, each 0 to 5m (default: as recorded).",
            valueName: "duration,…"
        ),
        transform: ValueList.of(DurationArgument.within(DurationArgument(.zero), DurationArgument(.seconds(300))))
    )
    var batchWindows = ValueList<DurationArgument>()

    @Option(
        name: .customLong("parallelization-factor"),
        help: ArgumentHelp(
            "Batches of one shard that are handled at once, each 1 to 10 (default: as recorded).",
            valueName: "n,n,…"
        ),
        transform: ValueList.of(NumberArgument.within(1...10))
    )
    var parallelizationFactors = ValueList<Int>()

    @Option(
        name: .customLong("delete-mode"),
        help: ArgumentHelp(
            "item, batch or both: delete what the records name with DeleteItem, or with BatchWriteItem.",
            discussion: "Default: as recorded; nothing is deleted if the session deleted nothing.",
            valueName: "mode,…"
        ),
        transform: ValueList.of(WhatIfCommand.mode)
    )
    var deleteModes = ValueList<DeleteMode>()

    @Option(
        name: .customLong("handler-time"),
        help: ArgumentHelp(
            "measured: as long as in the session; or how long each batch takes, 0 to 15m.",
            discussion: "Default: measured.",
            valueName: "duration"
        ),
        transform: HandlerTimeArgument.parse
    )
    var handlerTime = ArrivalSimulation.HandlerTime.measured

    @Option(
        name: .customLong("latency-bound"),
        help: ArgumentHelp(
            "Mark the cheapest settings with which 99 of 100 records are done within this time, 1ms to 24h.",
            valueName: "duration"
        ),
        transform: DurationArgument.within(DurationArgument(.milliseconds(1)), DurationArgument(.seconds(86_400)))
    )
    var latencyBound: DurationArgument?

    @Flag(name: .long, help: "One JSON object a line instead of a table.")
    var json = false

    @Flag(name: .long, help: "Comma-separated values with a head line instead of a table.")
    var csv = false

    @Flag(
        inversion: .prefixedNo,
        help: "Draw invocations and delays below the table (default: on a terminal)."
    )
    var chart: Bool?

    @OptionGroup(title: "Log")
    var log: LogArguments

    /// What is combined.
    var grid: SettingsGrid {
        SettingsGrid(
            batchSizes: self.batchSizes.values,
            batchWindows: self.batchWindows.values.map(\.duration),
            parallelizationFactors: self.parallelizationFactors.values,
            deleteModes: self.deleteModes.values
        )
    }

    func validate() throws {
        guard !self.json || !self.csv else { throw ValidationError("--json and --csv exclude each other.") }
        guard self.chart != true || !(self.json || self.csv) else {
            throw ValidationError("--chart goes with the table, not with --json or --csv.")
        }
        guard self.grid.count <= SettingsGrid.limit else {
            throw ValidationError(
                "--batch-size, --batch-window, --parallelization-factor and --delete-mode give \(self.grid.count) "
                    + "combinations; \(SettingsGrid.limit) are the most. Give fewer values."
            )
        }
    }

    func run() async throws {
        let process = try ProgramContext.current(log: self.log)
        let report = try await WhatIfRun(
            file: self.file,
            grid: self.grid,
            handlerTime: self.handlerTime,
            latencyBound: self.latencyBound?.duration,
            errors: process.errors
        ).run()
        if self.json {
            for line in WhatIfLines.lines(report) { process.output.json(line) }
        } else if self.csv {
            for line in WhatIfCSV.lines(report) { process.output.line(line) }
        } else {
            let isUTF8 = LocaleVariables.isUTF8(process.aws.environment)
            for line in WhatIfTable.lines(report) { process.output.line(line) }
            if self.chart ?? process.output.isTerminal {
                for line in WhatIfChart.lines(report, isUTF8: isUTF8) { process.output.line(line) }
            }
        }
        if let failure = process.output.endOfProgram { throw failure }
    }

    @Sendable private static func mode(_ text: String) throws -> DeleteMode {
        guard let mode = DeleteMode(rawValue: text) else { throw ValidationError("item and batch are accepted") }
        return mode
    }
}
