// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBModel
import RecordHandlers

/// A queue of a moto server, made and read by calls of our own.
struct MotoQueue {
    /// The queue, as an option of the program names it.
    let arn: String
    private let url: String
    private let server: String

    /// Makes a queue.
    init(_ name: String, at server: String) async throws {
        self.server = server
        self.arn = "arn:aws:sqs:us-east-1:123456789012:\(name)"
        let reply = try await Self.call("CreateQueue", #"{"QueueName":"\#(name)"}"#, at: server)
        self.url = reply["QueueUrl"]?.string ?? ""
    }

    /// The bodies of its messages.
    func messages() async throws -> [String] {
        let input = #"{"QueueUrl":"\#(self.url)","MaxNumberOfMessages":10}"#
        let reply = try await Self.call("ReceiveMessage", input, at: self.server)
        return reply["Messages"]?.array?.compactMap { $0["Body"]?.string } ?? []
    }

    private static func call(_ operation: String, _ input: String, at server: String) async throws -> JSONValue {
        let call = AWSCall(
            operation: operation,
            headers: [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "AmazonSQS.\(operation)")],
            body: Array(input.utf8)
        )
        return try JSONValue(parsing: try await MotoCall.send(call, to: .sqs, at: server))
    }
}
