// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine
import DemoPipeline
import DynamoDBModel
import LocalEndpoint
import RecordHandlers

/// The options that make a demo what it is.
struct DemoArguments: ParsableArguments {
    @Option(
        name: .customLong("rate"),
        help: ArgumentHelp("Messages a second, on average, 1 to 5000 (default: 50).", valueName: "n"),
        transform: NumberArgument.within(1...5000)
    )
    var givenRate: Int?

    /// Messages a second.
    var rate: Int { self.givenRate ?? 50 }

    @Option(
        name: .long,
        help: ArgumentHelp("Open shards of the stream, 1 to 64 (default: 4).", valueName: "n"),
        transform: NumberArgument.within(1...64)
    )
    var shards = 4

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write so many messages; without a screen, end when they and their last changes, up to 20 s later, are handled.",
            valueName: "n"
        ),
        transform: NumberArgument.within(1...10_000_000)
    )
    var records: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("What messages and moments are made from: the same seed, the same story.", valueName: "n"),
        transform: NumberArgument.within(0...Int.max)
    )
    var seed = 7

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write capacity units a second of StagingTable, 1 to 40000: what is more is throttled (default: on demand).",
            valueName: "n"
        ),
        transform: NumberArgument.within(1...40_000)
    )
    var wcu: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Let requests to the endpoint fail, wait or get lost, as 'weir local --help' says; can be given more than once.",
            valueName: "spec"
        ),
        transform: FaultArgument.read
    )
    var fault: [FaultSpecification] = []

    @Flag(name: .long, help: "Without a screen.")
    var headless = false

    @Flag(name: .long, help: "Write all messages first and start the engine then; needs --records.")
    var preload = false

    @Option(
        name: .customLong("delete-mode"),
        help: "batch (BatchWriteItem, 25 keys a request) or item (DeleteItem, one key a request)."
    )
    var deleteMode = DeleteMode.batch

    @Option(
        name: .long,
        help: ArgumentHelp("Requests of one shard in flight at the same time, 1 to 64 (default: 4).", valueName: "n"),
        transform: NumberArgument.within(1...64)
    )
    var concurrency = 4

    @OptionGroup
    var writes: WriteArguments

    @Flag(name: .long, help: "With --headless --preload: end with one JSON object instead of a table.")
    var json = false

    @OptionGroup(title: "Batches")
    var batches: BatchArguments

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses what does not go together.
    func validate() throws {
        if self.preload, self.records == nil {
            throw ValidationError(
                "--preload needs --records <n>: how many messages are written before the engine starts."
            )
        }
        if self.preload, self.givenRate != nil {
            throw ValidationError(
                "--rate does not go with --preload, which writes all messages at once: leave one of them out."
            )
        }
        if self.preload, self.wcu != nil {
            throw ValidationError(
                "--wcu does not go with --preload, which writes all messages at once: leave one of them out."
            )
        }
        if self.preload, !self.fault.isEmpty {
            throw ValidationError(
                "--fault does not go with --preload, whose figures both sides count alike: leave one of them out."
            )
        }
        if self.json, !self.headless || !self.preload {
            throw ValidationError(
                "--json needs --headless and --preload: it replaces the figures that come at their end."
            )
        }
        if self.preload, self.batches.startingPosition == .latest {
            throw ValidationError(
                "--starting-position LATEST finds nothing after --preload, which writes everything before the engine starts."
            )
        }
        if self.preload, !self.batches.filters.isEmpty {
            throw ValidationError(
                "--filter and --preload exclude each other: what is counted at the end are all messages written."
            )
        }
        if let kinds = self.batches.events, self.preload, !kinds.contains(.insert) {
            throw ValidationError(
                "--events without INSERT finds nothing after --preload, which writes new messages only."
            )
        }
    }

    /// Why a run with `--records` ends: of all messages a few stay in staging, as the story wants it.
    var allHandled: String {
        let written = self.records.map { "\($0) messages" } ?? "all messages"
        return "\(written) written, and all that came of them handled"
    }

    /// The settings for a run that keeps its positions in a file.
    func configuration(checkpointFile: String) throws -> DemoConfiguration {
        DemoConfiguration(
            shards: self.shards,
            seed: UInt64(self.seed),
            batchSize: self.batches.batchSize,
            batchWindow: self.batches.batchWindow?.duration ?? (self.preload ? .zero : .seconds(1)),
            deleteMode: self.deleteMode,
            concurrency: self.concurrency,
            maximumWriteCapacity: self.writes.maximumCapacity,
            eventNames: self.batches.events ?? [.insert],
            filters: try self.batches.filterCriteria(),
            startingPosition: self.batches.startingPosition ?? .trimHorizon,
            stagingWriteCapacity: self.wcu,
            faults: self.fault,
            checkpointFile: checkpointFile,
            adjust: { [invocations = self.batches.invocations] in invocations.apply(to: &$0) },
            toolVersion: WeirCommand.version
        )
    }
}
