// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
import AWSTransport
import Logging
import Synchronization

/// A context of given variables and files.
func context(_ environment: [String: String] = [:], config: String? = nil, credentials: String? = nil) -> ProcessContext
{
    ProcessContext(environment: environment, homeDirectory: "/home/user") { path in
        switch path {
        case "/home/user/.aws/config": config
        case "/home/user/.aws/credentials": credentials
        default: nil
        }
    }
}

extension ServiceIdentity {
    /// A made-up service with a host name of each shape.
    static let example = ServiceIdentity(
        signingName: "example",
        environmentName: "EXAMPLE",
        configurationName: "example",
        host: "example.{region}.{suffix}",
        dualStackHost: "example-dual.{region}.{suffix}",
        fipsHost: "example-fips.{region}.{suffix}",
        fipsDualStackHost: "example-fips-dual.{region}.{suffix}",
        localURL: "http://localhost:8000",
        legacyRetry: LegacyRetry(maximumAttempts: 10, firstPause: .milliseconds(50))
    )
    /// Another service of the same provider, without a rule for the region `local`.
    static let exampleStreams = ServiceIdentity(
        signingName: "example",
        environmentName: "EXAMPLE_STREAMS",
        configurationName: "example_streams",
        host: "streams.example.{region}.{suffix}",
        dualStackHost: "streams-example.{region}.{suffix}",
        fipsHost: "streams.example-fips.{region}.{suffix}",
        fipsDualStackHost: "streams-example-fips.{region}.{suffix}"
    )
}

extension AWSCredentials {
    static let example = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE",
        secretAccessKey: "SECRETSECRET",
        sessionToken: "TOKENTOKEN",
        source: "a test"
    )
}

extension AWSCall {
    static let example = AWSCall(operation: "Scan", headers: [("X-Amz-Target", "Example.Scan")], body: Array("{}".utf8))
}

/// Answers from a list and keeps what it was asked.
final class ScriptedHTTP: HTTPExecutor {
    typealias Answer = Result<HTTPReply, HTTPFailure>
    private let state: Mutex<(answers: [Answer], messages: [HTTPMessage])>

    init(_ answers: [Answer]) {
        self.state = Mutex((answers, []))
    }

    var messages: [HTTPMessage] { self.state.withLock { $0.messages } }

    func execute(_ message: HTTPMessage) async throws(HTTPFailure) -> HTTPReply {
        let answer = self.state.withLock { state -> Answer in
            state.messages.append(message)
            // The last answer is given for ever.
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
        }
        return try answer.get()
    }

    func shutdown() async throws {}
}

/// Refuses each request and quotes all of its headers.
final class EchoingHTTP: HTTPExecutor {
    private let isXML: Bool
    private let isFunction: Bool
    private let state = Mutex<HTTPMessage?>(nil)

    init(isXML: Bool = false, isFunction: Bool = false) {
        self.isXML = isXML
        self.isFunction = isFunction
    }

    var message: HTTPMessage? { self.state.withLock { $0 } }

    func execute(_ message: HTTPMessage) async throws(HTTPFailure) -> HTTPReply {
        self.state.withLock { $0 = message }
        let headers = message.headers.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
        let body =
            self.isXML
            ? "<Error><Code>AccessDenied</Code><Message>\(headers)</Message></Error>"
            : #"{"__type":"com.example#AccessDeniedException","message":"\#(headers)"}"#
        return self.isFunction
            ? HTTPReply(status: 200, headers: [("X-Amz-Function-Error", "Unhandled")], body: Array(body.utf8))
            : HTTPReply(status: 403, headers: [], body: Array(body.utf8))
    }

    func shutdown() async throws {}
}

extension Result where Success == HTTPReply, Failure == HTTPFailure {
    static func ok(_ body: String = "{}", headers: [(String, String)] = []) -> Self {
        .success(HTTPReply(status: 200, headers: headers, body: Array(body.utf8)))
    }

    static func refused(_ code: String, status: Int = 400, headers: [(String, String)] = []) -> Self {
        let body = #"{"__type":"com.example#\#(code)","message":"a text"}"#
        let id = [("x-amzn-RequestId", "REQUEST1")]
        return .success(HTTPReply(status: status, headers: id + headers, body: Array(body.utf8)))
    }
}

/// A clock that stands still, pauses that are only noted, and everything that was logged.
final class TestSurroundings: Sendable {
    static let start: Int64 = 1_440_938_160_000
    private let state = Mutex<(pauses: [Duration], lines: [String])>(([], []))

    var pauses: [Duration] { self.state.withLock { $0.pauses } }
    var lines: [String] { self.state.withLock { $0.lines } }

    func make(random: Double = 0.5, isCancelled: Bool = false) -> ServiceConnection.Surroundings {
        ServiceConnection.Surroundings(
            now: { Self.start },
            sleep: { pause in
                if isCancelled { throw CancellationError() }
                self.state.withLock { $0.pauses.append(pause) }
            },
            random: { random }
        )
    }

    func note(_ line: String) {
        self.state.withLock { $0.lines.append(line) }
    }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in LineHandler(surroundings: self) }
        logger.logLevel = .trace
        return logger
    }
}

struct LineHandler: LogHandler {
    let surroundings: TestSurroundings
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        self.surroundings.note("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
}

func connection(
    over http: any HTTPExecutor,
    endpoint: String = "http://127.0.0.1:8000",
    credentials: any CredentialsProvider = StaticCredentials(.example),
    retry: RetryConfiguration = .standard,
    surroundings: TestSurroundings = TestSurroundings(),
    random: Double = 0.5,
    isCancelled: Bool = false,
    onFailure: @escaping @Sendable (AWSCallError, Bool) -> Void = { _, _ in }
) throws -> ServiceConnection {
    var made = surroundings.make(random: random, isCancelled: isCancelled)
    made.onFailure = onFailure
    return ServiceConnection(
        endpoint: try ServiceEndpoint(parsing: endpoint, origin: .option),
        service: .example,
        region: "us-east-1",
        credentials: credentials,
        retry: retry,
        http: http,
        userAgent: "weir/test",
        surroundings: made,
        logger: surroundings.logger
    )
}
