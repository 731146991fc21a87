// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import RecordHandlers
import Testing

@Suite("Names of failure destinations")
struct DestinationNameTests {
    @Test func filesQueuesTopicsAndBucketsAreKnown() throws {
        #expect(try DestinationName("file:/tmp/failed.jsonl") == .file(path: "/tmp/failed.jsonl"))
        guard case .queue(let queue) = try DestinationName("arn:aws:sqs:eu-west-1:123456789012:failed"),
            case .topic(let topic) = try DestinationName("arn:aws-cn:sns:cn-north-1:123456789012:failed"),
            case .bucket(let bucket) = try DestinationName("arn:aws:s3:::failed-batches")
        else {
            Issue.record("another kind")
            return
        }
        #expect(queue.region == "eu-west-1" && queue.account == "123456789012" && queue.name == "failed")
        #expect(topic.region == "cn-north-1" && topic.text == "arn:aws-cn:sns:cn-north-1:123456789012:failed")
        #expect(bucket.region == nil && bucket.account == nil && bucket.name == "failed-batches")
    }

    @Test(arguments: [
        ("arn:aws:sqs:eu-west-1:123456789012:failed.fifo", "FIFO queues are not supported"),
        ("arn:aws:sns:eu-west-1:123456789012:failed.fifo", "FIFO topics are not supported"),
        ("kafka://topic", "Kafka"), ("arn:aws:kafka:eu-west-1:123456789012:cluster/c", "kafka is no service"),
        ("arn:aws:lambda:eu-west-1:123456789012:function:f", "lambda is no service"),
    ])
    func whatIsKnownAndNotSupportedIsRefusedWithTheReason(text: String, reason: String) {
        let error = #expect(throws: HandlerSetupError.self) { try DestinationName(text) }
        #expect(error?.code == .unsupportedDestination)
        #expect(error?.description.contains(reason) == true)
        #expect(error?.description.contains("standard SQS queue") == true)
    }

    @Test(arguments: [
        "", "failed.jsonl", "file:", "file:folder/", "arn:aws:sqs", "arn:aws:sqs:eu-west-1:123456789012:",
        "arn:aws:sqs::123456789012:q", "arn:aws:sqs:eu-west-1::q", "arn:aws:sns:eu-west-1:123456789012:t:subscription",
        "arn:aws:s3:::", "arn:aws:s3:::bucket/key",
        "arn:aws:sqs:eu-west-1:123456789012:" + String(repeating: "q", count: 350),
    ])
    func anythingElseIsRefusedWithWhatIsAccepted(text: String) {
        let error = #expect(throws: HandlerSetupError.self) { try DestinationName(text) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.description.contains("--on-failure") == true)
        #expect(error?.description.contains("file:PATH") == true)
    }
}
