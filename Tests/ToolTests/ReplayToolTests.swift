// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import GRDB
import SessionRecording
import StreamSession
import TestSupport
import Testing

@Suite("weir replay", .timeLimit(.minutes(3)))
struct ReplayToolTests {
    /// A pipeline whose stream was recorded by a run that only looked on.
    private static func withRecording(
        messages: Int,
        _ body: @escaping @Sendable (DemoPipeline, _ file: String, _ folder: String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: messages, seed: 7)
            let file = "\(folder.path)/session.weir"
            let result = try await ToolProcess.run([
                "run", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages, "--starting-position",
                "TRIM_HORIZON", "--checkpoint-file", "none", "--until-idle", "300ms", "--batch-size", "20", "--record",
                file,
            ])
            #expect(result.status == 0, "\(result.errors)")
            try await body(pipeline, file, folder.path)
        }
    }

    private static func script(_ text: String, in folder: String) throws -> String {
        let path = "\(folder)/handler"
        try Data("#!/bin/sh\n\(text)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return path
    }

    /// The records of each batch by their event IDs.
    private static func batches(of file: String) throws -> [BatchID: [String]] {
        let reader = try RecordingReader(path: file)
        var batches: [BatchID: [String]] = [:]
        var after: UInt64 = 0
        while case let events = try reader.events(after: after), let last = events.last {
            for case .batchFormed(let batch) in events.map(\.kind) {
                batches[batch.id] = batch.records.map(\.eventID.text)
            }
            after = last.sequence
        }
        return batches
    }

    private static func ids(inEventsOf path: String) throws -> [[String]] {
        try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 10).map { line in
            let event = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
            return (event?["Records"] as? [[String: Any]] ?? []).compactMap { $0["eventID"] as? String }
        }
    }

    @Test func aProgramGetsTheBatchesThatAreNamedAsTheyWere() async throws {
        try await Self.withRecording(messages: 70) { pipeline, file, folder in
            let batches = try Self.batches(of: file)
            let script = try Self.script(#"cat >> "$1"; echo >> "$1"; echo '{}'"#, in: folder)
            let again = "\(folder)/again.weir"
            // No credentials, and an endpoint of tables that nobody listens at: a program needs neither.
            let result = try await ToolProcess.run([
                "replay", file, "--batch", "2,3", "--handler", "command", "--yes", "--record", again, "--", script,
                "\(folder)/events",
            ])
            #expect(result.status == 0, "\(result.errors)")
            let sent = try Self.ids(inEventsOf: "\(folder)/events")
            #expect(Set(sent) == Set([batches[BatchID(2)], batches[BatchID(3)]].compactMap(\.self)))
            #expect(sent.count == 2)
            #expect(result.errors.contains("of batches 2, 3 of \(file)"))
            for fact in ["switched off", "price of AWS"] { #expect(!result.errors.contains(fact), "\(result.errors)") }
            #expect(try result.lastObject()["records"] as? Int == sent.reduce(0) { $0 + $1.count })
            // What came of it is recorded as well.
            #expect(try Self.batches(of: again).values.sorted { $0[0] < $1[0] } == sent.sorted { $0[0] < $1[0] })
        }
    }

    @Test func aDeleteIsShownFirstAndThenDone() async throws {
        try await Self.withRecording(messages: 30) { pipeline, file, folder in
            let options = [
                "replay", file, "--all", "--handler", "delete", "--staging", StoryTables.staging, "--endpoint-url",
                pipeline.endpoint,
            ]
            func left() async throws -> Int {
                try await pipeline.client.scan(ScanRequest(tableName: StoryTables.staging)).items.count
            }
            let before = try await left()
            let unasked = try await ToolProcess.run(options)
            #expect(unasked.status == 2)
            #expect(unasked.errors.contains("pass --yes"))
            let shown = try await ToolProcess.run(options + ["--dry-run"])
            #expect(shown.status == 0, "\(shown.errors)")
            #expect(try shown.objects().contains { $0["type"] as? String == "would-delete" })
            #expect(try await left() == before)

            let done = try await ToolProcess.run(options + ["--yes"])
            #expect(done.status == 0, "\(done.errors)")
            #expect(try done.lastObject()["items_deleted"] as? Int == 30)
            #expect(try await left() == before - 30)
        }
    }

    @Test func anAggregateAddsOnceMoreWhateverTheStreamHasCounted() async throws {
        try await Self.withRecording(messages: 40) { pipeline, file, folder in
            let totals = CreateTableRequest(
                tableName: "Totals",
                keySchema: KeySchema(partition: KeyAttribute(name: "name", type: .string)),
                billingMode: .payPerRequest
            )
            _ = try await pipeline.client.createTable(totals)
            let handler = [
                "--handler", "aggregate", "--aggregate-table", "Totals", "--aggregate", "count", "--endpoint-url",
                pipeline.endpoint, "--yes",
            ]
            func count() async throws -> String {
                let read = try await ToolProcess.run([
                    "aggregate", "read", "--aggregate-table", "Totals", "--endpoint-url", pipeline.endpoint, "--json",
                ])
                #expect(read.status == 0, "\(read.errors)")
                return "\(try read.objects())"
            }
            let live = try await ToolProcess.run(
                [
                    "run", "--table", StoryTables.messages, "--starting-position", "TRIM_HORIZON", "--checkpoint-file",
                    "none", "--until-idle", "300ms",
                ] + handler
            )
            #expect(live.status == 0, "\(live.errors)")
            #expect(try await count().contains("40"))
            // In any order: each replay is one more delivery.
            for batch in ["2", "1"] {
                let again = try await ToolProcess.run(["replay", file, "--batch", batch] + handler)
                #expect(again.status == 0, "\(again.errors)")
            }
            let batches = try Self.batches(of: file)
            let more = (batches[BatchID(1)]?.count ?? 0) + (batches[BatchID(2)]?.count ?? 0)
            #expect(try await count().contains("\(40 + more)"))
            // The pipeline itself goes on as if nothing had been: what it has counted stays counted.
            let rest = try await ToolProcess.run(
                [
                    "run", "--table", StoryTables.messages, "--starting-position", "TRIM_HORIZON", "--checkpoint-file",
                    "none", "--until-idle", "300ms",
                ] + handler
            )
            #expect(rest.status == 0, "\(rest.errors)")
            #expect(try await count().contains("\(40 + more)"))
        }
    }

    @Test func whatFailsIsGivenUpAndToldByTheExitCode() async throws {
        try await Self.withRecording(messages: 30) { _, file, folder in
            let script = try Self.script(#"cat > /dev/null; echo x >> "$1"; exit 3"#, in: folder)
            let calls = "\(folder)/calls"
            let options = ["replay", file, "--batch", "1", "--handler", "command", "--yes"]
            let result = try await ToolProcess.run(options + ["--", script, calls])
            #expect(result.status == 1)
            #expect(result.errors.contains("were not handled."))
            #expect(try String(contentsOfFile: calls, encoding: .utf8) == "x\n")
            let twice = try await ToolProcess.run(options + ["--maximum-retry-attempts", "1", "--", script, calls])
            #expect(twice.status == 1)
            #expect(try String(contentsOfFile: calls, encoding: .utf8) == "x\nx\nx\n")
        }
    }

    @Test func wrongInputSaysWhatIsAccepted() async throws {
        try await Self.withRecording(messages: 5) { _, file, folder in
            let handler = ["--handler", "command", "--yes", "--", "/bin/true"]
            for (arguments, status, fact) in [
                ([file] + handler, 2, "Say what is sent again"),
                ([file, "--all"], 2, "Say who gets it with --handler"),
                ([file, "--all", "--batch", "1"] + handler, 2, "does not go together"),
                ([file, "--batch", "x"] + handler, 2, "numbers from 1 are accepted"),
                ([file, "--batch", "0"] + handler, 2, "numbers from 1 are accepted"),
                ([file, "--batch", "99999"] + handler, 2, "there is no batch 99999"),
                ([file, "--event-id", "nobody"] + handler, 2, "nothing in \(file) is what"),
                ([file, "--all", "--maximum-retry-attempts", "-1"] + handler, 2, "--maximum-retry-attempts"),
                (["\(folder)/none", "--all"] + handler, 2, "There is no file"),
                (["/bin/true", "--all"] + handler, 2, "recording"),
            ] as [([String], Int32, String)] {
                let result = try await ToolProcess.run(["replay"] + arguments)
                #expect(result.status == status, "\(arguments): \(result.errors)")
                #expect(result.errors.contains(fact), "\(arguments): \(result.errors)")
            }
        }
    }

    @Test func damagedBatchesAreRefusedByNameAndToldOfOtherwise() async throws {
        try await Self.withRecording(messages: 60) { _, file, _ in
            let queue = try DatabaseQueue(path: file)
            try await queue.write { database in
                try database.execute(sql: "UPDATE batch SET data = zeroblob(length(data)) WHERE batch = 1")
            }
            try queue.close()
            let handler = ["--handler", "command", "--yes", "--", "/bin/true"]
            let named = try await ToolProcess.run(["replay", file, "--batch", "1"] + handler)
            #expect(named.status == 3)
            #expect(named.errors.contains("batch 1 of \(file) is damaged and cannot be sent"))
            let all = try await ToolProcess.run(["replay", file, "--all"] + handler)
            #expect(all.status == 0, "\(all.errors)")
            #expect(all.errors.contains("1 event of \(file) are missing or damaged"))
        }
    }
}
