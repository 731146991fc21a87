// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession
import TestServers
import TestSupport
import Testing

/// Queues, topics and buckets as an emulator by others has them.
@Suite(
    "Failure destinations and objects against moto",
    .timeLimit(.minutes(2)),
    .enabled(
        if: MotoServer.python != nil || MotoServer.isRequired,
        "needs a Python with moto: set WEIR_TEST_PYTHON, or let ./dev test make .venv"
    )
)
struct MotoTests {
    private static let source = FailureSource(
        functionARN: "arn:aws:lambda:us-east-1:123456789012:function:f",
        mapping: "7f0c6e2a-0000-8000-8000-000000000000",
        ids: UUIDSource(seed: 7)
    )

    private static func run(_ body: (MotoServices) async throws -> Void) async throws {
        let python = try #require(MotoServer.python, "WEIR_REQUIRE_INTEROP is set, but there is no Python with moto")
        try await MotoServer.run(python: python) { url in try await body(MotoServices(url: url)) }
    }

    private static func parts(_ arn: String) throws -> DestinationName.ARNParts {
        switch try DestinationName(arn) {
        case .queue(let parts), .topic(let parts), .bucket(let parts): return parts
        case .file(let path): throw MotoServices.Unexpected(description: path)
        }
    }

    /// A message without the ids that are random.
    private static func check(_ text: some Collection<UInt8>, hasPayload: Bool) throws {
        let message = try JSONValue(parsing: text)
        let discarded = try FailureMessageTests.discarded()
        let id = try #require(message["requestContext"]?["requestId"]?.string)
        let expected = FailureMessage(of: discarded, functionARN: Self.source.functionARN, requestID: id)
        #expect(Array(text) == (hasPayload ? expected.bytesWithPayload : expected.bytes))
    }

    @Test func everyPolicyIsOneThatIAMTakes() async throws {
        try await Self.run { moto in
            for (number, sample) in PermissionSamples.all.enumerated() {
                try await moto.makePolicy("weir-\(number)", sample.permissions.document.text)
            }
            await #expect(throws: AWSCallError.self) {
                try await moto.makePolicy("wrong", #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}"#)
            }
        }
    }

    @Test func aQueueGetsTheMessage() async throws {
        try await Self.run { moto in
            let url = try await moto.makeQueue("failed")
            let made = try moto.connect(to: .sqs)
            let queue = FailureQueue(
                queue: try Self.parts("arn:aws:sqs:us-east-1:123456789012:failed"),
                source: Self.source,
                connection: made.connection
            )
            try await queue.deliver(FailureMessageTests.discarded())
            try await queue.deliver(FailureMessageTests.discarded())
            let messages = try await moto.messages(in: url)
            #expect(messages.count == 2)
            for message in messages { try Self.check(Array(message.utf8), hasPayload: false) }

            let missing = FailureQueue(
                queue: try Self.parts("arn:aws:sqs:us-east-1:123456789012:missing"),
                source: Self.source,
                connection: made.connection
            )
            let error = await #expect(throws: DeliveryError.self) {
                try await missing.deliver(FailureMessageTests.discarded())
            }
            #expect(error?.description.contains("Check the name, the region and the account") == true)
            await made.shutdown()
        }
    }

    @Test func aTopicPublishesTheMessageToItsSubscribers() async throws {
        try await Self.run { moto in
            let url = try await moto.makeQueue("subscriber")
            let answer = try await moto.topic([("Action", "CreateTopic"), ("Name", "failed")])
            let arn = try #require(XMLElements.first("TopicArn", in: answer))
            _ = try await moto.topic([
                ("Action", "Subscribe"), ("TopicArn", arn), ("Protocol", "sqs"),
                ("Endpoint", "arn:aws:sqs:us-east-1:123456789012:subscriber"),
            ])
            let made = try moto.connect(to: .sns)
            let topic = FailureTopic(topic: try Self.parts(arn), source: Self.source, connection: made.connection)
            try await topic.deliver(FailureMessageTests.discarded())
            let envelope = try #require(try await moto.messages(in: url).first)
            let text = try #require(try JSONValue(parsing: Array(envelope.utf8))["Message"]?.string)
            try Self.check(Array(text.utf8), hasPayload: false)
            await made.shutdown()
        }
    }

    @Test func aBucketGetsAnObjectWithTheRecords() async throws {
        try await Self.run { moto in
            try await moto.put("/failed-batches")
            let buckets = try moto.buckets()
            let bucket = FailureBucket(
                bucket: try Self.parts("arn:aws:s3:::failed-batches"),
                source: Self.source,
                buckets: buckets
            )
            try await bucket.deliver(FailureMessageTests.discarded())
            let key = try #require(try await moto.keys(in: "failed-batches").first)
            #expect(
                key.hasPrefix(
                    "aws/lambda/7f0c6e2a-0000-8000-8000-000000000000/shardId-00000001573689847184-864758bb/2024/05/06/"
                        + "2024-05-06T07.08.09-"
                )
            )
            try Self.check(try await moto.get("/failed-batches/\(key)"), hasPayload: true)
            await buckets.shutdown()
        }
    }

    @Test func objectsThatRecordsNameAreGone() async throws {
        try await Self.run { moto in
            try await moto.put("/files")
            let names = ["a&b <c>.txt", "ä/ö ü", "plus+sign", "kept"]
            for name in names {
                try await moto.put("/files/\(PercentEncoding.encode(name, keepsSlashes: true))", "text")
            }
            #expect(try await moto.keys(in: "files").sorted() == names.sorted())
            let buckets = try moto.buckets()
            let handler = DeleteObjectsHandler(
                configuration: DeleteObjectsConfiguration(
                    bucket: try RecordTemplate("files", option: "--bucket"),
                    key: try RecordTemplate("{OldImage.path}", option: "--key")
                ),
                buckets: buckets
            )
            let meter = WorkMeter()
            let records = names.dropLast().enumerated().map { number, name in
                var record = HandlerConformance.record(number)
                record.oldImage = RawItem(["path": .string(name)])
                return record
            }
            let batch = RecordBatch(id: BatchID(1), shard: ShardID("shardId-0"), records: records)
            #expect(try await handler.handle(batch, meter: meter) == .done)
            #expect(try await moto.keys(in: "files") == ["kept"])
            #expect(meter.total.itemsDeleted == 3)
            // What is gone already is done, too.
            #expect(try await handler.handle(batch, meter: meter) == .done)

            let missing = DeleteObjectsHandler(
                configuration: DeleteObjectsConfiguration(
                    bucket: try RecordTemplate("missing", option: "--bucket"),
                    key: try RecordTemplate("{Keys.messageId}", option: "--key")
                ),
                buckets: buckets
            )
            guard case .stop(let reason) = try await missing.handle(batch, meter: meter) else {
                Issue.record("a bucket that is not there was accepted")
                return
            }
            #expect(reason.contains("NoSuchBucket") && reason.contains("Check the bucket's name"))
            await buckets.shutdown()
        }
    }
}
