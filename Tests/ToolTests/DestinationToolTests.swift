// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DemoPipeline
import DynamoDBModel
import Foundation
import StreamSession
import TestServers
import TestSupport
import Testing

/// Where is told what was given up: services as an emulator by others has them, and one that is away.
@Suite("Failure destinations of the program", .timeLimit(.minutes(3)))
struct DestinationToolTests {
    private static let hasMoto = MotoServer.python != nil || MotoServer.isRequired

    /// The records that the messages name, and whether each message says why.
    private static func check(_ messages: [String], against discards: [[String: Any]], hasPayload: Bool) throws {
        let told = try messages.map { try JSONValue(parsing: Array($0.utf8)) }
        func places(_ values: [JSONValue]) -> Set<String> {
            Set(
                values.map {
                    "\($0["startSequenceNumber"]?.string ?? "?") to \($0["endSequenceNumber"]?.string ?? "?")"
                }
            )
        }
        let expected = Set(discards.map { "\($0["start"] as? String ?? "") to \($0["end"] as? String ?? "")" })
        #expect(places(told.compactMap { $0["DDBStreamBatchInfo"] }) == expected)
        #expect(messages.count == discards.count && !messages.isEmpty)
        for message in told {
            #expect(message["requestContext"]?["condition"]?.string == "RetryAttemptsExhausted")
            #expect(message["responseContext"]?["functionError"]?.string == "Unhandled")
            let records = message["payload"]?["Records"]?.array?.count
            #expect(records == (hasPayload ? 2 : nil))
        }
    }

    @Test(.enabled(if: hasMoto, "needs a Python with moto: set WEIR_TEST_PYTHON, or let ./dev test make .venv"))
    func topicAndBucketGetAMessageForEachBatch() async throws {
        let python = try #require(MotoServer.python, "WEIR_REQUIRE_INTEROP is set, but there is no Python with moto")
        try await MotoServer.run(python: python) { server in
            let topic = try await MotoTopic("failed", at: server)
            let bucket = try await MotoBucket("failed-batches", at: server)
            try await GivenUpRun.with(records: 6) { given in
                let failing = try ["--batch-size", "2"] + given.script("exit 1")
                let first = try await given.run(["--on-failure", topic.arn, "--on-failure-endpoint", server] + failing)
                #expect(first.status == 0, "\(first.errors)")
                try Self.check(try await topic.messages(), against: first.lines("discard"), hasPayload: false)
                #expect(try first.lastObject()["destination_messages_delivered"] as? Int == 3)

                let second = try await given.run(["--on-failure", bucket.arn, "--s3-endpoint", server] + failing)
                #expect(second.status == 0, "\(second.errors)")
                let objects = try await bucket.objects()
                try Self.check(Array(objects.values), against: second.lines("discard"), hasPayload: true)
                #expect(objects.keys.allSatisfy { $0.hasPrefix("aws/lambda/") && $0.contains("/shardId-") })
                for result in [first, second] {
                    #expect(result.errors.contains("0 of 6 records in 3 batches, "))
                    #expect(!result.errors.contains("could not be sent"))
                }
            }
        }
    }

    @Test func messagesThatAreNotTakenAreCountedAndSaid() async throws {
        let arn = "arn:aws:sqs:us-east-1:123456789012:failed"
        try await GivenUpRun.with(records: 6) { given in
            let result = try await given.run(
                try [
                    "--batch-size", "2", "--on-failure", arn, "--on-failure-endpoint", "http://127.0.0.1:1",
                ] + given.script("exit 1"),
                environment: ["AWS_MAX_ATTEMPTS": "1"]
            )
            #expect(result.status == 0, "\(result.errors)")
            let summary = try result.lastObject()
            for (name, count) in [
                ("destination_messages_failed", 3), ("destination_messages_delivered", 0), ("destination_failed", 6),
                ("dropped", 6), ("batches", 0), ("batches_discarded", 3),
            ] {
                #expect(summary[name] as? Int == count, "\(name): \(summary)")
            }
            let errors = try result.lines("discard").compactMap { $0["destination_error"] as? String }
            #expect(errors.count == 3)
            for error in errors {
                #expect(error.contains("queue \(arn) was not told: GetQueueUrl: nothing listens at http://127.0.0.1:1"))
            }
            let lines = result.errors.split(separator: "\n")
            // The cause is said when the first message fails, and how many did at the end.
            #expect(lines.filter { $0.contains("did not take a message: queue \(arn) was not told") }.count == 1)
            #expect(lines.contains("3 of 3 messages could not be sent to \(arn)"), "\(result.errors)")
            #expect(lines.contains { $0.hasPrefix("0 of 6 records in 3 batches, ") }, "\(result.errors)")
        }
    }
}
