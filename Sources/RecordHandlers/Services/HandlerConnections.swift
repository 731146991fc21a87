// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport
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
        var options = options
        options.endpointURL = nil
        self.options = options
        self.context = context
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
    ///   - host: Puts something before the endpoint's host, such as a bucket, where the endpoint is AWS's.
    ///   - repeatsCalls: Whether a call that failed for a passing reason is made again.
    ///   - limits: Times and sizes.
    /// - Returns: The connection, to be shut down in the end.
    /// - Throws: What is missing or wrong, and what to do.
    package func connect(
        to service: ServiceIdentity,
        region: String? = nil,
        endpointURL: String? = nil,
        host: String? = nil,
        repeatsCalls: Bool = true,
        limits: HTTPLimits = HTTPLimits()
    ) throws(ConnectionError) -> Made {
        var options = self.options
        if let region { options.region = region }
        options.endpointURL = endpointURL
        let resolver = try ConnectionResolver(options: options, context: self.context)
        var endpoint = try resolver.endpoint(of: service)
        let signingRegion = try resolver.region(isLocal: endpoint.isLoopback)
        let credentials = try resolver.credentials(isLocal: endpoint.isLoopback)
        if let host, endpoint.isAWS {
            endpoint = try ServiceEndpoint(
                parsing: "https://\(host).\(endpoint.hostHeader)\(endpoint.pathPrefix)",
                origin: endpoint.origin
            )
        }
        var retry = try resolver.retryConfiguration(of: service)
        if !repeatsCalls { retry.maximumAttempts = 1 }
        let http = AsyncHTTPExecutor(limits: limits)
        let connection = ServiceConnection(
            endpoint: endpoint,
            service: service,
            region: signingRegion,
            credentials: credentials,
            retry: retry,
            http: http,
            userAgent: self.userAgent,
            surroundings: self.surroundings,
            logger: self.logger
        )
        return Made(connection: connection, region: signingRegion, shutdown: { try? await http.shutdown() })
    }
}
