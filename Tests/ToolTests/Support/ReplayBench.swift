// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import DynamoDBModel
import SessionRecording
import StreamSession
import Synchronization
import TestSupport

@testable import weir

/// A desk for replays of a small recorded session, and all that it has told.
struct ReplayBench {
    let recorded: RecordedOrders
    let handler: ScriptedHandler
    let desk: ReplayDesk
    private let folder: TemporaryFolder
    private let told: Told

    private final class Told: Sendable {
        let statuses = Mutex<[ReplayStatus]>([])
        let replays = Mutex<[SessionReplay]>([])
    }

    init(
        events: Set<ChangeKind> = [],
        untoldDestination: String? = nil,
        answer: @escaping ScriptedHandler.Answer = { _, _ in .done }
    ) async throws {
        let recorded = try await RecordedOrders()
        let handler = ScriptedHandler(answer)
        let folder = try TemporaryFolder()
        let told = Told()
        let process = ProgramContext(
            clock: SystemClock(),
            log: .silent,
            errors: try LineOutput.file("\(folder.path)/errors"),
            output: try LineOutput.file("\(folder.path)/output"),
            aws: .empty,
            defaultCheckpointFile: "\(folder.path)/positions.sqlite",
            readersFolder: "\(folder.path)/readers",
            seed: 7
        )
        var target = ReplayTarget(
            handler: PreparedHandler(
                handler: handler,
                text: "delete from Staging (batch)",
                identity: "delete:Staging",
                writes: true,
                question: PreparedHandler.Question(
                    lines: ["account        123456789012", "region         eu-central-1"],
                    text: "Delete?",
                    deed: .delete
                )
            ),
            events: events,
            place: HandlerPlace(region: "eu-central-1", endpoint: nil)
        )
        target.untoldDestination = untoldDestination
        let recording = try ReplayRecording(RecordingReader(path: recorded.path))
        (self.recorded, self.handler, self.folder, self.told) = (recorded, handler, folder, told)
        self.desk = ReplayDesk(
            source: .recording(recording, recording.session),
            target: target,
            process: process,
            tell: { status in told.statuses.withLock { $0.append(status) } },
            note: { replay in told.replays.withLock { $0.append(replay) } }
        )
    }

    /// What viewers see now.
    var status: ReplayStatus { self.told.statuses.withLock { $0.last } ?? ReplayStatus() }
    /// What the session was told.
    var replays: [SessionReplay] { self.told.replays.withLock { $0 } }

    /// Whole batches by their numbers.
    static func batches(_ numbers: UInt64...) -> ReplaySelection {
        ReplaySelection(
            numbers.map { ReplaySelection.Part(batch: BatchID($0), shard: RecordedOrders.shards[0], records: []) },
            isOfBatches: true
        )
    }
}
