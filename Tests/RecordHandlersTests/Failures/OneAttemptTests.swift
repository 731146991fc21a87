// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import RecordHandlers
import TestSupport
import Testing

/// How often a destination calls its service for one message.
@Suite("Failure destinations that are tried once", .timeLimit(.minutes(1)))
struct OneAttemptTests {
    private static let source = FailureSource(
        functionARN: "function-arn",
        mapping: "7f0c6e2a-0000-8000-8000-000000000000",
        ids: UUIDSource(seed: 7)
    )

    private static func destination(_ arn: String, over http: ScriptedHTTP) throws -> any FailureDestination {
        switch try DestinationName(arn) {
        case .queue(let parts):
            FailureQueue(
                queue: parts,
                source: Self.source,
                connection: try TestConnections.connection(over: http, endpoint: "https://sqs.test", service: .sqs)
            )
        case .topic(let parts):
            FailureTopic(
                topic: parts,
                source: Self.source,
                connection: try TestConnections.connection(over: http, endpoint: "https://sns.test", service: .sns)
            )
        case .bucket(let parts):
            FailureBucket(
                bucket: parts,
                source: Self.source,
                buckets: try TestConnections.buckets(over: http, endpoint: "https://s3.test")
            )
        case .file(let path): try FailureFile(path: path, source: Self.source)
        }
    }

    @Test(arguments: [
        "arn:aws:sqs:us-east-1:123456789012:q", "arn:aws:sns:us-east-1:123456789012:t", "arn:aws:s3:::failed",
    ])
    func whatFailsForAPassingReasonIsRepeatedOnlyWhereThereIsTime(arn: String) async throws {
        let http = ScriptedHTTP { _ in .text("", status: 503) }
        let destination = try Self.destination(arn, over: http)
        await #expect(throws: DeliveryError.self) { try await destination.deliver(FailureMessageTests.discarded()) }
        #expect(http.messages.count == 3)
        await #expect(throws: DeliveryError.self) {
            try await destination.deliverOnce(FailureMessageTests.discarded())
        }
        #expect(http.messages.count == 4)
    }
}
