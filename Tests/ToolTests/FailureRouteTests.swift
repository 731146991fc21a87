// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import StreamSession
import TestServers
import TestSupport
import Testing

/// A record that cannot be handled, on its whole way: stream, program, function, retries, halves, destination.
@Suite("What is given up, from end to end", .timeLimit(.minutes(3)))
struct FailureRouteTests {
    /// The batch size, the place of the bad record in the first batch, and the attempts it gets alone.
    private static let (size, place, attempts) = (8, 5, 3)

    private struct Shard {
        var id: ShardID
        var records: [StreamRecord]
        var numbers: [String] { self.records.map(\.sequenceNumber.text) }
    }

    /// What becomes of the bad record's shard, as lists of places in it.
    ///
    /// Halves are cut without using attempts up, the first one is brought to its end before the second one is tried, and
    /// good records come as often as they share a batch with the bad one, and once more.
    private static func expected(_ count: Int) -> [[Int]] {
        let first = [
            [0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3], [4, 5, 6, 7], [4, 5], [4], [5], [5], [5], [6, 7],
        ]
        return first + stride(from: Self.size, to: count, by: Self.size).map { Array($0..<min($0 + Self.size, count)) }
    }

    private static func shards(_ pipeline: DemoPipeline) async throws -> (StreamARN, [Shard]) {
        let table = try await pipeline.client.describeTable(StoryTables.messages)
        let arn = try #require(table.latestStreamARN)
        var shards: [Shard] = []
        for shard in try await pipeline.client.describeStream(DescribeStreamRequest(arn: arn)).shards {
            let iterator = try await pipeline.client.shardIterator(
                ShardIteratorRequest(arn: arn, shard: shard.id, position: .trimHorizon)
            )
            let records = try await pipeline.client.records(at: iterator, limit: 1000).records
            shards.append(Shard(id: shard.id, records: records))
        }
        return (arn, shards)
    }

