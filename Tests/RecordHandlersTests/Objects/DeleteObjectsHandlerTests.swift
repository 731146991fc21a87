// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport
import Testing

@Suite("Deleting objects that records name", .timeLimit(.minutes(1)))
struct DeleteObjectsHandlerTests {
    private static let empty = #"<?xml version="1.0"?><DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>"#

    private static func handler(
        over http: ScriptedHTTP,
        endpoint: String = "https://s3.us-east-1.amazonaws.com",
        bucket: String = "my-bucket",
        key: String = "in/{Keys.messageId}",
        reportsItemFailures: Bool = false,
        isDryRun: Bool = false,
        report: @escaping @Sendable (EventPlan) -> Void = { _ in }
    ) throws -> DeleteObjectsHandler {
        DeleteObjectsHandler(
            configuration: DeleteObjectsConfiguration(
                bucket: try RecordTemplate(bucket, option: "--bucket"),
                key: try RecordTemplate(key, option: "--key"),
                reportsItemFailures: reportsItemFailures,
                isDryRun: isDryRun,
                report: report
            ),
            buckets: try TestConnections.buckets(over: http, endpoint: endpoint)
        )
    }

    private static func answering(_ body: String = Self.empty, status: Int = 200) -> ScriptedHTTP {
        ScriptedHTTP { _ in .text(body, status: status) }
    }

    private static func refusing(_ code: String, status: Int, headers: [(String, String)] = []) -> ScriptedHTTP {
        ScriptedHTTP { _ in
            .text("<Error><Code>\(code)</Code><Message>a text</Message></Error>", status: status, headers: headers)
        }
    }

