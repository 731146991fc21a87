// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Logging
import RecordHandlers
import Synchronization

/// Connections to servers of tests, with credentials that are none and no time that passes.
enum TestConnections {
    /// 2015-08-30T12:36:00Z.
    static let now: Int64 = 1_440_938_160_000

    static let surroundings = ServiceConnection.Surroundings(
        now: { Self.now },
        sleep: { _ in try Task.checkCancellation() },
        random: { 0.5 }
    )

    static var logger: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    static func connections(_ environment: [String: String] = [:], region: String? = "us-east-1") -> HandlerConnections
    {
        HandlerConnections(
            options: ConnectionOptions(region: region, endpointURL: "http://127.0.0.1:1"),
            context: ProcessContext(environment: environment, homeDirectory: "/", readFile: { _ in nil }),
            surroundings: Self.surroundings,
            userAgent: "weir/test",
            logger: Self.logger
        )
    }

    /// Buckets over something that stands in for HTTP.
    static func buckets(over http: any HTTPExecutor, endpoint: String) throws -> BucketConnections {
        let connection = try Self.connection(over: http, endpoint: endpoint, service: .s3)
        return BucketConnections(
            base: connection.endpoint,
            region: "us-east-1",
            connect: { Self.connection(over: http, endpoint: $0, service: .s3, attempts: 3) },
            close: {}
        )
    }

    /// A connection over something that stands in for HTTP.
    static func connection(
        over http: any HTTPExecutor,
        endpoint: String,
        service: ServiceIdentity,
        attempts: Int = 3
    ) throws -> ServiceConnection {
        Self.connection(
            over: http,
            endpoint: try ServiceEndpoint(parsing: endpoint, origin: .option),
            service: service,
            attempts: attempts
        )
    }

    private static func connection(
        over http: any HTTPExecutor,
        endpoint: ServiceEndpoint,
        service: ServiceIdentity,
        attempts: Int
    ) -> ServiceConnection {
        var retry = RetryConfiguration.standard
        retry.maximumAttempts = attempts
        return ServiceConnection(
            endpoint: endpoint,
            service: service,
            region: "us-east-1",
            credentials: StaticCredentials(
                AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "SECRET", source: "a test")
            ),
            retry: retry,
            http: http,
            userAgent: "weir/test",
            surroundings: Self.surroundings,
            logger: Self.logger
        )
    }
}

/// Answers as a test says and keeps what it was asked.
final class ScriptedHTTP: HTTPExecutor {
    typealias Answer = @Sendable (HTTPMessage) throws(HTTPFailure) -> HTTPReply

    private let seen = Mutex<[HTTPMessage]>([])
    private let answer: Answer

    init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    var messages: [HTTPMessage] { self.seen.withLock { $0 } }

    func execute(_ message: HTTPMessage) async throws(HTTPFailure) -> HTTPReply {
        self.seen.withLock { $0.append(message) }
        return try self.answer(message)
    }

    func shutdown() async throws {}
}

extension HTTPReply {
    /// An answer with text.
    static func text(_ body: String, status: Int = 200, headers: [(String, String)] = []) -> HTTPReply {
        HTTPReply(status: status, headers: headers, body: Array(body.utf8))
    }
}

extension HTTPMessage {
    /// The body as text.
    var text: String { String(decoding: self.body, as: UTF8.self) }
}
