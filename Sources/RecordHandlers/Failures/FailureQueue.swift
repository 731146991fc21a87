// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport
package import ConsumerEngine
import DynamoDBModel
import Synchronization

/// Sends a message to an SQS queue for each batch that is given up.
package final class FailureQueue: FailureDestination {
    private let queue: DestinationName.ARNParts
    private let source: FailureSource
    private let connection: ServiceConnection
    private let queueURL = Mutex<String?>(nil)

    /// Creates a destination; nothing is sent yet.
    package init(queue: DestinationName.ARNParts, source: FailureSource, connection: ServiceConnection) {
        self.queue = queue
        self.source = source
        self.connection = connection
    }

    /// Sends the message.
    package func deliver(_ discarded: DiscardedBatch) async throws {
        let message = self.source.message(of: discarded)
        do throws(AWSCallError) {
            let url = try await self.url()
            var json = JSONWriter(capacity: 2048)
            json.object { json in
                json.member("QueueUrl", url)
                json.member("MessageBody", String(decoding: message.bytes, as: UTF8.self))
            }
            _ = try await self.call("SendMessage", json.bytes)
        } catch {
            // It may have been deleted and made anew.
            self.queueURL.withLock { $0 = nil }
            if case .cancelled = error.reason { throw CancellationError() }
            throw DeliveryError(
                error,
                destination: "queue \(self.queue)",
                advice: DeliveryError.advice(for: error, action: "sqs:\(error.operation)", resource: self.queue.text)
            )
        }
    }

    /// The queue's URL, asked for once.
    private func url() async throws(AWSCallError) -> String {
        if let url = self.queueURL.withLock({ $0 }) { return url }
        var json = JSONWriter()
        json.object { json in
            json.member("QueueName", self.queue.name)
            json.member("QueueOwnerAWSAccountId", self.queue.account)
        }
        let url: String
        do throws(AWSCallError) {
            let reply = try await self.call("GetQueueUrl", json.bytes)
            guard let text = (try? JSONValue(parsing: reply.body))?["QueueUrl"]?.string else {
                throw AWSCallError(
                    operation: "GetQueueUrl",
                    reason: .malformed,
                    message: "the answer has no QueueUrl",
                    attempts: reply.attempts
                )
            }
            url = text
        } catch {
            guard case .service(let code, _) = error.reason, code.hasPrefix("AccessDenied") else { throw error }
            // Who may only send knows the URL all the same: it has this form.
            url = "\(self.connection.endpoint.url)/\(self.queue.account ?? "")/\(self.queue.name)"
        }
        self.queueURL.withLock { $0 = url }
        return url
    }

    private func call(_ operation: String, _ body: [UInt8]) async throws(AWSCallError) -> AWSReply {
        try await self.connection.send(
            AWSCall(
                operation: operation,
                headers: [
                    ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "AmazonSQS.\(operation)"),
                ],
                body: body
            )
        )
    }
}
