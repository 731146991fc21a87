// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CheckpointFiles
import ConsumerEngine
import DynamoDBClient
import DynamoDBModel
import RecordHandlers
import StreamSession

extension ConsumerSetup {
    /// Builds the handler; for one that deletes, after its checks.
    func makeHandler(
        stream: StreamDescription,
        client: DynamoDBClient,
        process: ProgramContext
    ) async throws -> PreparedHandler {
        switch self.pipeline.handling.handler {
        case .observe:
            PreparedHandler(handler: ObserveHandler(), text: "observe", identity: "observe", writes: false)
        case .delete: try await self.makeDelete(stream: stream, client: client, process: process)
        case .aggregate: try await self.makeAggregate(stream: stream, client: client, process: process)
        case .command: try self.makeCommand(stream: stream, place: HandlerPlace(client), process: process)
        case .function: try self.makeFunction(stream: stream, process: process)
        case .deleteObjects: try self.makeDeleteObjects(stream: stream, process: process)
        }
    }

    /// Says what is going to happen and lets the user agree to it.
    ///
    /// - Throws: ``ProgramFailure`` unless the user does.
    func ask(
        _ question: PreparedHandler.Question?,
        destination: PreparedDestination?,
        process: ProgramContext
    ) throws {
        guard let question else { return }
        let start =
            "begins at      \((self.pipeline.batches.startingPosition ?? .latest).rawValue) where no position is stored"
        let lines = question.lines + [destination?.line].compactMap(\.self) + [start]
        for line in lines { process.errors.line("  \(line)") }
        if self.pipeline.handling.isDryRun {
            process.errors.line("Dry run: nothing is \(question.deed.done) and the stored position does not move.")
        } else if !self.pipeline.handling.yes {
            try process.confirm(question.text, option: "--yes", deed: question.deed)
        }
    }

    /// Opens the file that keeps positions, or keeps them in memory.
    ///
    /// A dry run begins where the file says, and leaves no trace in it: not even where it began.
    func makeCheckpoints(identity: CheckpointIdentity, process: ProgramContext) async throws -> any CheckpointStore {
        if self.pipeline.checkpoints.checkpointFile == "none"
            || (self.pipeline.checkpoints.checkpointFile == nil && self.forgetsPositions)
        {
            return InMemoryCheckpointStore()
        }
        let path = self.pipeline.checkpoints.checkpointFile ?? process.defaultCheckpointFile
        if self.pipeline.handling.isDryRun {
            return try await CheckpointFile.copy(of: path, for: identity)
        }
        let file = try CheckpointFile(path: path, identity: identity)
        self.closers.add { file.close() }
        return file
    }

    /// Says which records are handled, and what the author of the filters should know.
    static func tell(_ filters: FilterCriteria, process: ProgramContext) {
        for (index, pattern) in filters.patterns.enumerated() {
            process.errors.line("\(index == 0 ? "Only records that match" : "or") \(pattern)")
        }
        for warning in filters.warnings { process.errors.line("weir: warning: \(warning)") }
    }

    /// Says where reading begins: the user should never have to guess.
    func tellStart(
        description: SessionDescription,
        store: any CheckpointStore,
        process: ProgramContext
    ) async throws {
        let known = try await store.positions().count
        let from = description.startingPosition
        process.errors.line("Stream \(description.streamARN)")
        process.errors.line(
            known == 0
                ? "Begins at \(from): nothing is stored for pipeline \(description.pipeline)."
                : "Continues behind the stored positions of \(RunSummary.count(known, "shard")) (pipeline \(description.pipeline)); "
                    + "new shards begin at their oldest record."
        )
    }
}
