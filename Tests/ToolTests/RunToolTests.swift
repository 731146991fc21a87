// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import LocalEndpoint
import StreamSession
import TestSupport
import Testing

@Suite("weir run", .timeLimit(.minutes(4)))
struct RunToolTests {
    private static let deleting = ["--handler", "delete", "--staging", StoryTables.staging]

    @Test func itDeletesWhatTheStreamNamesAndGoesOnWhereItStopped() async throws {
        try await withStory(messages: 300) { pipeline, options, _ in
            let deleting = ["run"] + options + Self.deleting + ["--yes", "--until-idle", "300ms"]
            let first = try await ToolProcess.run(deleting + ["--max-records", "120"])
            #expect(first.status == 0, "\(first.errors)")
            #expect(try first.lastObject()["records"] as? Int == 120)
            #expect(try await pipeline.stagingItems() == 180)

            let second = try await ToolProcess.run(deleting)
            #expect(second.status == 0, "\(second.errors)")
            let summary = try second.lastObject()
            #expect(summary["records"] as? Int == 180)
            #expect(summary["items_deleted"] as? Int == 180)
            for name in ["wall_s", "cpu_s", "max_rss_mb"] { #expect(summary[name] is NSNumber) }
            #expect(try await pipeline.stagingItems() == 0)
            #expect(second.errors.contains("Continues behind the stored positions"))

            // What an observing run has done is another position.
            let observing = try await ToolProcess.run(["run"] + options + ["--until-idle", "300ms"])
            #expect(try observing.lastObject()["records"] as? Int == 300)
            #expect(observing.errors.contains("Begins at TRIM_HORIZON"))
        }
    }

    /// Keys that were used again: what was written since the record is kept, counted, and not tried again.
    @Test func aConditionKeepsWhatWasWrittenSince() async throws {
        try await withStory(messages: 40) { pipeline, options, _ in
            let items = try await pipeline.client.scan(ScanRequest(tableName: StoryTables.staging, limit: 15)).items
            for item in items {
                var newer = item
                newer["event"] = .string("written later")
                _ = try await pipeline.client.putItem(PutItemRequest(tableName: StoryTables.staging, item: newer))
            }
            let deleting = ["run"] + options + Self.deleting + ["--until-idle", "300ms"]
            let condition = [
                "--delete-condition", "messageId = Keys.messageId", "--delete-condition", "event = NewImage.event",
            ]
            let dry = try await ToolProcess.run(deleting + condition + ["--dry-run"])
            let plan = try #require(try dry.objects().first { $0["type"] as? String == "would-delete" })
            #expect(plan["condition"] as? String == "messageId = Keys.messageId AND event = NewImage.event")
            #expect(plan["operation"] as? String == "DeleteItem")
            #expect(try await pipeline.stagingItems() == 40)

            let result = try await ToolProcess.run(deleting + condition + ["--yes"])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("only if        messageId = Keys.messageId AND event = NewImage.event"))
            let summary = try result.lastObject()
            #expect(summary["items_deleted"] as? Int == 25)
            #expect(summary["kept"] as? Int == 15)
            #expect(summary["retries"] as? Int == 0)
            #expect(result.errors.contains("15 items kept"))
            #expect(try await pipeline.stagingItems() == 15)
        }
    }

    @Test func aBoundOnTheWriteCapacityIsKeptAndTold() async throws {
        try await withStory(messages: 60) { pipeline, options, _ in
            let result = try await ToolProcess.run(
                ["run"] + options + Self.deleting + [
                    "--yes", "--until-idle", "300ms", "--maximum-write-capacity", "40",
                ]
            )
            #expect(result.errors.contains("at most        40 write capacity units a second"))
            let summary = try result.lastObject()
            #expect(summary["write_capacity_units"] as? Double == 60)
            // 25 at once, and the other 35 at 40 a second.
            let wall = try #require(summary["wall_s"] as? Double)
            #expect(wall >= 0.7)
            #expect(try await pipeline.stagingItems() == 0)
        }
    }

