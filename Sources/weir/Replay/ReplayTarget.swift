// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import SessionRecording
import StreamSession

/// A handler to which records of a session can be sent once more.
struct ReplayTarget: Sendable {
    /// The pipeline's name in sessions and messages: it has no positions.
    static let pipeline = "replay"

    var handler: PreparedHandler
    /// The kinds of changes that it gets; empty: all.
    var events: Set<ChangeKind>
    /// Where it is.
    var place: HandlerPlace
    /// Attempts after the first one until a batch is given up.
    var maximumRetryAttempts = 0
    /// Where is told what was given up; nil: nowhere.
    var destination: ConsumerSetup.PreparedDestination?
    /// The option's value that names it.
    var destinationName: String?
    /// The one of the running pipeline, which hears of nothing that is sent once more; nil: it has none.
    var untoldDestination: String?

    /// A consumer of a stream that has ended; its positions are kept in memory, and no other ones move.
    ///
    /// - Parameters:
    ///   - stream: What is sent.
    ///   - session: What the session that it is of is about, with the place of the target.
    ///   - retention: How much of its own session is kept.
    ///   - process: The program's surroundings.
    /// - Returns: A consumer that has not begun.
    func makeConsumer(
        _ stream: ReplayStream,
        of session: SessionDescription,
        retention: SessionRetention,
        process: ProgramContext
    ) -> StreamConsumer {
        var configuration = ConsumerConfiguration(
            streamARN: session.streamARN,
            pipeline: Self.pipeline,
            startingPosition: .trimHorizon,
            // A page is a batch as it was.
            batchSize: 10_000,
            eventNames: self.events.count == ChangeKind.allCases.count ? [] : self.events,
            endsWithShards: true,
            seed: process.seed,
            retention: retention
        )
        configuration.readsRecording = true
        configuration.maximumRetryAttempts = self.maximumRetryAttempts
        var description = session
        description.pipeline = Self.pipeline
        description.handler = self.handler.text
        description.handlerWrites = self.handler.writes
        description.startingPosition = configuration.startingPosition.rawValue
        description.batchSize = configuration.batchSize
        description.batchWindow = configuration.batchWindow
        description.eventNames = ChangeKind.allCases.filter { configuration.eventNames.contains($0) }
        description.mapping = configuration.mappingSettings(onFailure: self.destinationName)
        description.provisionedWriteCapacity = self.handler.provisionedWriteCapacity
        description.maximumWriteCapacity = self.handler.maximumWriteCapacity
        description.toolVersion = WeirCommand.version
        return StreamConsumer(
            configuration: configuration,
            description: description,
            api: stream,
            checkpoints: InMemoryCheckpointStore(),
            handler: process.log.tracing(self.handler(for: session.streamARN, at: process.clock.now)),
            clock: process.clock,
            logger: process.log.logger(.engine),
            onFailure: self.destination?.destination
        )
    }

    /// The handler for one replay.
    ///
    /// An aggregate notes in its items what it has counted of a stream. A replay is another stream for it, as what it sends
    /// comes in addition, and in any order; it has a label of its own.
    private func handler(for stream: StreamARN, at now: Timestamp) -> any RecordHandler {
        guard let another = self.handler.ofAnotherStream else { return self.handler.handler }
        let table = stream.text.dropLast(stream.label?.utf8.count ?? 0)
        return another(StreamARN("\(table)\(now.iso8601.dropLast())"))
    }
}
