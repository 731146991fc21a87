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

    /// Sends the message; what fails for a passing reason is repeated.
    package func deliver(_ discarded: DiscardedBatch) async throws {
        try await self.send(discarded, repeats: true)
    }

    /// Sends the message, once.
    package func deliverOnce(_ discarded: DiscardedBatch) async throws {
        try await self.send(discarded, repeats: false)
    }

    private func send(_ discarded: DiscardedBatch, repeats: Bool) async throws {
        let message = self.source.message(of: discarded)
        do throws(AWSCallError) {
            let url = try await self.url(repeats: repeats)
            var json = JSONWriter(capacity: 2048)
            json.object { json in
                json.member("QueueUrl", url)
                json.member("MessageBody", String(decoding: message.bytes, as: UTF8.self))
            }
            _ = try await self.connection.send(Self.call("SendMessage", json.bytes), repeats: repeats)
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
    private func url(repeats: Bool) async throws(AWSCallError) -> String {
        if let url = self.queueURL.withLock({ $0 }) { return url }
        let url: String
        do throws(AWSCallError) {
            let reply = try await self.connection.send(Self.lookup(of: self.queue), repeats: repeats)
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

    /// The call that asks for a queue's URL.
    static func lookup(of queue: DestinationName.ARNParts) -> AWSCall {
        var json = JSONWriter()
        json.object { json in
            json.member("QueueName", queue.name)
            json.member("QueueOwnerAWSAccountId", queue.account)
        }
        return Self.call("GetQueueUrl", json.bytes)
    }

    private static func call(_ operation: String, _ body: [UInt8]) -> AWSCall {
        AWSCall(
            operation: operation,
            headers: [
                ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "AmazonSQS.\(operation)"),
            ],
            body: body
        )
    }
}
