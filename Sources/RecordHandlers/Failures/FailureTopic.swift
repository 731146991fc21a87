// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport
package import ConsumerEngine

/// Publishes a message to an SNS topic for each batch that is given up.
package struct FailureTopic: FailureDestination {
    private let topic: DestinationName.ARNParts
    private let source: FailureSource
    private let connection: ServiceConnection

    /// Creates a destination; nothing is sent yet.
    package init(topic: DestinationName.ARNParts, source: FailureSource, connection: ServiceConnection) {
        self.topic = topic
        self.source = source
        self.connection = connection
    }

    /// Publishes the message; what fails for a passing reason is repeated.
    package func deliver(_ discarded: DiscardedBatch) async throws {
        try await self.send(discarded, repeats: true)
    }

    /// Publishes the message, once.
    package func deliverOnce(_ discarded: DiscardedBatch) async throws {
        try await self.send(discarded, repeats: false)
    }

    private func send(_ discarded: DiscardedBatch, repeats: Bool) async throws {
        let message = String(decoding: self.source.message(of: discarded).bytes, as: UTF8.self)
        let fields = [
            ("Action", "Publish"), ("Version", "2010-03-31"), ("TopicArn", self.topic.text), ("Message", message),
        ]
        let body = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        do throws(AWSCallError) {
            _ = try await self.connection.send(
                AWSCall(
                    operation: "Publish",
                    headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
                    body: Array(body.utf8)
                ),
                repeats: repeats
            )
        } catch {
            if case .cancelled = error.reason { throw CancellationError() }
            throw DeliveryError(
                error,
                destination: "topic \(self.topic)",
                advice: DeliveryError.advice(for: error, action: "sns:Publish", resource: self.topic.text)
            )
        }
    }
}
