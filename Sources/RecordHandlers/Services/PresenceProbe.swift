// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport
import DynamoDBModel

/// Asks whether a queue, a topic or a bucket is there, by a call that changes nothing.
package struct PresenceProbe: Sendable {
    /// What is asked for, for people: `queue arn:aws:sqs:…`.
    package let subject: String
    /// The permission that the question needs.
    package let action: String
    /// What the permission is needed on.
    package let resource: String
    private let connection: ServiceConnection
    private let call: AWSCall
    private let advice: @Sendable (AWSCallError) -> String?

    private init(
        _ subject: String,
        action: String,
        on resource: String,
        connection: ServiceConnection,
        call: AWSCall,
        advice: @escaping @Sendable (AWSCallError) -> String?
    ) {
        self.subject = subject
        self.action = action
        self.resource = resource
        self.connection = connection
        self.call = call
        self.advice = advice
    }

    /// A question for a queue (GetQueueUrl).
    package static func queue(_ queue: DestinationName.ARNParts, connection: ServiceConnection) -> Self {
        Self(
            "queue \(queue)",
            action: "sqs:GetQueueUrl",
            on: queue.text,
            connection: connection,
            call: FailureQueue.lookup(of: queue),
            advice: { DeliveryError.advice(for: $0, action: "sqs:GetQueueUrl", resource: queue.text) }
        )
    }

    /// A question for a topic (GetTopicAttributes).
    package static func topic(_ topic: DestinationName.ARNParts, connection: ServiceConnection) -> Self {
        let fields = "Action=GetTopicAttributes&Version=2010-03-31&TopicArn=\(PercentEncoding.encode(topic.text))"
        return Self(
            "topic \(topic)",
            action: "sns:GetTopicAttributes",
            on: topic.text,
            connection: connection,
            call: AWSCall(
                operation: "GetTopicAttributes",
                headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
                body: Array(fields.utf8)
            ),
            advice: { DeliveryError.advice(for: $0, action: "sns:GetTopicAttributes", resource: topic.text) }
        )
    }

    /// A question for a bucket: a list of one object, whose refusal says more than that of HeadBucket.
    package static func bucket(_ name: String, at bucket: BucketConnections.Bucket) -> Self {
        Self(
            "bucket \(name)",
            action: "s3:ListBucket",
            on: "arn:aws:s3:::\(name)",
            connection: bucket.connection,
            call: AWSCall(
                operation: "ListObjectsV2",
                method: "GET",
                path: bucket.path,
                query: "list-type=2&max-keys=1",
                headers: [],
                body: []
            ),
            advice: { error in
                guard case .service(let code, _) = error.reason else { return nil }
                return S3Advice.advice(for: code, bucket: name, action: "s3:ListBucket")
            }
        )
    }

    /// Asks once.
    ///
    /// - Throws: Why it is not known to be there.
    package func run() async throws(AWSCallError) {
        _ = try await self.connection.send(self.call, repeats: false)
    }

    /// What to do about a refusal; nil if it speaks for itself.
    package func advice(for error: AWSCallError) -> String? {
        switch error.reason {
        case .credentials(let problem): problem.advice
        default: self.advice(error)
        }
    }

    /// Whether the question is not allowed, which says nothing of what was asked for.
    package static func isForbidden(_ error: AWSCallError) -> Bool {
        guard case .service(let code, _) = error.reason else { return false }
        return [
            "AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException",
            "AllAccessDisabled",
        ].contains(code)
    }
}
