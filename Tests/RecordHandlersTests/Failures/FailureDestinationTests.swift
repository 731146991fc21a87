// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import DynamoDBModel
import Foundation
import RecordHandlers
import TestSupport
import Testing

@Suite("Telling failure destinations", .timeLimit(.minutes(1)))
struct FailureDestinationTests {
    private static let mapping = "7f0c6e2a-0000-8000-8000-000000000000"

    private static func source() -> FailureSource {
        FailureSource(functionARN: "function-arn", mapping: Self.mapping, ids: UUIDSource(seed: 7))
    }

    /// The ids that the source gives, in order.
    private static func ids(_ count: Int) -> [String] {
        let ids = UUIDSource(seed: 7)
        return (0..<count).map { _ in ids.next() }
    }

    private static func message(_ discarded: DiscardedBatch) -> FailureMessage {
        FailureMessage(of: discarded, functionARN: "function-arn", requestID: Self.ids(1)[0])
    }

    private static func parts(_ text: String) throws -> DestinationName.ARNParts {
        switch try DestinationName(text) {
        case .queue(let parts), .topic(let parts), .bucket(let parts): return parts
        case .file: throw CocoaError(.featureUnsupported)
        }
    }

    // MARK: - File

    @Test func aFileGetsALineForEachBatch() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/failed.jsonl"
        let discarded = try FailureMessageTests.discarded()
        try await FailureFile(path: path, source: Self.source()).deliver(discarded)
        // Another run appends.
        try await FailureFile(path: path, source: Self.source()).deliver(discarded)
        let line = Self.message(discarded).bytesWithPayload + Array("\n".utf8)
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path))) == line + line)
    }

    @Test func aFileIsForItsOwnerAlone() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/failed.jsonl"
        _ = try FailureFile(path: path, source: Self.source())
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func aFileThatCannotBeOpenedIsFoundBeforeAnythingBegins() throws {
        let error = #expect(throws: HandlerSetupError.self) {
            try FailureFile(path: "/nonexistent/failed.jsonl", source: Self.source())
        }
        #expect(error?.code == .unusableFile)
        #expect(error?.description.contains("/nonexistent/failed.jsonl") == true)
    }

    @Test func aFileOfSomethingElseIsNotAddedTo() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/notes"
        try Data("my notes\n".utf8).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: HandlerSetupError.self) { try FailureFile(path: path, source: Self.source()) }
        #expect(error?.description.contains("other than JSON lines") == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "my notes\n")
    }

    @Test func whatATerminalWouldObeyIsEscaped() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/failed.jsonl"
        var discarded = try FailureMessageTests.discarded()
        discarded.records[0].newImage = RawItem(["text": .string("a\u{9B}31mb")])
        try await FailureFile(path: path, source: Self.source()).deliver(discarded)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!text.contains("\u{9B}"))
        let records = try JSONValue(parsing: Array(text.utf8.dropLast()))["payload"]?["Records"]?.array
        let image = records?.first?["dynamodb"]?["NewImage"]?["text"]?["S"]?.string
        #expect(image == "a\u{9B}31mb")
    }

    @Test func aFullDiskIsReported() async throws {
        let file = try FailureFile(path: "/dev/full", source: Self.source())
        let error = await #expect(throws: DeliveryError.self) {
            try await file.deliver(FailureMessageTests.discarded())
        }
        #expect(error?.description.contains("/dev/full") == true)
        #expect(error?.description.contains("Check the space") == true)
    }

    // MARK: - Queue

    private static let queue = "arn:aws:sqs:us-east-1:123456789012:failed"

    private static func queue(over http: ScriptedHTTP) throws -> FailureQueue {
        FailureQueue(
            queue: try Self.parts(Self.queue),
            source: Self.source(),
            connection: try TestConnections.connection(
                over: http,
                endpoint: "https://sqs.us-east-1.amazonaws.com",
                service: .sqs
            )
        )
    }

    @Test func aQueueIsLookedUpOnceAndGetsTheMessageAsItsBody() async throws {
        let http = ScriptedHTTP { message in
            message.header("X-Amz-Target") == "AmazonSQS.GetQueueUrl"
                ? .text(#"{"QueueUrl":"https://q/1"}"#) : .text("{}")
        }
        let queue = try Self.queue(over: http)
        let discarded = try FailureMessageTests.discarded()
        try await queue.deliver(discarded)
        try await queue.deliver(discarded)
        #expect(
            http.messages.map { $0.header("X-Amz-Target") } == [
                "AmazonSQS.GetQueueUrl", "AmazonSQS.SendMessage", "AmazonSQS.SendMessage",
            ]
        )
        #expect(http.messages[0].text == #"{"QueueName":"failed","QueueOwnerAWSAccountId":"123456789012"}"#)
        let sent = try JSONValue(parsing: http.messages[1].body)
        #expect(sent["QueueUrl"]?.string == "https://q/1")
        #expect(sent["MessageBody"]?.string == String(decoding: Self.message(discarded).bytes, as: UTF8.self))
    }

    @Test func whoMayOnlySendKnowsTheURLAllTheSame() async throws {
        let http = ScriptedHTTP { message in
            message.header("X-Amz-Target") == "AmazonSQS.GetQueueUrl"
                ? .text(#"{"__type":"com.amazon.coral.service#AccessDeniedException","message":"no"}"#, status: 403)
                : .text("{}")
        }
        try await Self.queue(over: http).deliver(FailureMessageTests.discarded())
        let sent = try JSONValue(parsing: try #require(http.messages.last).body)
        #expect(sent["QueueUrl"]?.string == "https://sqs.us-east-1.amazonaws.com/123456789012/failed")
    }

    @Test(arguments: [
        ("AccessDeniedException", "sqs:SendMessage on arn:aws:sqs:us-east-1:123456789012:failed"),
        ("QueueDoesNotExist", "Check the name"), ("InvalidClientTokenId", "Check the access key"),
    ])
    func aQueueThatRefusesIsReportedAndLookedUpAgain(code: String, advice: String) async throws {
        let http = ScriptedHTTP { message in
            message.header("X-Amz-Target") == "AmazonSQS.GetQueueUrl"
                ? .text(#"{"QueueUrl":"https://q/1"}"#)
                : .text(#"{"__type":"com.amazonaws.sqs#\#(code)","message":"no"}"#, status: 400)
        }
        let queue = try Self.queue(over: http)
        for _ in 0..<2 {
            let error = await #expect(throws: DeliveryError.self) {
                try await queue.deliver(FailureMessageTests.discarded())
            }
            #expect(error?.description.contains("queue \(Self.queue) was not told: SendMessage: \(code)") == true)
            #expect(error?.description.contains(advice) == true)
        }
        #expect(http.messages.filter { $0.header("X-Amz-Target") == "AmazonSQS.GetQueueUrl" }.count == 2)
    }

    // MARK: - Topic

    private static func topic(over http: ScriptedHTTP) throws -> FailureTopic {
        FailureTopic(
            topic: try Self.parts("arn:aws:sns:us-east-1:123456789012:failed"),
            source: Self.source(),
            connection: try TestConnections.connection(
                over: http,
                endpoint: "https://sns.us-east-1.amazonaws.com",
                service: .sns
            )
        )
    }

    @Test func aTopicGetsTheMessageAsItsText() async throws {
        let http = ScriptedHTTP { _ in .text("<PublishResponse/>") }
        let discarded = try FailureMessageTests.discarded()
        try await Self.topic(over: http).deliver(discarded)
        let sent = try #require(http.messages.first)
        let text = String(decoding: Self.message(discarded).bytes, as: UTF8.self)
        #expect(
            sent.text
                == "Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A123456789012%3Afailed&"
                + "Message=\(PercentEncoding.encode(text))"
        )
        #expect(sent.header("Content-Type") == "application/x-www-form-urlencoded; charset=utf-8")
        #expect(sent.target == "/")
    }

    @Test func aTopicThatRefusesIsReported() async throws {
        let http = ScriptedHTTP { _ in
            .text(
                "<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message>"
                    + "</Error></ErrorResponse>",
                status: 404
            )
        }
        let error = await #expect(throws: DeliveryError.self) {
            try await Self.topic(over: http).deliver(FailureMessageTests.discarded())
        }
        #expect(error?.description.contains("Publish: NotFound: Topic does not exist. Check the name") == true)
    }

    // MARK: - Bucket

    private static func bucket(over http: ScriptedHTTP) throws -> FailureBucket {
        FailureBucket(
            bucket: try Self.parts("arn:aws:s3:::failed-batches"),
            source: Self.source(),
            buckets: try TestConnections.buckets(over: http, endpoint: "https://s3.us-east-1.amazonaws.com")
        )
    }

    @Test func aBucketGetsAnObjectWithTheRecords() async throws {
        let http = ScriptedHTTP { _ in .text("") }
        let discarded = try FailureMessageTests.discarded()
        try await Self.bucket(over: http).deliver(discarded)
        let sent = try #require(http.messages.first)
        #expect(sent.method == "PUT")
        #expect(sent.endpoint.host == "failed-batches.s3.us-east-1.amazonaws.com")
        #expect(
            sent.target == "/aws/lambda/\(Self.mapping)/shardId-00000001573689847184-864758bb/2024/05/06/"
                + "2024-05-06T07.08.09-\(Self.ids(2)[1])"
        )
        #expect(sent.body == Self.message(discarded).bytesWithPayload)
    }

    @Test func aBucketThatRefusesIsReported() async throws {
        let http = ScriptedHTTP { _ in
            .text("<Error><Code>AccessDenied</Code><Message>no</Message></Error>", status: 403)
        }
        let error = await #expect(throws: DeliveryError.self) {
            try await Self.bucket(over: http).deliver(FailureMessageTests.discarded())
        }
        #expect(error?.description.contains("s3:PutObject on arn:aws:s3:::failed-batches/*") == true)
    }

    @Test func cancellationIsNotAFailure() async throws {
        let http = ScriptedHTTP { _ throws(HTTPFailure) in throw .cancelled }
        let destinations: [any FailureDestination] = [
            try Self.queue(over: http), try Self.topic(over: http), try Self.bucket(over: http),
        ]
        for destination in destinations {
            await #expect(throws: CancellationError.self) {
                try await destination.deliver(FailureMessageTests.discarded())
            }
        }
    }
}