    @Test func everyLineIsAnObjectWithStableNames() async throws {
        try await withStory(messages: 250) { _, options, folder in
            let result = try await ToolProcess.run(
                ["run"] + options + Self.deleting + [
                    "--yes", "--until-idle", "300ms", "--records-out", "\(folder)/records",
                ]
            )
            let objects = try result.objects()
            #expect(objects.allSatisfy { $0["v"] as? Int == 1 && $0["type"] is String })
            #expect(objects.first?["type"] as? String == "start")
            #expect(objects.first?["starting_position"] as? String == "TRIM_HORIZON")
            let batches = objects.filter { $0["type"] as? String == "batch" }
            #expect(batches.compactMap { $0["records"] as? Int }.reduce(0, +) == 250)
            for name in ["at", "batch", "shard", "result", "attempts", "handler_ms", "requests", "items_deleted"] {
                #expect(batches.allSatisfy { $0[name] != nil }, "\(name)")
            }
            #expect(objects.contains { $0["type"] as? String == "shard" && $0["state"] as? String == "reading" })
            #expect(objects.last?["type"] as? String == "summary")

            let records = try String(contentsOfFile: "\(folder)/records", encoding: .utf8).split(separator: "\n")
            #expect(records.count == 250)
            let line = try #require(records.first)
            let first = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let record = try #require(first["record"] as? [String: Any])
            #expect(record["eventName"] as? String == "INSERT")
            #expect((record["dynamodb"] as? [String: Any])?["Keys"] != nil)
        }
    }

