// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport

extension ServiceIdentity {
    /// DynamoDB: tables and items.
    package static let dynamoDB = ServiceIdentity(
        signingName: "dynamodb",
        environmentName: "DYNAMODB",
        configurationName: "dynamodb",
        host: "dynamodb.{region}.{suffix}",
        dualStackHost: "dynamodb.{region}.{suffix}",
        fipsHost: "dynamodb-fips.{region}.{suffix}",
        fipsDualStackHost: "dynamodb-fips.{region}.{suffix}",
        localURL: "http://localhost:8000",
        legacyRetry: LegacyRetry(maximumAttempts: 10, firstPause: .milliseconds(50))
    )

    /// DynamoDB Streams; its requests are signed as `dynamodb` too.
    package static let dynamoDBStreams = ServiceIdentity(
        signingName: "dynamodb",
        environmentName: "DYNAMODB_STREAMS",
        configurationName: "dynamodb_streams",
        host: "streams.dynamodb.{region}.{suffix}",
        dualStackHost: "streams-dynamodb.{region}.{suffix}",
        fipsHost: "streams.dynamodb-fips.{region}.{suffix}",
        fipsDualStackHost: "streams-dynamodb-fips.{region}.{suffix}",
        legacyRetry: LegacyRetry(maximumAttempts: 10, firstPause: .milliseconds(50))
    )
}
