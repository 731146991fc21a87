// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Finds out whether something listens at an endpoint, without a request.
package enum EndpointReach {
    /// Opens a connection and closes it; nothing is sent, TLS included.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - limit: How long it may take.
    /// - Throws: Why there was no connection.
    package static func check(
        _ endpoint: ServiceEndpoint,
        limit: Duration = HTTPLimits().connectTimeout
    ) async throws(HTTPFailure) {
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(TimeAmount(limit))
                .connect(host: endpoint.host, port: endpoint.port)
                .get()
            // It may be closed by the other side already, which is as good.
            try? await channel.close()
        } catch {
            throw HTTPFailure(error)
        }
    }
}

extension HTTPFailure {
    /// The same for people: what was tried at which endpoint.
    package func text(at endpoint: ServiceEndpoint) -> String {
        switch self {
        case .cancelled: "the call was cancelled"
        case .timedOut(let what): "no answer from \(endpoint.url) in time (\(what))"
        case .connectionRefused: "nothing listens at \(endpoint.url) (connection refused)"
        case .unknownHost: "the host of \(endpoint.url) is unknown"
        case .connection(let what): "the connection to \(endpoint.url) failed (\(what))"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .malformed(let what): "the answer is no HTTP (\(what))"
        }
    }
}
