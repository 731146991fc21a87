// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport
public import DynamoDBModel
public import Logging

/// DynamoDB and DynamoDB Streams over HTTP: an account on AWS, or an endpoint that speaks as they do.
///
/// Each call is signed, sent, checked and, where that can help, repeated. A copy shares the connections of its original;
/// ``shutdown()`` closes them for all copies and has to be called once.
public struct DynamoDBClient: Sendable {
    /// The version that the client tells services, `weir/<version>`.
    package static let version = "0.1.0"

    /// The region that requests are signed for, `us-east-1`.
    public let region: String
    /// The profile that was asked for; nil if none was.
    public let profile: String?
    /// The URL of the endpoint for tables and items.
    public let tablesEndpoint: String
    /// The URL of the endpoint for streams.
    public let streamsEndpoint: String
    /// Whether any of the two endpoints belongs to AWS, where data are real and calls cost money.
    public let isAWS: Bool
    /// Makes the token of a transaction that comes without one: 1 to 36 characters, never the same twice.
    ///
    /// - Default: 32 random hexadecimal digits.
    public var makeRequestToken: @Sendable () -> String = {
        (0..<2).map { _ in
            let digits = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private var tables: ServiceConnection
    private var streams: ServiceConnection
    private let http: any HTTPExecutor

    /// Creates a client from settings; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - configuration: Region, endpoints, credentials and bounds.
    ///   - now: The wall clock: it dates signatures.
    ///   - sleep: Suspends between attempts; throws `CancellationError` when cancelled.
    ///   - random: Evenly distributed over 0..<1: it spreads the attempts of many clients.
    ///   - logger: Gets repeated calls at level debug; never item data or credentials.
    /// - Throws: `DynamoDBError` with ``DynamoDBModel/DynamoDBError/Code/credentials`` or
    ///   ``DynamoDBModel/DynamoDBError/Code/validation`` that says which setting cannot be used.
    public init(
        configuration: DynamoDBClientConfiguration,
        now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        logger: Logger
    ) throws(DynamoDBError) {
        do throws(ConnectionError) {
            self = try configuration.makeClient(
                surroundings: ServiceConnection.Surroundings(
                    now: { now().milliseconds },
                    sleep: sleep,
                    random: random
                ),
                logger: logger
            )
        } catch {
            throw DynamoDBError(.validation, error.message, advice: error.advice)
        }
    }

    /// Creates a client from options, environment and configuration files; nothing is sent yet.
    ///
    /// For endpoints on this machine, region and credentials need not be set anywhere.
    ///
    /// - Parameters:
    ///   - options: What the user said.
    ///   - context: What the surroundings say.
    ///   - now: The wall clock: it dates signatures.
    ///   - sleep: Suspends between attempts; throws `CancellationError` when cancelled.
    ///   - random: Evenly distributed over 0..<1: it spreads the attempts of many clients.
    ///   - logger: Gets repeated calls at level debug; never item data or credentials.
    /// - Returns: The client.
    /// - Throws: What is missing or wrong, and what to do.
    package static func connect(
        _ options: ConnectionOptions,
        context: ProcessContext,
        now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        logger: Logger
    ) throws(ConnectionError) -> DynamoDBClient {
        let resolver = try ConnectionResolver(options: options, context: context)
        let tables = try resolver.endpoint(of: .dynamoDB)
        let streams = try resolver.endpoint(of: .dynamoDBStreams)
        let isLocal = tables.isLoopback && streams.isLoopback
        return DynamoDBClient(
            region: try resolver.region(isLocal: isLocal),
            profile: resolver.profileName,
            endpoints: (tables: tables, streams: streams),
            credentials: try resolver.credentials(isLocal: isLocal),
            retry: try resolver.retryConfiguration(of: .dynamoDB),
            http: AsyncHTTPExecutor(),
            surroundings: ServiceConnection.Surroundings(
                now: { now().milliseconds },
                sleep: sleep,
                random: random
            ),
            logger: logger
        )
    }

    /// Creates a client from what was resolved.
    package init(
        region: String,
        profile: String?,
        endpoints: (tables: ServiceEndpoint, streams: ServiceEndpoint),
        credentials: any CredentialsProvider,
        retry: RetryConfiguration,
        http: any HTTPExecutor,
        surroundings: ServiceConnection.Surroundings,
        logger: Logger
    ) {
        var surroundings = surroundings
        surroundings.onFailure = { FailedCall($0, isRepeated: $1).tell() }
        let telling = surroundings
        func connection(_ service: ServiceIdentity, _ endpoint: ServiceEndpoint) -> ServiceConnection {
            ServiceConnection(
                endpoint: endpoint,
                service: service,
                region: region,
                credentials: credentials,
                retry: retry,
                http: http,
                userAgent: "weir/\(Self.version)",
                surroundings: telling,
                logger: logger
            )
        }
        self.region = region
        self.profile = profile
        self.tablesEndpoint = endpoints.tables.url
        self.streamsEndpoint = endpoints.streams.url
        self.isAWS = endpoints.tables.isAWS || endpoints.streams.isAWS
        self.tables = connection(.dynamoDB, endpoints.tables)
        self.streams = connection(.dynamoDBStreams, endpoints.streams)
        self.http = http
    }

    /// How far the service's clock is ahead of this machine's, to about a second; nil: no answer has told it.
    package var clockOffset: Duration? { self.streams.clockOffset ?? self.tables.clockOffset }

    /// A copy that reports throttled calls of tables and items at once, for callers who slow down by themselves.
    package func reportingThrottles() -> DynamoDBClient {
        var copy = self
        copy.tables = self.tables.reportingThrottles()
        return copy
    }

    /// A copy that reports each failure of a call of streams at once, for who reads them and tries again by itself.
    package func reportingReadFailures() -> DynamoDBClient {
        var copy = self
        copy.streams = self.streams.reportingFailures()
        return copy
    }

    /// Closes all connections; calls under way fail.
    ///
    /// - Throws: What went wrong while closing; the connections are gone nevertheless.
    public func shutdown() async throws {
        try await self.http.shutdown()
    }

    func call<Input, Output>(
        _ operation: WireOperation<Input, Output>,
        _ input: Input
    ) async throws(DynamoDBError) -> Output {
        try await self.answer(to: operation, input, over: self.tables).output
    }

    func callStreams<Input, Output>(
        _ operation: WireOperation<Input, Output>,
        _ input: Input
    ) async throws(DynamoDBError) -> Output {
        try await self.answer(to: operation, input, over: self.streams).output
    }

    /// The same with what time it was for the service; nil if it did not say.
    ///
    /// The embedded endpoint tells its clock to the millisecond, others by the second, in the `Date` header.
    func callStreamsTimed<Input, Output>(
        _ operation: WireOperation<Input, Output>,
        _ input: Input
    ) async throws(DynamoDBError) -> (output: Output, serviceTime: Timestamp?) {
        let (output, reply) = try await self.answer(to: operation, input, over: self.streams)
        let milliseconds = reply.header("x-weir-time").flatMap { Int64($0) } ?? reply.serverDate
        return (output, milliseconds.map { Timestamp(milliseconds: $0) })
    }

    private func answer<Input, Output>(
        to operation: WireOperation<Input, Output>,
        _ input: Input,
        over connection: ServiceConnection
    ) async throws(DynamoDBError) -> (output: Output, reply: AWSReply) {
        let call = AWSCall(
            operation: operation.name,
            headers: [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", operation.target)],
            body: operation.encodeInput(input)
        )
        let reply: AWSReply
        do throws(AWSCallError) {
            reply = try await connection.send(call)
        } catch {
            throw DynamoDBError(error, isAWS: connection.endpoint.isAWS)
        }
        do throws(DynamoDBError) {
            return (try operation.decodeOutput(reply.body), reply)
        } catch {
            var error = error
            error.operation = operation.name
            error.requestID = reply.requestID
            error.status = reply.status
            throw error
        }
    }
}
