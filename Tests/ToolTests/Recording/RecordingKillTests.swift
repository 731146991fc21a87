// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import SessionRecording
import StreamSession
import TestSupport
import Testing

/// The program is killed at seeded moments while it records: what it had written is there, and is what it was.
@Suite("kill -9 while a session is recorded", .timeLimit(.minutes(5)))
struct RecordingKillTests {
    @Test func whatWasWrittenIsWholeWhereverItsWriterWasKilled() async throws {
        let folder = try TemporaryFolder()
        var random = SplitMix64(seed: 7)
        for round in 0..<6 {
            let path = "\(folder.path)/session-\(round).weir"
            let tool = try ToolProcess.start([
                "demo", "--headless", "--rate", "400", "--for", "60s", "--seed", "\(round)", "--record", path,
            ])
            let events = Int.random(in: 1...150, using: &random)
            try await waitUntil { (try? RecordingReader(path: path).extent().events) ?? 0 >= events }
            tool.signal(SIGKILL)
            #expect(try await tool.result().status == 128 + SIGKILL)
            let report = try RecordingReader(path: path).verify()
            #expect(report.isWhole && report.completeness == .cutOff, "\(report.damages)")
            #expect(report.events >= events)

            let target = "\(folder.path)/whole-\(round).weir"
            let repaired = try await ToolProcess.run(["recording", "repair", path, "--output", target])
            #expect(repaired.status == 0 && !repaired.errors.contains("damaged"), "\(repaired.errors)")
            let whole = try RecordingReader(path: target).verify()
            #expect(whole.isWhole && whole.completeness == .complete)
            #expect(whole.events == report.events && whole.records == report.records)
        }
    }

    /// Whenever it comes, between two parts, too: each part is whole, and none of what was written is missing between them.
    @Test func everyPartIsWholeWhereverItsWriterWasKilled() async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(
            shards: 2,
            checkpointFile: "\(folder.path)/unused.sqlite",
            toolVersion: "test"
        )
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            var random = SplitMix64(seed: 11)
            for start in stride(from: 0, to: 2000, by: 25) {
                let items: [Item] = (start..<start + 25).map { number in
                    [
                        "messageId": .string("message-\(number)"), "createdAt": .number(DecimalNumber(number)),
                        // Nothing that packing could make small.
                        "event": .binary((0..<3000).map { _ in UInt8.random(in: 0...255, using: &random) }),
                    ]
                }
                _ = try await pipeline.client.batchWriteItem(
                    BatchWriteItemRequest(requestItems: [StoryTables.messages: items.map { .put($0) }])
                )
            }
            for round in 0..<4 {
                let first = RecordingPart(of: "\(folder.path)/session-\(round).weir", number: 1)
                let tool = try ToolProcess.start([
                    "run", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages,
                    "--starting-position", "TRIM_HORIZON", "--checkpoint-file", "none", "--batch-size", "20",
                    "--record", first.path, "--record-max-size", "1MB",
                ])
                let last = RecordingPart(of: first.path, number: Int.random(in: 2...3, using: &random))
                let events = Int.random(in: 0...20, using: &random)
                try await waitUntil {
                    events == 0
                        ? FileManager.default.fileExists(atPath: last.path)
                        : (try? RecordingReader(path: last.path).extent().events) ?? 0 >= events
                }
                tool.signal(SIGKILL)
                #expect(try await tool.result().status == 128 + SIGKILL)
                try Self.check(first)
            }
        }
    }

    private static func check(_ first: RecordingPart) throws {
        var last: UInt64 = 0
        var part = first
        while FileManager.default.fileExists(atPath: part.path) {
            let isNewest = !FileManager.default.fileExists(atPath: part.next.path)
            let reader: RecordingReader
            do {
                reader = try RecordingReader(path: part.path)
            } catch {
                // Its writer had come no further than to create it.
                #expect(isNewest && error.code == .notARecording, "\(error)")
                return
            }
            let report = try reader.verify()
            #expect(report.isWhole, "\(part.path): \(report.damages)")
            #expect(report.completeness == .complete || isNewest)
            let steps = try reader.events(after: 0)
            if let first = steps.first { #expect(first.sequence == last + 1, "\(part.path)") }
            last = steps.last?.sequence ?? last
            part = part.next
        }
        #expect(last > 0)
    }
}