    /// The message without request id and time, which are checked by their form.
    private static func message(_ text: some StringProtocol) throws -> String {
        var text = String(text)
        for (name, form) in [
            ("requestId", #"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"#),
            ("timestamp", #"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ"#),
        ] {
            let range = try #require(text.firstRange(of: try Regex("\"\(name)\":\"\(form)\"")), "\(name) in \(text)")
            text.replaceSubrange(range, with: "\"\(name)\":\"…\"")
        }
        return text
    }

    private static func expectedMessage(_ record: StreamRecord, shard: ShardID, stream: StreamARN) -> String {
        let arrival = String(record.createdAt.label.prefix(19)) + "Z"
        return #"{"requestContext":{"requestId":"…","functionArn":"arn:aws:lambda:us-east-1:000000000000:function:f","#
            + #""condition":"RetryAttemptsExhausted","approximateInvokeCount":\#(Self.attempts)},"#
            + #""responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},"#
            + #""version":"1.0","timestamp":"…","DDBStreamBatchInfo":{"shardId":"\#(shard)","#
            + #""startSequenceNumber":"\#(record.sequenceNumber)","endSequenceNumber":"\#(record.sequenceNumber)","#
            + #""approximateArrivalOfFirstRecord":"\#(arrival)","approximateArrivalOfLastRecord":"\#(arrival)","#
            + #""batchSize":1,"streamArn":"\#(stream)"}}"#
    }

    /// Runs the program over two shards, one of which has a bad record, and checks all but the message.
    ///
    /// - Parameters:
    ///   - destination: The options of the destination, by a folder.
    ///   - check: Gets the expected message as a queue has it, the event that was sent last with the bad record, and the
    ///     folder.
    /// - Throws: What failed on the way.
    private static func run(
        to destination: @escaping @Sendable (_ folder: String) -> [String],
        check: @escaping @Sendable (_ message: String, _ event: [UInt8], _ folder: String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(
            shards: 2,
            checkpointFile: "\(folder.path)/unused.sqlite",
            toolVersion: "test"
        )
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: 80, seed: 7)
            let (stream, shards) = try await Self.shards(pipeline)
            let (bad, good) = (shards[0], shards[1])
            try #require(bad.records.count > 2 * Self.size && good.records.count > 2 * Self.size)
            let poison = bad.records[Self.place]
            // The last attempt is answered only when all of the other shard is done: it does not wait for the bad one.
            let function = PoisonedFunction(poison: poison.sequenceNumber, attempts: Self.attempts) { function in
                try await waitUntil {
                    function.invocations(of: good.records).reduce(0) { $0 + $1.count } == good.records.count
                }
            }
            try await ScriptedServer.run { _, body in
                try await function.answer(body)
            } _: { endpoint in
                let options =
                    [
                        "run", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages,
                        "--starting-position", "TRIM_HORIZON", "--checkpoint-file", "\(folder.path)/positions.sqlite",
                        "--until-idle", "300ms", "--batch-size", "\(Self.size)", "--bisect-batch-on-function-error",
                        "--maximum-retry-attempts", "\(Self.attempts - 1)", "--handler", "function", "--function",
                        "f", "--function-endpoint", endpoint.url, "--yes",
                    ] + destination(folder.path)
                let result = try await ToolProcess.run(options)
                #expect(result.status == 0, "\(result.errors)")

                let places = Self.expected(bad.records.count)
                #expect(function.invocations(of: bad.records) == places.map { $0.map { bad.numbers[$0] } })
                let chunks = stride(from: 0, to: good.numbers.count, by: Self.size).map {
                    Array(good.numbers[$0..<min($0 + Self.size, good.numbers.count)])
                }
                #expect(function.invocations(of: good.records) == chunks)
                try Self.check(result, poison: poison, in: bad, records: 80)
                let event = try #require(function.invocations.last { $0.numbers == [poison.sequenceNumber.text] }).event
                try await check(Self.expectedMessage(poison, shard: bad.id, stream: stream), event, folder.path)

                // The positions have moved behind all of it, the bad record included.
                let invocations = function.invocations.count
                let second = try await ToolProcess.run(options)
                #expect(try second.lastObject()["read"] as? Int == 0)
                #expect(second.errors.contains("Continues behind the stored positions of 2 shards"))
                #expect(function.invocations.count == invocations)
            }
        }
    }

    /// What the program has said of it.
    private static func check(
        _ result: ToolProcess.Result,
        poison: StreamRecord,
        in shard: Shard,
        records: Int
    ) throws {
        let summary = try result.lastObject()
        // Each cut is a retry, too. The first batch of eight is sent 24 times, counted by record, and 17 of these fail.
        for (name, value) in [
            ("read", records), ("records", records - 1), ("dropped", 1), ("undone", 0), ("splits", 3), ("retries", 5),
            ("invoked", records + 16), ("failed_invokes", 17), ("destination_delivered", 1),
            ("destination_failed", 0), ("data_losses", 0),
        ] {
            #expect(summary[name] as? Int == value, "\(name): \(summary)")
        }
        let lines = try result.objects()
        let halves = lines.filter { $0["code"] as? String == "batch-bisect" }.compactMap { $0["halves"] as? [Int] }
        #expect(halves == [[4, 4], [2, 2], [1, 1]])
        // The sixth and the seventh attempt of the batch, the first two with the bad record alone, have failed.
        #expect(lines.filter { $0["code"] as? String == "batch-retry" }.compactMap { $0["attempt"] as? Int } == [6, 7])
        let discard = try #require(lines.first { $0["type"] as? String == "discard" })
        #expect(discard["condition"] as? String == "RetryAttemptsExhausted")
        #expect(discard["start"] as? String == poison.sequenceNumber.text)
        #expect(discard["end"] as? String == poison.sequenceNumber.text)
        #expect(discard["shard"] as? String == shard.id.text)
        #expect(discard["invoke_count"] as? Int == Self.attempts)
        #expect(discard["destination"] as? String == "delivered")
        #expect(result.errors.contains("1 record given up: 1 with all attempts used up, 0 too old"))
    }

    @Test func aFileGetsTheMessageWithTheEventThatWasSent() async throws {
        try await Self.run { folder in
            ["--on-failure", "file:\(folder)/failed.jsonl"]
        } check: { message, event, folder in
            let text = try String(contentsOfFile: "\(folder)/failed.jsonl", encoding: .utf8)
            let payload = String(decoding: event, as: UTF8.self)
            #expect(try Self.message(text) == message.dropLast() + #","payload":\#(payload)}"# + "\n")
        }
    }

    @Test(
        .enabled(
            if: MotoServer.python != nil || MotoServer.isRequired,
            "needs a Python with moto: set WEIR_TEST_PYTHON, or let ./dev test make .venv"
        )
    )
    func aQueueGetsTheMessage() async throws {
        let python = try #require(MotoServer.python, "WEIR_REQUIRE_INTEROP is set, but there is no Python with moto")
        try await MotoServer.run(python: python) { server in
            let queue = try await MotoQueue("failed", at: server)
            try await Self.run { _ in
                ["--on-failure", queue.arn, "--on-failure-endpoint", server]
            } check: { message, _, _ in
                let messages = try await queue.messages()
                #expect(try messages.map { try Self.message($0) } == [message])
            }
        }
    }
}
