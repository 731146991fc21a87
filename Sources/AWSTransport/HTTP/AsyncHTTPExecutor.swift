// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Sends requests over kept connections.
///
/// Uses the HTTP client's delegate interface, which does without a task and a stream of body parts for each request.
package final class AsyncHTTPExecutor: HTTPExecutor {
    private let client: HTTPClient
    private let limits: HTTPLimits
    /// Requests without headers and body by their URL, so that a URL is taken apart once and not for each request.
    private let templates = Mutex<[String: HTTPClient.Request]>([:])

    /// Creates an executor; has to be ended with ``shutdown()``.
    package init(limits: HTTPLimits = HTTPLimits()) {
        var configuration = HTTPClient.Configuration()
        // A redirect could carry a signed request to another host.
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = TimeAmount(limits.connectTimeout)
        configuration.timeout.read = TimeAmount(limits.responseTimeout)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limits.maximumConnections
        if let idle = limits.keepAliveAfter {
            configuration.http1_1ConnectionDebugInitializer = { Self.keepAlive($0, after: idle) }
        }
        self.client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
        self.limits = limits
    }

    /// Has the system ask the other side from time to time while nothing is sent.
    private static func keepAlive(_ channel: any Channel, after idle: Duration) -> EventLoopFuture<Void> {
        let seconds = SocketOptionValue(max(1, idle.components.seconds))
        let isOn = channel.setOption(.socketOption(.so_keepalive), value: 1)
        #if canImport(Darwin)
        let name = TCP_KEEPALIVE
        #else
        let name = TCP_KEEPIDLE
        #endif
        return isOn.flatMap {
            channel.setOption(.tcpOption(NIOBSDSocket.Option(rawValue: name)), value: seconds)
        }
    }

    /// Closes all connections; requests under way fail.
    package func shutdown() async throws {
        try await self.client.shutdown()
    }

    /// Sends a request.
    package func execute(_ message: HTTPMessage) async throws(HTTPFailure) -> HTTPReply {
        do {
            try Task.checkCancellation()
            var request = try self.template(for: message)
            var headers = HTTPHeaders()
            headers.reserveCapacity(message.headers.count + 1)
            for header in message.headers { headers.add(name: header.name, value: header.value) }
            request.headers = headers
            request.body = .byteBuffer(ByteBuffer(bytes: message.body))
            let collector = ReplyCollector(
                limit: self.limits.maximumBodyBytes,
                deadline: .now() + TimeAmount(self.limits.responseTimeout)
            )
            let task = self.client.execute(request: request, delegate: collector)
            return try await withTaskCancellationHandler {
                try await task.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            throw HTTPFailure(error)
        }
    }

    private func template(for message: HTTPMessage) throws -> HTTPClient.Request {
        // Only what comes again and again is worth keeping.
        let isKept = message.target == "/" && message.method == "POST"
        let key = message.endpoint.url
        if isKept, let template = self.templates.withLock({ $0[key] }) { return template }
        let origin = message.endpoint.url.dropLast(message.endpoint.pathPrefix.utf8.count)
        let template = try HTTPClient.Request(
            url: "\(origin)\(message.target)",
            method: HTTPMethod(rawValue: message.method)
        )
        if isKept {
            self.templates.withLock { templates in
                if templates.count < 16 { templates[key] = template }
            }
        }
        return template
    }
}

extension HTTPFailure {
    /// Sorts the errors of the HTTP client and of what is below it.
    init(_ error: any Error) {
        switch error {
        case let failure as HTTPFailure: self = failure
        case is CancellationError: self = .cancelled
        case let error as HTTPClientError: self = HTTPFailure(error)
        case let error as NIOConnectionError: self = HTTPFailure(error)
        case let error as IOError where error.errnoCode == ECONNREFUSED: self = .connectionRefused
        case ChannelError.connectTimeout: self = .timedOut("connecting")
        case HTTPParserError.invalidEOFState: self = .connection("closed before the whole answer was there")
        case is HTTPParserError: self = .malformed("\(error)")
        default: self = .connection(Self.text(of: error))
        }
    }

    /// What is told of an error of the layers below, without their insides.
    private static func text(of error: any Error) -> String {
        let text = "\(error)"
        guard text.hasPrefix("handshakeFailed") else { return text }
        return "the TLS handshake failed; if the endpoint speaks plain http, its URL begins with http://"
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .cancelled: self = .cancelled
        case .connectTimeout, .tlsHandshakeTimeout: self = .timedOut("connecting")
        case .readTimeout, .deadlineExceeded: self = .timedOut("waiting for the answer")
        case .getConnectionFromPoolTimeout: self = .timedOut("waiting for a free connection")
        case .writeTimeout: self = .timedOut("sending")
        case .remoteConnectionClosed: self = .connection("closed by the other side")
        case .alreadyShutdown: self = .connection("the client was shut down")
        default: self = .connection(error.shortDescription)
        }
    }

    private init(_ error: NIOConnectionError) {
        let failures = error.connectionErrors.map(\.error)
        if failures.isEmpty, error.dnsAError != nil || error.dnsAAAAError != nil {
            self = .unknownHost
        } else if !failures.isEmpty, failures.allSatisfy({ ($0 as? IOError)?.errnoCode == ECONNREFUSED }) {
            self = .connectionRefused
        } else if let first = failures.first {
            self = HTTPFailure(first)
        } else {
            self = .connection("no address could be reached")
        }
    }
}
