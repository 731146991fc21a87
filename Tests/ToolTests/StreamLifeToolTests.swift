// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import LocalDynamoDB
import StreamSession
import TestSupport
import Testing

/// What `weir run` says of streams that end, go and come back, and of shards that are gone.
@Suite("weir run and the life of a stream", .timeLimit(.minutes(3)))
struct StreamLifeToolTests {
    /// A pipeline with so many messages written, and the command line that reads them.
    private static func withPipeline(
        messages: Int,
        clock: any SessionClock = SystemClock(),
        _ body: @escaping @Sendable (DemoPipeline, _ run: [String]) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: clock, logger: silentLogger) { pipeline in
            try await Self.write(0..<messages, to: pipeline)
            let run = [
                "run", "--endpoint-url", pipeline.endpoint, "--starting-position", "TRIM_HORIZON",
                "--checkpoint-file", "\(folder.path)/positions.sqlite",
            ]
            try await body(pipeline, run)
        }
    }

    private static let table = ["--table", StoryTables.messages]
    private static let untilIdle = ["--until-idle", "300ms"]

    private static func write(_ numbers: Range<Int>, to pipeline: DemoPipeline) async throws {
        for number in numbers {
            let message = StoryMessage(number: number, seed: 7, createdAt: Timestamp(seconds: 1_767_225_600))
            let request = PutItemRequest(tableName: StoryTables.messages, item: message.mainItem)
            _ = try await pipeline.client.putItem(request)
        }
    }

    private static func switchStream(_ viewType: StreamViewType?, of pipeline: DemoPipeline) async throws {
        let request = UpdateTableRequest(
            tableName: StoryTables.messages,
            stream: StreamSpecification(viewType: viewType)
        )
        _ = try await pipeline.client.updateTable(request)
    }

    private static func stream(of pipeline: DemoPipeline) async throws -> StreamARN {
        try #require(try await pipeline.client.describeTable(StoryTables.messages).latestStreamARN)
    }

    private static func codes(_ result: ToolProcess.Result) throws -> [String] {
        try result.objects().compactMap { $0["code"] as? String }
    }

    @Test func aStreamThatWasSwitchedOffAndOnBetweenTwoRunsIsSaidToBeAnother() async throws {
        try await Self.withPipeline(messages: 30) { pipeline, run in
            let old = try await Self.stream(of: pipeline)
            let first = try await ToolProcess.run(run + Self.table + Self.untilIdle + ["--max-records", "20"])
            #expect(first.status == 0, "\(first.errors)")
            #expect(!first.errors.contains("switched off"))

            try await Self.switchStream(nil, of: pipeline)
            try await Self.switchStream(.newAndOldImages, of: pipeline)
            try await Self.write(30..<35, to: pipeline)
            let second = try await ToolProcess.run(run + Self.table + Self.untilIdle)
            #expect(second.status == 0, "\(second.errors)")
            #expect(try second.lastObject()["records"] as? Int == 5)
            #expect(try second.lastObject()["data_losses"] as? Int == 0)
            #expect(try Self.codes(second).contains("stream-replaced"))
            for fact in ["weir: warning: the stream of table MessagesTable was switched off and on again", old.text] {
                #expect(second.errors.contains(fact), "\(second.errors)")
            }

            // What the old one still holds is there under its own name, behind its own position.
            let rest = try await ToolProcess.run(run + ["--stream-arn", old.text, "--until-shards-end"])
            #expect(rest.status == 0, "\(rest.errors)")
            #expect(try rest.lastObject()["records"] as? Int == 10)
            #expect(try Self.codes(rest).contains("stream-ended"))
            #expect(!(try Self.codes(rest)).contains("stream-replaced"))

            let third = try await ToolProcess.run(run + Self.table + Self.untilIdle)
            #expect(try third.lastObject()["records"] as? Int == 0)
            #expect(!third.errors.contains("switched off"))
        }
    }

    @Test func aDryRunOnAnotherStreamThanBeforeSaysSoToo() async throws {
        try await Self.withPipeline(messages: 3) { pipeline, run in
            let handler = Self.table + Self.untilIdle + ["--handler", "command"]
            let program = ["--", "/bin/true"]
            let first = try await ToolProcess.run(run + handler + ["--yes"] + program)
            #expect(first.status == 0, "\(first.errors)")
            try await Self.switchStream(nil, of: pipeline)
            try await Self.switchStream(.newAndOldImages, of: pipeline)
            // It leaves no trace, so the next one says the same.
            for _ in 0..<2 {
                let look = try await ToolProcess.run(run + handler + ["--dry-run"] + program)
                #expect(look.status == 0, "\(look.errors)")
                #expect(try Self.codes(look).contains("stream-replaced"))
            }
        }
    }

    @Test func aStreamThatIsSwitchedOffDuringARunIsSaidToBeOver() async throws {
        try await Self.withPipeline(messages: 10) { pipeline, run in
            let tool = try ToolProcess.start(run + Self.table)
            do {
                try await waitUntil { tool.output.contains(#""type":"batch""#) }
                try await Self.switchStream(nil, of: pipeline)
                try await Self.switchStream(.newAndOldImages, of: pipeline)
                try await waitUntil { tool.output.contains("stream-ended") }
            } catch {
                tool.signal(SIGKILL)
                throw error
            }
            tool.signal(SIGTERM)
            let result = try await tool.result()
            #expect(result.status == 143)
            #expect(try result.lastObject()["records"] as? Int == 10)
            #expect(try result.lastObject()["data_losses"] as? Int == 0)
            let status = try result.objects().filter { $0["type"] as? String == "stream" }.last
            #expect(status?["status"] as? String == "DISABLED")
            #expect(
                result.errors.contains(
                    "or its table is gone, and nothing of it is left to read: nothing more will come"
                )
            )
            #expect(result.errors.contains("has a new stream with an ARN of its own: start again"))
        }
    }

    @Test func aShardThatIsGoneBeforeItWasReadToItsEndIsALoss() async throws {
        let clock = ManualClock()
        try await Self.withPipeline(messages: 30, clock: clock) { pipeline, run in
            let stream = try await Self.stream(of: pipeline)
            let shard = try #require(
                try await pipeline.client.describeStream(DescribeStreamRequest(arn: stream)).shards.first
            ).id
            let first = try await ToolProcess.run(run + Self.table + Self.untilIdle + ["--max-records", "20"])
            #expect(try first.lastObject()["records"] as? Int == 20, "\(first.errors)")

            // Its last ten records are never read: a day after it closed the shard is gone, and its child is there.
            _ = try pipeline.store.rollOver(table: StoryTables.messages)
            clock.advance(by: .seconds(24 * 60 * 60))
            try await Self.write(30..<35, to: pipeline)
            let second = try await ToolProcess.run(run + Self.table + Self.untilIdle)
            #expect(second.status == 0, "\(second.errors)")
            let summary = try second.lastObject()
            #expect(summary["records"] as? Int == 5)
            #expect(summary["data_losses"] as? Int == 1)
            let loss = try #require(try second.objects().first { $0["code"] as? String == "data-lost" })
            #expect(loss["shard"] as? String == shard.text)
            #expect(loss["after"] is String)
            #expect(second.errors.contains("weir: data was lost on \(shard): the shard is gone before it was read to"))
            #expect(second.errors.contains("DATA WAS LOST: 1 time"))
            let states = try second.lines("shard").filter { $0["shard"] as? String == shard.text }
                .compactMap { $0["state"] as? String }
            #expect(states.last == "vanished")

            // It is told of once.
            let third = try await ToolProcess.run(run + Self.table + Self.untilIdle)
            #expect(try third.lastObject()["data_losses"] as? Int == 0)
        }
    }

    @Test func whatWasReadButNotHandledAndIsTrimmedBeforeTheNextRunIsALoss() async throws {
        try await Self.withPipeline(messages: 10) { pipeline, run in
            // A function that fails: the shard is begun, and nothing of it is done.
            let failing = Self.table + ["--handler", "command", "--yes", "--", "/bin/false"]
            let first = try await ToolProcess.run(run + ["--for", "2s"] + failing)
            #expect(try first.lastObject()["data_losses"] as? Int == 0, "\(first.errors)")

            _ = try pipeline.store.trim(table: StoryTables.messages)
            try await Self.write(10..<12, to: pipeline)
            let second = try await ToolProcess.run(run + ["--for", "2s"] + failing)
            #expect(try second.lastObject()["data_losses"] as? Int == 1, "\(second.errors)")
            #expect(second.errors.contains("was trimmed before it was handled, and what followed it is lost"))
            #expect(second.errors.contains("DATA WAS LOST: 1 time"))
        }
    }

    @Test func aStreamThatIsGoneIsNamedWithWhatToDo() async throws {
        let clock = ManualClock()
        try await Self.withPipeline(messages: 3, clock: clock) { pipeline, run in
            let old = try await Self.stream(of: pipeline)
            try await Self.switchStream(nil, of: pipeline)
            clock.advance(by: .seconds(24 * 60 * 60))
            let result = try await ToolProcess.run(run + ["--stream-arn", old.text] + Self.untilIdle)
            #expect(result.status == 4)
            #expect(result.errors.contains("stream \(old) does not exist (any more)"))
            #expect(result.errors.contains("'weir streams' lists what there is"))
        }
    }
}