    @Test func recordsAreAddedToAFileAndToNoFileOfAnotherKind() async throws {
        try await withStory(messages: 40) { _, options, folder in
            let path = "\(folder)/records"
            for _ in 0..<2 {
                let run = ["run"] + options + ["--until-idle", "300ms", "--max-records", "20", "--records-out", path]
                #expect(try await ToolProcess.run(run).status == 0)
            }
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(Set(lines).count == 40)
            // Such as the file of the positions.
            let positions = "\(folder)/positions.sqlite"
            let refused = try await ToolProcess.run(["run"] + options + ["--records-out", positions])
            #expect(refused.status == 2)
            #expect(refused.errors.contains("--records-out \(positions)"))
            #expect(
                try await ToolProcess.run(["run"] + options + ["--until-idle", "300ms"]).lastObject()["records"] as? Int
                    == 0
            )
        }
    }

    /// A fifth of the deletes is left each time, calls fail on both sides, answers are late, broken or lost.
    @Test func whateverTheServiceDoesNothingIsLost() async throws {
        try await withStory(messages: 1000) { pipeline, options, _ in
            for text in [
                "BatchWriteItem:unprocessed,rate=0.2",
                "BatchWriteItem:error=ProvisionedThroughputExceededException,rate=0.1",
                "BatchWriteItem:error=InternalServerError,rate=0.05", "BatchWriteItem:drop-answer,rate=0.05",
                "BatchWriteItem:latency=20ms",
                "GetRecords:error=InternalServerError,rate=0.1", "GetRecords:corrupt,rate=0.1",
                "GetRecords:expire-iterator,after=2,count=1", "GetRecords:latency=50ms,rate=0.5",
            ] {
                pipeline.faults.inject(try FaultSpecification(text))
            }
            let result = try await ToolProcess.run(
                ["run"] + options + Self.deleting + ["--yes", "--max-records", "1000", "--for", "3m"]
            )
            #expect(result.status == 0, "\(result.errors)")
            let summary = try result.lastObject()
            #expect((summary["records"] as? Int).map { $0 >= 1000 } == true)
            #expect((summary["unprocessed_items"] as? Int).map { $0 > 0 } == true)
            let injected = pipeline.requestLog.injected
            for kind in [FaultKind.unprocessed, .error, .latency] {
                #expect(injected.contains { $0.kind == kind }, "\(kind)")
            }
            pipeline.faults.clear()
            #expect(try await pipeline.stagingItems() == 0)
        }
    }

    @Test func dataThatWasLostIsSaidLoudly() async throws {
        try await withStory(messages: 100) { pipeline, options, _ in
            let run = ["run"] + options + ["--until-idle", "300ms"]
            let first = try await ToolProcess.run(run + ["--max-records", "50"])
            #expect(try first.lastObject()["data_losses"] as? Int == 0)
            #expect(!first.errors.contains("lost"))
            pipeline.faults.inject(try FaultSpecification("GetRecords:trim,count=1"))
            let second = try await ToolProcess.run(run)
            #expect(second.status == 0, "\(second.errors)")
            #expect(try second.lastObject()["data_losses"] as? Int == 1)
            #expect(try second.lastObject()["errors"] as? Int == 1)
            #expect(second.errors.contains("weir: data was lost on shardId-"))
            #expect(second.errors.contains("DATA WAS LOST: 1 time, "))
            #expect(try second.objects().contains { $0["code"] as? String == "data-lost" })
        }
    }

    @Test func withoutATerminalDeletingNeedsYes() async throws {
        try await withStory(messages: 20) { pipeline, options, _ in
            let result = try await ToolProcess.run(["run"] + options + Self.deleting + ["--until-idle", "300ms"])
            #expect(result.status == 2)
            #expect(result.errors.contains("--yes"))
            for fact in [
                "000000000000", "us-east-1", StoryTables.staging, StoryTables.messages, "messageId (S)",
                "begins at      TRIM_HORIZON",
            ] {
                #expect(result.errors.contains(fact))
            }
            #expect(try await pipeline.stagingItems() == 20)
        }
    }

    @Test func aDryRunShowsTheKeysAndMovesNothing() async throws {
        try await withStory(messages: 60) { pipeline, options, folder in
            let dry = ["run"] + options + Self.deleting + ["--dry-run", "--until-idle", "300ms"]
            for _ in 0..<2 {
                let result = try await ToolProcess.run(dry)
                #expect(result.status == 0, "\(result.errors)")
                let plans = try result.objects().filter { $0["type"] as? String == "would-delete" }
                let keys = plans.compactMap { $0["requests"] as? [[[String: Any]]] }.flatMap(\.self).flatMap(\.self)
                #expect(keys.count == 60)
                #expect(keys.allSatisfy { Set($0.keys) == ["messageId", "createdAt"] })
            }
            // Not even where it began: the run that acts begins where it is told to.
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/positions.sqlite"))
            let observing = try await ToolProcess.run(["run"] + options + ["--until-idle", "300ms"])
            #expect(observing.status == 0)
            let before = try FileState("\(folder)/positions.sqlite")
            let result = try await ToolProcess.run(dry)
            #expect(result.status == 0, "\(result.errors)")
            #expect(try FileState("\(folder)/positions.sqlite") == before)
            #expect(try await pipeline.stagingItems() == 60)
            #expect(pipeline.requestLog.requests(operation: "DeleteItem", table: StoryTables.staging) == 0)
        }
    }

    @Test func whatMustNotBeDeletedFromIsRefused() async throws {
        try await withStory(messages: 5) { pipeline, options, _ in
            let own = try await ToolProcess.run(
                ["run"] + options + ["--handler", "delete", "--staging", StoryTables.messages, "--yes"]
            )
            #expect(own.status == 1)
            #expect(own.errors.contains("own table"))

            let request = CreateTableRequest(
                tableName: "Other",
                keySchema: KeySchema(partition: KeyAttribute(name: "messageId", type: .string)),
                billingMode: .payPerRequest
            )
            _ = try await pipeline.client.createTable(request)
            let other = try await ToolProcess.run(
                ["run"] + options + ["--handler", "delete", "--staging", "Other", "--yes"]
            )
            #expect(other.status == 1)
            #expect(other.errors.contains("createdAt (N)"))

            let missing = try await ToolProcess.run(
                ["run"] + options + ["--handler", "delete", "--staging", "Nowhere", "--yes"]
            )
            #expect(missing.status == 4)
            #expect(missing.errors.contains("Nowhere does not exist"))
        }
    }

    @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143)), (SIGHUP, Int32(129))])
    func aSignalEndsItInGoodOrder(signal: Int32, status: Int32) async throws {
        try await withStory(messages: 50) { _, options, _ in
            let tool = try ToolProcess.start(["run"] + options)
            try await waitUntil { tool.output.contains(#""type":"batch""#) }
            tool.signal(signal)
            let result = try await tool.result()
            #expect(result.status == status)
            #expect(try result.lastObject()["type"] as? String == "summary")
            #expect(try result.lastObject()["records"] as? Int == 50)
        }
    }

    /// `timeout` sends its signal to the program and to its group.
    @Test func twoSignalsAtOnceAreOne() async throws {
        try await withStory(messages: 5) { _, options, folder in
            let gate = "\(folder)/gate"
            #expect(mkfifo(gate, 0o600) == 0)
            let descriptor = open(gate, O_RDWR)
            defer { close(descriptor) }
            let script = "cat >\(folder)/begun; read line <\(gate)"
            let tool = try ToolProcess.start(
                ["run"] + options + ["--handler", "command", "--yes", "--", "sh", "-c", script]
            )
            try await waitUntil { FileManager.default.fileExists(atPath: "\(folder)/begun") }
            tool.signal(SIGTERM)
            tool.signal(SIGINT)
            // The handler ends only now, so that both came while the program waited for it.
            #expect(write(descriptor, "\n", 1) == 1)
            let result = try await tool.result()
            #expect([130, 143].contains(result.status))
            #expect(!result.errors.contains("ended at once"), "\(result.errors)")
            #expect(try result.lastObject()["type"] as? String == "summary")
        }
    }

    @Test func aReaderThatHasSeenEnoughIsNoFailure() async throws {
        try await withStory(messages: 50) { _, options, folder in
            let arguments = (["run"] + options).map { "'\($0)'" }.joined(separator: " ")
            let script = "'\(ToolProcess.path)' \(arguments) | head -n 1 > '\(folder)/first'; exit ${PIPESTATUS[0]}"
            let result = try await RunningTool(
                path: "/bin/bash",
                arguments: ["-c", script],
                environment: ToolProcess.environment()
            ).result()
            #expect(result.status == 0, "\(result.errors)")
            #expect(try String(contentsOfFile: "\(folder)/first", encoding: .utf8).contains(#""type":"#))
        }
    }

    @Test func streamsAreListed() async throws {
        try await withStory(messages: 1) { pipeline, _, _ in
            let table = try await ToolProcess.run(["streams", "--endpoint-url", pipeline.endpoint])
            #expect(table.status == 0, "\(table.errors)")
            #expect(table.output.contains("MessagesTable  ENABLED  NEW_AND_OLD_IMAGES  1/1"))
            let json = try await ToolProcess.run(["streams", "--json", "--endpoint-url", pipeline.endpoint])
            #expect(try json.lastObject()["table"] as? String == StoryTables.messages)
            #expect(try json.lastObject()["open_shards"] as? Int == 1)
        }
    }

    @Test func ofATableWithoutStreamsItIsSaidWhy() async throws {
        try await withStory(messages: 1) { pipeline, _, _ in
            let place = ["--endpoint-url", pipeline.endpoint]
            let missing = try await ToolProcess.run(["streams", "--table", "Nope"] + place)
            #expect(missing.status == 4 && missing.output.isEmpty)
            #expect(missing.errors.contains("table Nope does not exist"), "\(missing.errors)")
            let without = try await ToolProcess.run(["streams", "--json", "--table", StoryTables.staging] + place)
            #expect(without.status == 4 && without.output.isEmpty)
            #expect(without.errors.contains("has no stream. Switch one on with:"), "\(without.errors)")
        }
    }

    @Test func monitorWithoutATerminalWritesLines() async throws {
        try await withStory(messages: 30) { _, options, _ in
            let result = try await ToolProcess.run(["monitor", "--read-only"] + options + ["--until-idle", "300ms"])
            #expect(result.status == 0, "\(result.errors)")
            #expect(try result.lastObject()["records"] as? Int == 30)
        }
    }

    @Test func whoMakesAThirdReaderOfAShardIsWarned() async throws {
        try await withStory(messages: 5) { _, options, folder in
            let environment = ToolProcess.environment(["XDG_STATE_HOME": folder])
            let run = ["run"] + options + ["--checkpoint-file", "none"]
            let told = try await ToolProcess.run(run + ["--other-readers", "2", "--until-idle", "300ms"])
            #expect(told.status == 0)
            #expect(told.errors.contains("each shard has 3 readers (this run, 2 named by --other-readers)"))
            let notices = try told.objects().filter { $0["code"] as? String == "too-many-readers" }
            #expect(notices.map { $0["level"] as? String } == ["warning"])

            // Another run of this machine counts for itself.
            let other = try ToolProcess.start(run, environment: environment)
            try await waitUntil { other.output.contains(#""state":"reading""#) }
            let second = try await ToolProcess.run(
                run + ["--other-readers", "1", "--until-idle", "300ms"],
                environment: environment
            )
            #expect(second.errors.contains("(this run, 1 other run on this machine, 1 named by --other-readers)"))
            other.signal(SIGTERM)
            _ = try await other.result()
            let alone = try await ToolProcess.run(
                run + ["--other-readers", "1", "--until-idle", "300ms"],
                environment: environment
            )
            #expect(!alone.errors.contains("readers"))
        }
    }

    @Test func theSummarySaysWhatReadingCosts() async throws {
        try await withStory(messages: 5) { _, options, _ in
            let result = try await ToolProcess.run(["run"] + options + ["--until-idle", "300ms"])
            let summary = try result.lastObject()
            let reads = try #require(summary["reads"] as? Int)
            let dollars = try #require(summary["reads_usd"] as? Double)
            #expect(reads > 0)
            #expect(abs(dollars - Double(reads) * 0.000_000_2) < 1e-12)
            #expect(result.errors.contains("reads of the stream: $0.00000"))
        }
    }

    /// What is secret is in no output and in no log, whatever goes wrong.
    @Test func noSecretIsInAnyOutput() async throws {
        try await withStory(messages: 10) { pipeline, options, folder in
            let secrets = ["zq8-secret-example", "zq8-token-example", "ZQ8KEYIDEXAMPLE"]
            let environment = ToolProcess.environment([
                "AWS_SECRET_ACCESS_KEY": secrets[0], "AWS_SESSION_TOKEN": secrets[1], "AWS_ACCESS_KEY_ID": secrets[2],
                "AWS_REGION": "us-east-1",
            ])
            let log = ["--log-file", "\(folder)/log", "--log-level", "trace", "--log-format", "json"]
            var texts: [String] = []
            for arguments in [
                ["run"] + options + ["--until-idle", "300ms", "--trace-records", "--trace-values"] + log,
                ["run"] + options + Self.deleting + ["--yes", "--until-idle", "300ms"] + log,
                ["run", "--endpoint-url", "http://127.0.0.1:1", "--table", "T"] + log,
                ["run", "--endpoint-url", "http://192.0.2.1", "--table", "T"] + log,
                ["run", "--endpoint-url", pipeline.endpoint, "--table", "Nowhere"] + log,
                ["streams", "--endpoint-url", pipeline.endpoint] + log,
            ] {
                let result = try await ToolProcess.run(arguments, environment: environment)
                texts += [result.output, result.errors]
            }
            texts.append(try String(contentsOfFile: "\(folder)/log", encoding: .utf8))
            for secret in secrets { #expect(!texts.contains { $0.contains(secret) }, "\(secret)") }
        }
    }
}
