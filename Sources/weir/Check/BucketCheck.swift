// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import RecordHandlers

/// Looks whether a bucket is there.
struct BucketCheck {
    let objects: ObjectArguments
    let connections: HandlerConnections

    /// What was found.
    ///
    /// - Parameters:
    ///   - bucket: Its name; nil: each record names one, so only the endpoint is looked at.
    ///   - check: What findings of the bucket are called.
    /// - Returns: What was found of the endpoint and the bucket.
    /// - Throws: What is missing for a connection.
    func run(bucket: String?, check: String) async throws(ConnectionError) -> PlaceCheck.Outcome {
        let buckets = try self.connections.buckets(
            region: self.objects.region,
            endpointURL: self.objects.endpoint,
            limits: PlaceCheck.limits
        )
        let option = "--s3-endpoint"
        var outcome: PlaceCheck.Outcome
        if let bucket {
            do throws(AWSCallError) {
                let place = try buckets.bucket(bucket)
                outcome = await PlaceCheck.ask(.bucket(bucket, at: place), check: check, option: option)
            } catch {
                outcome = PlaceCheck.Outcome(findings: [.fail(check, error.description, nil)])
            }
        } else {
            let problem = await PlaceCheck.unreachable(buckets.base, option: option)
            outcome = PlaceCheck.Outcome(findings: [problem].compactMap(\.self))
        }
        outcome.findings.insert(PlaceCheck.endpoint("s3", buckets.base, option: option), at: 0)
        await buckets.shutdown()
        return outcome
    }
}
