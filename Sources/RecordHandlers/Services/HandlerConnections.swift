// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport
import DynamoDBModel
package import Logging

/// Makes the connections that handlers and failure destinations need, each of which may be to another service, region
/// and endpoint.
///
/// The endpoint given for tables and streams does not count here: it is the endpoint of other services. Each service has
/// an option of its own or `AWS_ENDPOINT_URL_<service>`, then `AWS_ENDPOINT_URL`, then the rules of the region.
package struct HandlerConnections: Sendable {
    /// A connection and what is told of it.
    package struct Made: Sendable {
        /// The connection.
        package var connection: ServiceConnection
        /// The region that requests are signed for.
        package var region: String
        /// Its endpoint, for people; nil: AWS.
        package var endpoint: String? {
            self.connection.endpoint.isAWS ? nil : self.connection.endpoint.url
        }
        /// Closes the connections.
        package var shutdown: @Sendable () async -> Void
    }

    /// All that a connection to a service needs.
    struct Resolved: Sendable {
        var service: ServiceIdentity
        var endpoint: ServiceEndpoint
        var region: String
        var credentials: any CredentialsProvider
        var retry: RetryConfiguration
        var http: AsyncHTTPExecutor
        var maker: HandlerConnections

        /// A connection; all of them share their sockets.
        func connection(to endpoint: ServiceEndpoint) -> ServiceConnection {
            ServiceConnection(
                endpoint: endpoint,
                service: self.service,
                region: self.region,
                credentials: self.credentials,
                retry: self.retry,
                http: self.http,
                userAgent: self.maker.userAgent,
                surroundings: self.maker.surroundings,
                logger: self.maker.logger
            )
        }

        func shutdown() async {
            // The connections are gone in any case.
            try? await self.http.shutdown()
        }
    }

    private let options: ConnectionOptions
    private let context: ProcessContext
    private let surroundings: ServiceConnection.Surroundings
    private let userAgent: String
    private let logger: Logger

    /// Creates a maker of connections.
    ///
    /// - Parameters:
    ///   - options: What the user said of region, profile and plain http.
    ///   - context: What the surroundings say.
    ///   - surroundings: Time and chance.
    ///   - userAgent: What services are told.
    ///   - logger: Gets repeated calls at level debug.
    package init(
        options: ConnectionOptions,
        context: ProcessContext,
        surroundings: ServiceConnection.Surroundings,
        userAgent: String,
        logger: Logger
    ) {
        self.options = options
        self.context = context
        var surroundings = surroundings
        surroundings.onFailure = { FailedCall($0, isRepeated: $1).tell() }
        self.surroundings = surroundings
        self.userAgent = userAgent
        self.logger = logger
    }

    /// Makes a connection; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - service: The service.
    ///   - region: The region that an ARN names; nil: that of the options.
    ///   - endpointURL: The endpoint that an option names.
    ///   - repeatsCalls: Whether a call that failed for a passing reason is made again.
    ///   - limits: Times and sizes.
    /// - Returns: The connection, to be shut down in the end.
    /// - Throws: What is missing or wrong, and what to do.
    package func connect(
        to service: ServiceIdentity,
        region: String? = nil,
        endpointURL: String? = nil,
        repeatsCalls: Bool = true,
        limits: HTTPLimits = HTTPLimits()
    ) throws(ConnectionError) -> Made {
        let resolved = try self.resolve(
            service,
            region: region,
            endpointURL: endpointURL,
            repeatsCalls: repeatsCalls,
            limits: limits
        )
        return Made(
            connection: resolved.connection(to: resolved.endpoint),
            region: resolved.region,
            shutdown: { await resolved.shutdown() }
        )
    }

    /// Makes connections to the buckets of S3; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - region: Where the buckets are; nil: the region of the options.
    ///   - endpointURL: The endpoint that an option names.
    ///   - limits: Times and sizes.
    /// - Returns: The connections, to be shut down in the end.
    /// - Throws: What is missing or wrong, and what to do.
    package func buckets(
        region: String? = nil,
        endpointURL: String? = nil,
        limits: HTTPLimits = HTTPLimits()
    ) throws(ConnectionError) -> BucketConnections {
        let resolved = try self.resolve(
            .s3,
            region: region,
            endpointURL: endpointURL,
            repeatsCalls: true,
            limits: limits
        )
        return BucketConnections(
            base: resolved.endpoint,
            region: resolved.region,
            connect: { resolved.connection(to: $0) },
            close: { await resolved.shutdown() }
        )
    }

    private func resolve(
        _ service: ServiceIdentity,
        region: String?,
        endpointURL: String?,
        repeatsCalls: Bool,
        limits: HTTPLimits
    ) throws(ConnectionError) -> Resolved {
        var options = self.options
        if let region { options.region = region }
        options.endpointURL = endpointURL
        let resolver = try ConnectionResolver(options: options, context: self.context)
        let endpoint = try resolver.endpoint(of: service)
        let signingRegion = try resolver.region(isLocal: endpoint.isLoopback)
        let credentials = try resolver.credentials(isLocal: endpoint.isLoopback)
        var retry = try resolver.retryConfiguration(of: service)
        if !repeatsCalls { retry.maximumAttempts = 1 }
        return Resolved(
            service: service,
            endpoint: endpoint,
            region: signingRegion,
            credentials: credentials,
            retry: retry,
            http: AsyncHTTPExecutor(limits: limits),
            maker: self
        )
    }
}