    private static func keys(_ message: HTTPMessage) -> [String] {
        XMLElements.all("Key", in: message.body).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [(1, [1]), (1000, [1000]), (1001, [1000, 1]), (2500, [1000, 1000, 500])])
    func objectsGoOutByTheThousand(records: Int, sizes: [Int]) async throws {
        let http = Self.answering()
        let meter = WorkMeter()
        let batch = HandlerConformance.batch(1, of: 0..<records)
        #expect(try await Self.handler(over: http).handle(batch, meter: meter) == .done)
        #expect(http.messages.map { Self.keys($0).count } == sizes)
        #expect(http.messages.flatMap(Self.keys) == (0..<records).map { "in/msg-\($0)" })
        #expect(
            meter.total
                == HandlerWork(
                    requests: ["DeleteObjects": sizes.count],
                    itemsDeleted: records,
                    singleRequests: records
                )
        )
    }

    @Test func theRequestIsWhatS3Takes() async throws {
        let http = Self.answering()
        let batch = RecordBatch(
            id: BatchID(1),
            shard: ShardID("shardId-0"),
            records: [HandlerConformance.record(1, keys: #"{"messageId":{"S":"a<b>&\"c\""},"createdAt":{"N":"1"}}"#)]
        )
        #expect(try await Self.handler(over: http, key: "{Keys.messageId}").handle(batch, meter: WorkMeter()) == .done)
        let message = try #require(http.messages.first)
        #expect(
            message.text
                == #"<?xml version="1.0" encoding="UTF-8"?><Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">"#
                + "<Object><Key>a&lt;b&gt;&amp;&quot;c&quot;</Key></Object><Quiet>true</Quiet></Delete>"
        )
        #expect(message.method == "POST")
        #expect(message.endpoint.url == "https://my-bucket.s3.us-east-1.amazonaws.com")
        #expect(message.target == "/?delete")
        #expect(message.header("X-Amz-Content-SHA256")?.count == 64)
        let checksum = Checksum.crc32(message.body)
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (24 - 8 * UInt32($0))) }
        #expect(message.header("x-amz-checksum-crc32") == Base64.encode(bytes))
    }

    @Test(arguments: [
        ("http://127.0.0.1:5000", "my-bucket", "http://127.0.0.1:5000", "/my-bucket?delete"),
        ("https://s3.us-east-1.amazonaws.com", "my.bucket", "https://s3.us-east-1.amazonaws.com", "/my.bucket?delete"),
        ("https://minio.example.com/base", "my-bucket", "https://minio.example.com/base", "/base/my-bucket?delete"),
    ])
    func aBucketIsNamedInThePathWhereItCannotBeInTheHost(
        endpoint: String,
        bucket: String,
        url: String,
        target: String
    ) async throws {
        let http = Self.answering()
        let handler = try Self.handler(over: http, endpoint: endpoint, bucket: bucket)
        #expect(try await handler.handle(HandlerConformance.batch(1, of: 0..<1), meter: WorkMeter()) == .done)
        #expect(http.messages.first?.endpoint.url == url)
        #expect(http.messages.first?.target == target)
    }

    @Test func aRecordMayNameTheBucketToo() async throws {
        let http = Self.answering()
        let handler = try Self.handler(over: http, bucket: "bucket-{Keys.messageId}", key: "k")
        var batch = HandlerConformance.batch(1, of: 0..<2)
        batch.records.append(batch.records[0])
        let meter = WorkMeter()
        #expect(try await handler.handle(batch, meter: meter) == .done)
        #expect(
            http.messages.map(\.endpoint.host)
                == ["bucket-msg-0", "bucket-msg-1"].map { "\($0).s3.us-east-1.amazonaws.com" }
        )
        #expect(meter.total.repeatedKeys == 1)
        #expect(meter.total.itemsDeleted == 2)
    }

    @Test(arguments: [
        ("{OldImage.file}", "it has no OldImage"), ("{Keys.file}", "it has no attribute Keys.file"),
    ])
    func aRecordThatNamesNoObjectIsAnErrorThatNamesIt(key: String, problem: String) async throws {
        let http = Self.answering()
        let outcome = try await Self.handler(over: http, key: key)
            .handle(HandlerConformance.batch(1, of: 4..<6), meter: WorkMeter())
        guard case .responded(let response) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(response.functionError == "Unhandled")
        let error = try JSONValue(parsing: response.body)
        #expect(error["errorType"]?.string == "UnnamedObject")
        #expect(error["errorMessage"]?.string?.hasPrefix("record 100004 names no object: \(problem)") == true)
        #expect(http.messages.isEmpty)
    }

    /// What a record says may be anything; nothing of it may get into a host name.
    @Test(arguments: ["a/b", "evil.com/", "x", "a b", "ä-bucket", "-", String(repeating: "b", count: 64), "a#b", "a@b"])
    func whatIsNoBucketsNameIsNotAskedFor(bucket: String) async throws {
        let http = Self.answering()
        let keys = #"{"messageId":{"S":"\#(bucket)"},"createdAt":{"N":"1"}}"#
        let batch = RecordBatch(
            id: BatchID(1),
            shard: ShardID("shardId-0"),
            records: [HandlerConformance.record(1, keys: keys)]
        )
        let handler = try Self.handler(over: http, bucket: "{Keys.messageId}", key: "k")
        guard case .responded(let response) = try await handler.handle(batch, meter: WorkMeter()) else {
            Issue.record("it was accepted")
            return
        }
        #expect(response.text.contains("not a bucket's name"))
        #expect(http.messages.isEmpty)
    }

    @Test(arguments: [(#"\u0001"#, "control character"), (String(repeating: "x", count: 1025), "longer than 1024")])
    func aKeyThatCannotBeSentIsNamed(text: String, problem: String) async throws {
        let keys = #"{"messageId":{"S":"\#(text)"},"createdAt":{"N":"1"}}"#
        let batch = RecordBatch(
            id: BatchID(1),
            shard: ShardID("shardId-0"),
            records: [HandlerConformance.record(1, keys: keys)]
        )
        let handler = try Self.handler(over: Self.answering(), key: "{Keys.messageId}")
        guard case .responded(let response) = try await handler.handle(batch, meter: WorkMeter()) else {
            Issue.record("it was accepted")
            return
        }
        #expect(response.text.contains(problem))
    }

    // MARK: - Refusals

    private static func result(_ errors: (key: String, code: String)...) -> String {
        "<DeleteResult>"
            + errors.map { "<Error><Key>\($0.key)</Key><Code>\($0.code)</Code><Message>no</Message></Error>" }.joined()
            + "</DeleteResult>"
    }

    @Test func objectsThatWereNotDeletedAreReportedOneByOneWhereThatIsOn() async throws {
        let http = Self.answering(Self.result(("in/msg-3", "AccessDenied"), ("in/msg-1", "InternalError")))
        let meter = WorkMeter()
        let outcome = try await Self.handler(over: http, reportsItemFailures: true)
            .handle(HandlerConformance.batch(1, of: 0..<5), meter: meter)
        let body = #"{"batchItemFailures":[{"itemIdentifier":"100001"},{"itemIdentifier":"100003"}]}"#
        #expect(outcome == .responded(FunctionResponse(body: Array(body.utf8))))
        #expect(meter.total.itemsDeleted == 3)
        #expect(meter.total.unprocessedItems == 2)
        #expect(meter.total.singleRequests == 0)
    }

    @Test func otherwiseOneThatWasNotDeletedFailsTheBatch() async throws {
        let http = Self.answering(Self.result(("in/msg-3", "AccessDenied")))
        let outcome = try await Self.handler(over: http).handle(
            HandlerConformance.batch(1, of: 0..<5),
            meter: WorkMeter()
        )
        guard case .responded(let response) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(response.functionError == "Unhandled")
        let error = try JSONValue(parsing: response.body)
        #expect(error["errorType"]?.string == "AccessDenied")
        #expect(error["errorMessage"]?.string?.contains("record 100003") == true)
    }

    @Test func whatPassesByItselfIsTriedAgainWithoutCounting() async throws {
        let http = Self.answering(Self.result(("in/msg-3", "InternalError"), ("in/msg-4", "SlowDown")))
        let outcome = try await Self.handler(over: http, reportsItemFailures: true)
            .handle(HandlerConformance.batch(1, of: 0..<5), meter: WorkMeter())
        guard case .retry(after: nil, let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains("2 objects") && reason.contains("InternalError"))
    }

    /// Some answer with 200 and an error for the whole request.
    @Test func anErrorThatNamesNoObjectFailsTheBatch() async throws {
        let http = Self.answering("<Error><Code>InternalError</Code><Message>no</Message></Error>")
        let outcome = try await Self.handler(over: http).handle(
            HandlerConformance.batch(1, of: 0..<5),
            meter: WorkMeter()
        )
        guard case .responded(let response) = outcome, response.functionError != nil else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test(arguments: [
        ("NoSuchBucket", 404, "Check the bucket's name"),
        ("AccessDenied", 403, "s3:DeleteObject on arn:aws:s3:::my-bucket/*"),
        ("PermanentRedirect", 301, "--bucket-region"), ("InvalidAccessKeyId", 403, "Check the access key"),
        ("ExpiredToken", 400, "log in again"),
    ])
    func whatCannotSucceedStopsTheConsumerWithAdvice(code: String, status: Int, advice: String) async throws {
        let outcome = try await Self.handler(over: Self.refusing(code, status: status))
            .handle(HandlerConformance.batch(1, of: 0..<1), meter: WorkMeter())
        guard case .stop(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains(code) && reason.contains(advice), "\(reason)")
    }

    @Test func aBucketThatARecordNamesCannotStopTheConsumer() async throws {
        let http = Self.refusing("NoSuchBucket", status: 404)
        let outcome = try await Self.handler(over: http, bucket: "{Keys.messageId}", key: "k")
            .handle(HandlerConformance.batch(1, of: 0..<1), meter: WorkMeter())
        guard case .responded(let response) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(response.functionError == "Unhandled")
        #expect(response.text.contains("msg-0: DeleteObjects: NoSuchBucket"))
    }

    @Test func aServiceThatWantsToSlowDownIsAskedAgainLater() async throws {
        let http = Self.refusing("SlowDown", status: 503, headers: [("Retry-After", "7")])
        let meter = WorkMeter()
        let outcome = try await Self.handler(over: http).handle(HandlerConformance.batch(1, of: 0..<1), meter: meter)
        guard case .retry(after: .seconds(7), _) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(meter.total.throttles == 1)
        #expect(http.messages.count == 3)
    }

    @Test func cancellationIsNotAFailure() async throws {
        let http = ScriptedHTTP { _ throws(HTTPFailure) in throw .cancelled }
        await #expect(throws: CancellationError.self) {
            try await Self.handler(over: http).handle(HandlerConformance.batch(1, of: 0..<1), meter: WorkMeter())
        }
    }

    // MARK: -

    @Test func aDryRunDeletesNothingAndTellsAll() async throws {
        let http = Self.answering()
        let plans = Mutex<[EventPlan]>([])
        let handler = try Self.handler(over: http, isDryRun: true) { plan in plans.withLock { $0.append(plan) } }
        let batch = HandlerConformance.batch(1, of: 0..<2)
        #expect(try await handler.handle(batch, meter: WorkMeter()) == .doneWithoutCheckpoint)
        #expect(http.messages.isEmpty)
        let plan = try #require(plans.withLock { $0.first })
        #expect(plan.operation == "DeleteObjects")
        #expect(plan.target == "my-bucket/in/{Keys.messageId}")
        #expect(
            plan.requests.map { String(decoding: $0, as: UTF8.self) } == [
                #"{"Bucket":"my-bucket","Keys":["in/msg-0","in/msg-1"]}"#
            ]
        )
    }

    @Test(arguments: HandlerConformance.rules)
    func itKeepsTheRulesOfHandlers(rule: HandlerConformance.Rule) async throws {
        try await rule.check { ConformingHandler { try Self.handler(over: Self.answering()) } }
        try await rule.check { ConformingHandler { try Self.handler(over: Self.answering(), isDryRun: true) } }
    }
}
