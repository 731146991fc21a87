// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Logging
import StreamSession
import TestSupport
import Testing

/// What an engine writes to its log.
@Suite(.timeLimit(.minutes(1)))
struct EngineLogTests {
    private struct Full: Error, CustomStringConvertible {
        var description: String { "the disk is full" }
    }

    private static func run(
        level: Logger.Level = .trace,
        handler: ScriptedHandler = ScriptedHandler(),
        _ change: (inout EngineRun) -> Void = { _ in }
    ) throws -> [RecordedLog.Entry] {
        let log = RecordedLog()
        var run = EngineRun(handler: handler)
        run.logger = log.logger(level: level)
        run.service.addShard(1)
        run.service.write(0..<30, to: 1)
        change(&run)
        _ = try run.run()
        return log.entries
    }

    @Test func whatGoesWellIsWrittenFromDebugDown() throws {
        let entries = try Self.run()
        #expect(entries.allSatisfy { $0.level <= .debug })
        let messages = entries.map(\.message)
        for message in [
            "the session begins", "a shard is listed", "a page was read", "a batch goes to the handler",
            "a batch is over", "a position was stored", "the session has ended",
        ] {
            #expect(messages.contains(message), "\(message)")
        }
        let batch = try #require(entries.first { $0.message == "a batch is over" })
        #expect(batch["shard.id"] == "\(ScriptedService.shard(1))")
        #expect(batch["records"] == "30")
        #expect(batch["result"] == "succeeded")
    }

    @Test func whatFailsIsWrittenAboveInfoWithItsReason() throws {
        let handler = ScriptedHandler { delivery, _ in
            if delivery < 2 { throw Full() }
            return .done
        }
        let entries = try Self.run(level: .notice, handler: handler) { $0.configuration.maximumRetryAttempts = 0 }
        #expect(entries.map(\.message) == ["records are given up"])
        #expect(entries[0].level == .error)
        #expect(entries[0]["condition"] == "RetryAttemptsExhausted")
        #expect(entries[0]["reason"] == "the disk is full")

        let again = try Self.run(
            level: .notice,
            handler: ScriptedHandler { delivery, _ in
                if delivery < 2 { throw Full() }
                return .done
            }
        )
        #expect(again.map(\.message) == ["an attempt failed", "an attempt failed"])
        #expect(again.map(\.["attempt"]) == ["1", "2"])
    }

    @Test func lossIsAnError() throws {
        let log = RecordedLog()
        let run = EngineRun()
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        var changed = run
        changed.logger = log.logger(level: .warning)
        run.service.fail(.records, with: [DynamoDBError(.resourceNotFound, "no such shard", status: 400)])
        _ = try changed.run()
        #expect(log.entries.contains { $0.message == "records are lost" && $0.level == .error })
    }

    /// Keys and images are `k7` and many an x; the handler says them aloud.
    @Test func nothingThatRecordsHoldIsWritten() throws {
        let talking = TalkingHandler()
        let log = RecordedLog()
        var run = EngineRun(handler: talking)
        run.logger = log.logger()
        run.service.addShard(1)
        for number in 0..<30 { run.service.write("secret-key-\(number)", to: 1) }
        let session = try run.run()
        #expect(session.notices.contains { $0.message.contains("secret-key") })
        #expect(!log.entries.isEmpty)
        #expect(!log.entries.contains { $0.text.contains("secret-key") || $0.text.contains("xxxx") })
    }
}

/// Says the keys it gets.
private struct TalkingHandler: RecordHandler {
    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        for record in batch.records { meter.say(ScriptedHandler.key(of: record)) }
        return .done
    }
}
