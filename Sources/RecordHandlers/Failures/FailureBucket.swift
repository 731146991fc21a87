// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
package import ConsumerEngine
import DynamoDBModel

/// Puts an object into an S3 bucket for each batch that is given up: the message with its records.
package struct FailureBucket: FailureDestination {
    private let bucket: DestinationName.ARNParts
    private let source: FailureSource
    private let buckets: BucketConnections

    /// Creates a destination; nothing is sent yet.
    package init(bucket: DestinationName.ARNParts, source: FailureSource, buckets: BucketConnections) {
        self.bucket = bucket
        self.source = source
        self.buckets = buckets
    }

    /// Puts the object; what fails for a passing reason is repeated.
    package func deliver(_ discarded: DiscardedBatch) async throws {
        try await self.send(discarded, repeats: true)
    }

    /// Puts the object, once.
    package func deliverOnce(_ discarded: DiscardedBatch) async throws {
        try await self.send(discarded, repeats: false)
    }

    private func send(_ discarded: DiscardedBatch, repeats: Bool) async throws {
        let message = self.source.message(of: discarded)
        let key = message.objectKey(mapping: self.source.mapping, random: self.source.ids.next())
        do throws(AWSCallError) {
            let bucket = try self.buckets.bucket(self.bucket.name)
            _ = try await bucket.connection.send(
                AWSCall(
                    operation: "PutObject",
                    method: "PUT",
                    path: bucket.path(of: key),
                    headers: [("Content-Type", "application/json")],
                    body: message.bytesWithPayload
                ),
                repeats: repeats
            )
        } catch {
            if case .cancelled = error.reason { throw CancellationError() }
            var advice: String?
            if case .service(let code, _) = error.reason {
                advice = S3Advice.advice(for: code, bucket: self.bucket.name, action: "s3:PutObject")
            }
            throw DeliveryError(error, destination: "bucket \(self.bucket.name)", advice: advice)
        }
    }
}
