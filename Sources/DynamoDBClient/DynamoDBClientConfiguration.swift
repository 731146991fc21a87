// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Logging

/// The settings of a client that takes nothing from environment or files.
///
/// No text made of it shows the secret or the token.
public struct DynamoDBClientConfiguration: Sendable, CustomStringConvertible, CustomReflectable {
    /// The region that requests are signed for, `us-east-1`.
    public var region: String
    /// The access key.
    public var accessKeyID: String
    /// Its secret.
    public var secretAccessKey: String
    /// The token of temporary credentials; nil for permanent ones.
    public var sessionToken: String?
    /// The URL of an endpoint for both services, `http://127.0.0.1:8000`; nil: those of the region on AWS.
    public var endpointURL: String?
    /// Whether credentials may go over plain http to a host other than loopback.
    ///
    /// Default: false.
    public var allowsPlainHTTP: Bool
    /// Attempts of a call, the first included, at least 1.
    ///
    /// Default: 3.
    public var maximumAttempts: Int
    /// How long an answer may take.
    ///
    /// Default: 30 s.
    public var responseTimeout: Duration

    /// Creates settings.
    public init(
        region: String,
        accessKeyID: String,
        secretAccessKey: String,
        sessionToken: String? = nil,
        endpointURL: String? = nil,
        allowsPlainHTTP: Bool = false,
        maximumAttempts: Int = 3,
        responseTimeout: Duration = .seconds(30)
    ) {
        self.region = region
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.endpointURL = endpointURL
        self.allowsPlainHTTP = allowsPlainHTTP
        self.maximumAttempts = maximumAttempts
        self.responseTimeout = responseTimeout
    }

    /// Region and endpoint.
    public var description: String {
        "region \(self.region), endpoint \(self.endpointURL == nil ? "of the region" : "given")"
    }

    /// No members, so that `dump` cannot show the secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    func makeClient(
        surroundings: ServiceConnection.Surroundings,
        logger: Logger
    ) throws(ConnectionError) -> DynamoDBClient {
        let options = ConnectionOptions(
            region: self.region,
            endpointURL: self.endpointURL,
            allowsPlainHTTP: self.allowsPlainHTTP
        )
        let resolver = try ConnectionResolver(options: options, context: .empty)
        var retry = RetryConfiguration.standard
        retry.maximumAttempts = max(1, self.maximumAttempts)
        let credentials = AWSCredentials(
            accessKeyID: self.accessKeyID,
            secretAccessKey: self.secretAccessKey,
            sessionToken: self.sessionToken,
            source: "the client's configuration"
        )
        return DynamoDBClient(
            region: try resolver.region(),
            profile: nil,
            endpoints: (
                tables: try resolver.endpoint(of: .dynamoDB), streams: try resolver.endpoint(of: .dynamoDBStreams)
            ),
            credentials: StaticCredentials(credentials),
            retry: retry,
            http: AsyncHTTPExecutor(limits: HTTPLimits(responseTimeout: self.responseTimeout)),
            surroundings: surroundings,
            logger: logger
        )
    }
}
