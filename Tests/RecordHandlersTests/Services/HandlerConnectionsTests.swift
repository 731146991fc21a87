// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import RecordHandlers
import Testing

@Suite("Where handlers connect to")
struct HandlerConnectionsTests {
    private static let keys = ["AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"]

    private static func url(
        _ service: ServiceIdentity,
        _ environment: [String: String] = [:],
        region: String? = nil,
        endpointURL: String? = nil
    ) async throws -> String {
        let made = try TestConnections.connections(Self.keys.merging(environment) { $1 })
            .connect(to: service, region: region, endpointURL: endpointURL)
        await made.shutdown()
        return made.connection.endpoint.url
    }

    @Test func eachServiceHasItsHost() async throws {
        #expect(try await Self.url(.lambda) == "https://lambda.us-east-1.amazonaws.com")
        #expect(try await Self.url(.sqs) == "https://sqs.us-east-1.amazonaws.com")
        #expect(try await Self.url(.sns) == "https://sns.us-east-1.amazonaws.com")
        #expect(try await Self.url(.s3) == "https://s3.us-east-1.amazonaws.com")
        #expect(
            try await Self.url(.s3, ["AWS_USE_DUALSTACK_ENDPOINT": "true"])
                == "https://s3.dualstack.us-east-1.amazonaws.com"
        )
        #expect(
            try await Self.url(.lambda, ["AWS_USE_DUALSTACK_ENDPOINT": "true"]) == "https://lambda.us-east-1.api.aws"
        )
        #expect(
            try await Self.url(.lambda, ["AWS_USE_FIPS_ENDPOINT": "true"])
                == "https://lambda-fips.us-east-1.amazonaws.com"
        )
        #expect(try await Self.url(.sqs, region: "cn-north-1") == "https://sqs.cn-north-1.amazonaws.com.cn")
    }

    /// The endpoint of tables and streams is not where functions and queues are.
    @Test func theEndpointOfTablesDoesNotCount() async throws {
        let made = try TestConnections.connections(Self.keys).connect(to: .lambda)
        #expect(made.endpoint == nil)
        #expect(made.region == "us-east-1")
        await made.shutdown()
    }

    @Test func anOptionGoesBeforeTheServicesVariableAndThatBeforeTheCommonOne() async throws {
        let common = ["AWS_ENDPOINT_URL": "http://127.0.0.1:1000"]
        let both = common.merging(["AWS_ENDPOINT_URL_LAMBDA": "http://127.0.0.1:2000"]) { $1 }
        #expect(try await Self.url(.lambda, common) == "http://127.0.0.1:1000")
        #expect(try await Self.url(.lambda, both) == "http://127.0.0.1:2000")
        #expect(try await Self.url(.sqs, both) == "http://127.0.0.1:1000")
        #expect(try await Self.url(.lambda, both, endpointURL: "http://127.0.0.1:3000") == "http://127.0.0.1:3000")
    }

    @Test func aBucketIsAHostOnAWSAndAPathElsewhere() async throws {
        let onAWS = try TestConnections.connections(Self.keys).buckets(region: "eu-west-1")
        let bucket = try onAWS.bucket("my-bucket")
        #expect(bucket.connection.endpoint.url == "https://my-bucket.s3.eu-west-1.amazonaws.com")
        #expect(bucket.path(of: "a b/c") == "/a%20b/c")
        #expect(onAWS.endpoint == nil && onAWS.region == "eu-west-1")
        await onAWS.shutdown()

        let elsewhere = try TestConnections.connections(Self.keys).buckets(endpointURL: "http://127.0.0.1:1/base")
        let other = try elsewhere.bucket("my-bucket")
        #expect(other.connection.endpoint.url == "http://127.0.0.1:1/base")
        #expect(other.path(of: "a b/c") == "/my-bucket/a%20b/c")
        #expect(elsewhere.endpoint == "http://127.0.0.1:1/base")
        await elsewhere.shutdown()
    }

    @Test func onThisMachineNeitherRegionNorCredentialsAreNeeded() async throws {
        let made = try TestConnections.connections(region: nil).connect(
            to: .lambda,
            endpointURL: "http://127.0.0.1:9000"
        )
        #expect(made.region == "us-east-1")
        #expect(made.endpoint == "http://127.0.0.1:9000")
        await made.shutdown()
    }

    @Test func credentialsDoNotGoOverPlainHTTPToAnotherMachine() {
        let error = #expect(throws: ConnectionError.self) {
            try TestConnections.connections(Self.keys).connect(to: .sqs, endpointURL: "http://example.com")
        }
        #expect(error?.code == .plainHTTPRefused)
    }
}
