// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport
package import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// An HTTP server on a free port that answers as a test says.
package enum ScriptedServer {
    /// Runs a server while a body runs, and gives it the endpoint.
    package static func run(
        answer: @escaping @Sendable (Request, [UInt8]) async throws -> Response,
        _ body: (ServiceEndpoint) async throws -> Void
    ) async throws {
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "server") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                let buffer = try await request.body.collect(upTo: 16 << 20)
                return try await answer(request, Array(buffer.readableBytesView))
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            defer { group.cancelAll() }
            for await port in ports {
                try await body(ServiceEndpoint(parsing: "http://127.0.0.1:\(port)", origin: .option))
                return
            }
        }
    }

    /// An answer with text.
    package static func response(
        _ body: String,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }

    /// Ends only when the server does.
    package static func neverAnswer() async -> Response {
        let (stream, _) = AsyncStream<Void>.makeStream()
        for await _ in stream {}
        return self.response("")
    }
}
