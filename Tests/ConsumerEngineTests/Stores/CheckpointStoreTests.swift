// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CheckpointFiles
import ConsumerEngine
import DynamoDBModel
import Foundation
import GRDB
import Logging
import StreamSession
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CheckpointStoreTests {
    private let identity = CheckpointIdentity(
        streamARN: ScriptedService.streamARN,
        pipeline: "default",
        handler: "delete:Staging"
    )

    private static let beginning = CheckpointPosition.trimHorizon(
        quietUntil: Timestamp(milliseconds: 1_795_250_598_035)
    )

    @Test(arguments: CheckpointConformance.rules)
    func theStoreInMemoryKeepsTheRule(_ rule: CheckpointConformance.Rule) async throws {
        try await rule.check(InMemoryCheckpointStore())
    }

    @Test(arguments: CheckpointConformance.rules)
    func theFileKeepsTheRule(_ rule: CheckpointConformance.Rule) async throws {
        let folder = try TemporaryFolder()
        try await rule.check(CheckpointFile(path: "\(folder.path)/checkpoints.sqlite", identity: self.identity))
    }

    @Test func positionsOutliveTheStoreAndIdentitiesDoNotMix() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/checkpoints.sqlite"
        let position = CheckpointPosition.sequenceNumber(ScriptedService.sequence(77))
        do {
            let file = try CheckpointFile(path: path, identity: self.identity)
            let lease = try #require(
                try await file.acquire(ScriptedService.shard(1), owner: "one", beginning: Self.beginning)
            )
            try await file.advance(lease, to: position)
            _ = try await file.acquire(ScriptedService.shard(2), owner: "one", beginning: Self.beginning)
        }
        let again = try CheckpointFile(path: path, identity: self.identity)
        #expect(
            try await again.positions() == [
                ScriptedService.shard(1): position, ScriptedService.shard(2): Self.beginning,
            ]
        )
        // Who had the shard is gone: another owner gets it, with a higher term.
        let lease = try #require(
            try await again.acquire(ScriptedService.shard(1), owner: "two", beginning: Self.beginning)
        )
        #expect(lease.term == 2)
        #expect(lease.position == position)
        for change in [
            CheckpointIdentity(streamARN: self.identity.streamARN, pipeline: "default", handler: "observe"),
            CheckpointIdentity(streamARN: self.identity.streamARN, pipeline: "other", handler: "delete:Staging"),
            CheckpointIdentity(streamARN: StreamARN("arn:other"), pipeline: "default", handler: "delete:Staging"),
        ] {
            let other = try CheckpointFile(path: path, identity: change)
            #expect(try await other.positions().isEmpty)
        }
    }

    @Test func aStreamThatWasReplacedIsKnownToThosePipelinesThatHaveReadIt() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/checkpoints.sqlite"
        func store(_ label: String, table: String = "Staging", pipeline: String = "default") throws -> CheckpointFile {
            let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/\(table)/stream/\(label)"
            return try CheckpointFile(
                path: path,
                identity: CheckpointIdentity(streamARN: StreamARN(arn), pipeline: pipeline, handler: "observe")
            )
        }
        for label in ["2026-01-01T00:00:00.000", "2026-01-03T00:00:00.000"] {
            let old = try store(label)
            let lease = try #require(
                try await old.acquire(ScriptedService.shard(1), owner: "one", beginning: Self.beginning)
            )
            try await old.advance(lease, to: .shardEnd)
        }
        // Opened, but no shard of it was begun.
        _ = try store("2026-01-02T00:00:00.000")
        let formers = try await store("2026-01-04T00:00:00.000").formerStreams().compactMap(\.label)
        #expect(formers == ["2026-01-03T00:00:00.000", "2026-01-01T00:00:00.000"])
        #expect(try await store("2026-01-03T00:00:00.000").formerStreams().compactMap(\.label) == [formers[1]])
        #expect(try await store("2026-01-04T00:00:00.000", table: "Other").formerStreams().isEmpty)
        #expect(try await store("2026-01-04T00:00:00.000", pipeline: "other").formerStreams().isEmpty)
        #expect(try await InMemoryCheckpointStore().formerStreams().isEmpty)
    }

    @Test func aCopyKnowsWhatTheFileKnowsAndLeavesNoTraceInIt() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/checkpoints.sqlite"
        let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/Staging/stream/2026-01-0"
        func identity(_ day: Int) -> CheckpointIdentity {
            CheckpointIdentity(
                streamARN: StreamARN("\(arn)\(day)T00:00:00.000"),
                pipeline: "default",
                handler: "observe"
            )
        }
        #expect(try await CheckpointFile.copy(of: path, for: identity(1)).positions().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: path))
        let file = try CheckpointFile(path: path, identity: identity(1))
        let lease = try #require(
            try await file.acquire(ScriptedService.shard(1), owner: "one", beginning: Self.beginning)
        )
        try await file.advance(lease, to: .sequenceNumber(ScriptedService.sequence(5)))
        let positions = try await file.positions()
        file.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let same = try await CheckpointFile.copy(of: path, for: identity(1))
        #expect(try await same.positions() == positions)
        #expect(try await same.formerStreams().isEmpty)
        let next = try await CheckpointFile.copy(of: path, for: identity(2))
        #expect(try await next.positions().isEmpty)
        #expect(try await next.formerStreams() == [identity(1).streamARN])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test func anIdentityIsUsedByOneAtATime() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/checkpoints.sqlite"
        do {
            let first = try CheckpointFile(path: path, identity: self.identity)
            let error = #expect(throws: CheckpointError.self) {
                try CheckpointFile(path: path, identity: self.identity)
            }
            #expect(error?.code == .heldElsewhere)
            #expect(error?.message.contains("pid \(ownProcess())") == true)
            withExtendedLifetime(first) {}
        }
        // The lock goes with its holder.
        _ = try CheckpointFile(path: path, identity: self.identity)
    }

    @Test func aClosedFileLetsTheNextOneInAndIsOfNoUse() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/checkpoints.sqlite"
        let first = try CheckpointFile(path: path, identity: self.identity)
        #expect(FileManager.default.fileExists(atPath: "\(path)-wal"))
        first.close()
        #expect(!FileManager.default.fileExists(atPath: "\(path)-wal"))
        first.close()
        let second = try CheckpointFile(path: path, identity: self.identity)
        #expect(try await second.positions().isEmpty)
        let error = await #expect(throws: CheckpointError.self) { try await first.positions() }
        #expect(error?.code == .storage)
    }

    @Test func theFileAndItsNewFolderAreTheOwnersAlone() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a/b/checkpoints.sqlite"
        let file = try CheckpointFile(path: path, identity: self.identity)
        for name in ["checkpoints.sqlite", "checkpoints.sqlite-wal", "checkpoints.sqlite-shm"] {
            #expect(permissions(of: "\(folder.path)/a/b/\(name)") == 0o600, "\(name)")
        }
        #expect(permissions(of: "\(folder.path)/a/b") == 0o700)
        withExtendedLifetime(file) {}
    }

    @Test func whatIsNoCheckpointFileIsRefusedAndLeftAlone() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/notes.txt"
        try write("not a database, and long enough to be taken for one\n", to: path)
        try setPermissions(0o644, of: path)
        let before = try FileState(path)
        let error = #expect(throws: CheckpointError.self) {
            try CheckpointFile(path: path, identity: self.identity)
        }
        #expect(error?.code == .storage)
        #expect(error?.message.contains(path) == true)
        #expect(try FileState(path) == before)
    }

    /// Looking at one with SQLite would leave an index of its log beside it.
    @Test func aDatabaseOfAnotherProgramThatHasALogStaysAsItIs() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/other.sqlite"
        var configuration = Configuration()
        configuration.journalMode = .wal
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try other.write { try $0.execute(sql: "CREATE TABLE x (y); INSERT INTO x VALUES (1)") }
        try other.close()
        let before = try FileState(path)
        #expect(throws: CheckpointError.self) {
            try CheckpointFile(path: path, identity: self.identity)
        }
        #expect(try FileState(path) == before)
    }

    @Test func aDatabaseOfAnotherProgramIsRefusedAndLeftAlone() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/other.sqlite"
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE x (y)") }
        try setPermissions(0o664, of: path)
        let before = try FileState(path)
        let error = #expect(throws: CheckpointError.self) {
            try CheckpointFile(path: path, identity: self.identity)
        }
        #expect(error?.message.contains("another program") == true)
        #expect(try FileState(path) == before)
    }

    @Test func aFolderThatCannotBeMadeIsNamed() throws {
        let folder = try TemporaryFolder()
        try write("x", to: "\(folder.path)/file")
        let error = #expect(throws: CheckpointError.self) {
            try CheckpointFile(path: "\(folder.path)/file/checkpoints.sqlite", identity: self.identity)
        }
        #expect(error?.code == .storage)
        #expect(error?.message.contains("\(folder.path)/file") == true)
    }

    @Test func anEngineOnAFileGoesOnWhereTheOneBeforeEnded() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/checkpoints.sqlite"
        var handled: [String] = []
        for limit in [25, 60] {
            // Nothing in it needs time to pass.
            let clock = ManualClock()
            let service = ScriptedService(clock: clock)
            service.addShard(1)
            service.write(0..<60, to: 1)
            let handler = ScriptedHandler()
            let checkpoints = try CheckpointFile(path: path, identity: self.identity)
            defer { checkpoints.close() }
            var run = EngineRun(handler: handler)
            run.configuration.batchSize = 10
            run.configuration.untilIdle = nil
            run.configuration.maxRecords = limit - handled.count
            let consumer = StreamConsumer(
                configuration: run.configuration,
                description: run.makeDescription(),
                api: service,
                checkpoints: checkpoints,
                handler: handler,
                clock: clock,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            try await consumer.run()
            handled += handler.keys
        }
        #expect(handled == (0..<60).map { "k\($0)" })
    }
}
