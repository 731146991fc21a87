// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
package import ConsumerEngine
import DynamoDBModel
import StreamSession

/// Deletes from S3 the objects that records name.
///
/// Up to 1,000 a request, each object once a batch. Deleting an object that is not there succeeds; in a bucket with
/// versions a delete adds a marker and keeps the versions. A record that names no object is an error of the batch and
/// nothing of the batch is deleted, as the templates do not fit the table then.
package struct DeleteObjectsHandler: RecordHandler {
    private let configuration: DeleteObjectsConfiguration
    private let buckets: BucketConnections

    /// Creates a handler.
    package init(configuration: DeleteObjectsConfiguration, buckets: BucketConnections) {
        self.configuration = configuration
        self.buckets = buckets
    }

    /// Deletes what the batch names.
    package func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        let plan: ObjectPlan
        do throws(ObjectPlan.Unnamed) {
            plan = try ObjectPlan(batch.records, bucket: self.configuration.bucket, key: self.configuration.key)
        } catch {
            return Self.failure(
                "UnnamedObject",
                "record \(error.sequenceNumber) names no object: \(error.reason) (--bucket '\(self.configuration.bucket)' "
                    + "--key '\(self.configuration.key)')"
            )
        }
        if self.configuration.isDryRun {
            self.configuration.report(
                EventPlan(
                    batch: batch,
                    target: "\(self.configuration.bucket)/\(self.configuration.key)",
                    operation: "DeleteObjects",
                    requests: plan.requests.map { Self.json($0) }
                )
            )
            return .doneWithoutCheckpoint
        }
        var failed: [Failed] = []
        for request in plan.requests {
            try Task.checkCancellation()
            switch try await self.send(request, meter: meter) {
            case .refused(let objects): failed += objects
            case .ended(let outcome): return outcome
            }
        }
        if let outcome = self.outcome(of: failed) { return outcome }
        meter.add(HandlerWork(singleRequests: batch.records.count, repeatedKeys: plan.repeatedKeys))
        return .done
    }

    // MARK: - Requests

    /// An object that was not deleted, and why.
    private struct Failed {
        var object: ObjectPlan.Object
        var refusal: DeleteObjectsCall.Refusal
    }

    private enum Sent {
        /// The request was carried out but for these.
        case refused([Failed])
        /// It was not carried out.
        case ended(HandlerOutcome)
    }

    private func send(_ request: ObjectPlan.Request, meter: WorkMeter) async throws -> Sent {
        var work = HandlerWork(requests: ["DeleteObjects": 1])
        defer { meter.add(work) }
        do throws(AWSCallError) {
            let bucket = try self.buckets.bucket(request.bucket)
            let reply = try await bucket.connection.send(DeleteObjectsCall.call(request, path: bucket.path))
            let refusals = DeleteObjectsCall.refusals(in: reply.body)
            let byKey = Dictionary(refusals.map { ($0.key, $0) }) { first, _ in first }
            let failed = request.objects.compactMap { object in
                byKey[object.key].map { Failed(object: object, refusal: $0) }
            }
            if failed.isEmpty, let refusal = refusals.first {
                return .ended(
                    Self.failure(refusal.code, "bucket \(request.bucket): \(refusal.code): \(refusal.message)")
                )
            }
            work.itemsDeleted = request.objects.count - failed.count
            work.unprocessedItems = failed.count
            return .refused(failed)
        } catch {
            if case .cancelled = error.reason { throw CancellationError() }
            if error.isThrottle { work.throttles = 1 }
            return .ended(self.outcome(of: error, bucket: request.bucket))
        }
    }

    /// What single refusals mean; nil: there are none.
    private func outcome(
        of failed: [Failed]
    ) -> HandlerOutcome? {
        guard let first = failed.first else { return nil }
        let text =
            "\(failed.count) objects were not deleted, the first with \(first.refusal.code): \(first.refusal.message)"
        if failed.allSatisfy({ Self.passing.contains($0.refusal.code) }) { return .retry(after: nil, reason: text) }
        guard self.configuration.reportsItemFailures else {
            return Self.failure(first.refusal.code, "\(text) (record \(first.object.sequenceNumber))")
        }
        var json = JSONWriter()
        json.object { json in
            json.name("batchItemFailures")
            json.beginArray()
            for failure in failed {
                json.object { json in json.member("itemIdentifier", failure.object.sequenceNumber.text) }
            }
            json.endArray()
        }
        return .responded(FunctionResponse(body: json.bytes))
    }

    /// What a request that failed as a whole means.
    private func outcome(of error: AWSCallError, bucket: String) -> HandlerOutcome {
        let text = "bucket \(bucket): \(error)"
        switch error.reason {
        case .credentials(let problem): return .stop(reason: problem.description)
        case .service(let code, _):
            guard let advice = S3Advice.advice(for: code, bucket: bucket, action: "s3:DeleteObject") else { break }
            // A bucket that a record names may be wrong in that record alone.
            guard self.configuration.bucket.constant != nil else { return Self.failure(code, "\(text). \(advice)") }
            return .stop(reason: "\(text). \(advice)")
        default: break
        }
        return .retry(after: error.retryAfter, reason: text)
    }

    /// Codes of single objects that pass by themselves.
    private static let passing: Set<String> = ["InternalError", "SlowDown", "ServiceUnavailable", "RequestTimeout"]

    // MARK: - Texts

    private static func failure(_ type: String, _ message: String) -> HandlerOutcome {
        .responded(.failure(type: type, message))
    }

    private static func json(_ request: ObjectPlan.Request) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("Bucket", request.bucket)
            json.name("Keys")
            json.beginArray()
            for object in request.objects { json.string(object.key) }
            json.endArray()
        }
        return json.bytes
    }
}
