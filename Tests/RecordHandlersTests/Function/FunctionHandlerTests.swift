// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import DynamoDBModel
import HTTPTypes
import Hummingbird
import RecordHandlers
import StreamSession
import Synchronization
import TestServers
import TestSupport
import Testing

@Suite("A function handles batches", .timeLimit(.minutes(1)))
struct FunctionHandlerTests {
    private static let streamARN = StreamARN(
        "arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-01-01T00:00:00.000"
    )
    private static let batch = HandlerConformance.batch(1, of: 0..<3)

    private static func configuration(
        _ name: String = "my-function",
        wantsLogTail: Bool = false,
        isDryRun: Bool = false,
        report: @escaping @Sendable (EventPlan) -> Void = { _ in }
    ) throws -> FunctionHandlerConfiguration {
        FunctionHandlerConfiguration(
            function: try FunctionName(name),
            streamARN: Self.streamARN,
            wantsLogTail: wantsLogTail,
            isDryRun: isDryRun,
            report: report
        )
    }

    /// A handler over something that stands in for HTTP.
    private static func handler(
        over http: ScriptedHTTP,
        endpoint: String = "https://lambda.us-east-1.amazonaws.com",
        _ configuration: FunctionHandlerConfiguration? = nil
    ) throws -> FunctionHandler {
        FunctionHandler(
            configuration: try configuration ?? Self.configuration(),
            connection: try TestConnections.connection(over: http, endpoint: endpoint, service: .lambda, attempts: 1)
        )
    }

    private static func check(_ outcome: HandlerOutcome, means meaning: InvokeRow.Meaning) throws {
        switch (outcome, meaning) {
        case (.responded(let response), .responded(let expected)): #expect(response == expected)
        case (.responded(let response), .error(let type, let status)):
            #expect(response.functionError == "Unhandled")
            #expect(response.statusCode == status)
            #expect(try JSONValue(parsing: response.body)["errorType"]?.string == type)
        case (.retry(let delay, let reason), .retry(let expected, let words)):
            #expect(delay == expected)
            #expect(reason.contains(words), "\(reason)")
        case (.stop(let reason), .stop(let words)): #expect(reason.contains(words), "\(reason)")
        default: Issue.record("\(outcome), not \(meaning)")
        }
    }

    /// Over real HTTP, and each answer is asked for once: what was not answered may have been invoked.
    @Test(arguments: InvokeRow.rows)
    func eachAnswerMeansWhatTheTableSays(row: InvokeRow) async throws {
        let requests = Mutex<[(Request, [UInt8])]>([])
        try await ScriptedServer.run { request, body in
            requests.withLock { $0.append((request, body)) }
            var headers = HTTPFields()
            for (name, value) in row.headers { headers[try #require(HTTPField.Name(name))] = value }
            return ScriptedServer.response(row.body, status: .init(code: row.status), headers: headers)
        } _: { endpoint in
            let made = try TestConnections.connections().connect(
                to: .lambda,
                endpointURL: endpoint.url,
                repeatsCalls: false
            )
            let handler = FunctionHandler(configuration: try Self.configuration(), connection: made.connection)
            try Self.check(try await handler.handle(Self.batch, meter: WorkMeter()), means: row.meaning)
            await made.shutdown()
        }
        let seen = requests.withLock { $0 }
        #expect(seen.count == 1)
        let (request, body) = try #require(seen.first)
        #expect(request.method == .post)
        #expect(request.uri.path == "/2015-03-31/functions/my-function/invocations")
        #expect(body == LambdaEvent(streamARN: Self.streamARN).bytes(of: Self.batch))
        #expect(request.headers[.contentType] == "application/json")
        #expect(request.headers[try #require(HTTPField.Name("X-Amz-Invocation-Type"))] == "RequestResponse")
        #expect(request.headers[try #require(HTTPField.Name("X-Amz-Log-Type"))] == "None")
        #expect(request.headers[.authorization]?.contains("/us-east-1/lambda/aws4_request") == true)
    }

    @Test(arguments: [
        HTTPFailure.connectionRefused, .unknownHost, .timedOut("waiting for the answer"), .connection("reset"),
    ])
    func whoIsOutOfReachIsTriedAgainByTheEngineAlone(failure: HTTPFailure) async throws {
        let http = ScriptedHTTP { _ throws(HTTPFailure) in throw failure }
        let outcome = try await Self.handler(over: http).handle(Self.batch, meter: WorkMeter())
        try Self.check(outcome, means: .retry(after: nil, holds: "Invoke: "))
        #expect(http.messages.count == 1)
    }

    @Test func anAnswerBeyondTheLimitIsAnErrorOfTheFunction() async throws {
        let http = ScriptedHTTP { _ throws(HTTPFailure) in throw .tooLarge(limit: 8) }
        let outcome = try await Self.handler(over: http).handle(Self.batch, meter: WorkMeter())
        try Self.check(outcome, means: .error(type: "Function.ResponseSizeTooLarge", status: 200))
    }

    @Test func cancellationIsNotAFailure() async throws {
        let http = ScriptedHTTP { _ throws(HTTPFailure) in throw .cancelled }
        await #expect(throws: CancellationError.self) {
            try await Self.handler(over: http).handle(Self.batch, meter: WorkMeter())
        }
    }

    @Test func theEndOfTheLogIsSaidWhenItIsAskedFor() async throws {
        let log = Base64.encode(Array("START RequestId: 1\nhello\r\n\nEND RequestId: 1\n".utf8))
        let http = ScriptedHTTP { _ in .text("{}", headers: [("X-Amz-Log-Result", log)]) }
        let said = Mutex<[String]>([])
        let meter = WorkMeter { line in said.withLock { $0.append(line) } }
        let handler = try Self.handler(over: http, Self.configuration(wantsLogTail: true))
        _ = try await handler.handle(Self.batch, meter: meter)
        #expect(said.withLock { $0 } == ["START RequestId: 1", "hello", "END RequestId: 1"])
        #expect(http.messages.first?.header("X-Amz-Log-Type") == "Tail")
    }

    @Test func whatIsDoneIsCounted() async throws {
        let meter = WorkMeter()
        let throttled = Mutex(true)
        let http = ScriptedHTTP { _ in
            throttled.withLock { isThrottled in
                defer { isThrottled = false }
                return isThrottled
                    ? .text(#"{"Reason":"CallerRateLimitExceeded"}"#, status: 429) : .text("{}")
            }
        }
        let handler = try Self.handler(over: http)
        _ = try await handler.handle(Self.batch, meter: meter)
        #expect(meter.total == HandlerWork(requests: ["Invoke": 1], throttles: 1))
        _ = try await handler.handle(Self.batch, meter: meter)
        #expect(meter.total == HandlerWork(requests: ["Invoke": 2], singleRequests: 3, throttles: 1))
    }

    @Test func theNameOfAnARNIsEncodedOnceInThePathAndTwiceInTheSignature() async throws {
        let http = ScriptedHTTP { _ in .text("{}") }
        let arn = "arn:aws:lambda:us-east-1:123456789012:function:f:live"
        _ = try await Self.handler(over: http, Self.configuration(arn)).handle(Self.batch, meter: WorkMeter())
        #expect(
            http.messages.first?.target
                == "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af%3Alive/invocations"
        )
    }

    // MARK: - The runtime interface emulator

    /// It answers errors with status 200 and without the header, and 502 when the function's process has ended.
    @Test(arguments: [
        (200, #"{"errorMessage":"no","errorType":"ValueError"}"#), (200, "Task timed out after 3.00 seconds"),
        (502, #"{"errorMessage":"exit status 1","errorType":"Runtime.ExitError"}"#),
    ])
    func errorsOfTheEmulatorAreErrors(status: Int, body: String) async throws {
        let http = ScriptedHTTP { _ in .text(body, status: status) }
        let handler = try Self.handler(over: http, endpoint: "http://127.0.0.1:9000", Self.configuration("function"))
        let outcome = try await handler.handle(Self.batch, meter: WorkMeter())
        guard case .responded(let response) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(response.functionError == "Unhandled")
        #expect(response.body == Array(body.utf8))
        #expect(http.messages.first?.target == "/2015-03-31/functions/function/invocations")
    }

    /// Whoever has the whole of Invoke, on AWS or not, tells the version and marks errors with the header.
    @Test func whoTellsTheVersionMarksErrorsByTheHeader() async throws {
        let http = ScriptedHTTP { _ in .text(InvokeRow.error, headers: [("X-Amz-Executed-Version", "$LATEST")]) }
        let handler = try Self.handler(over: http, endpoint: "http://127.0.0.1:9000")
        let outcome = try await handler.handle(Self.batch, meter: WorkMeter())
        let response = FunctionResponse(executedVersion: "$LATEST", body: Array(InvokeRow.error.utf8))
        try Self.check(outcome, means: .responded(response))
    }

    /// It handles one event at a time and says 400 to a second one.
    @Test(arguments: [400, 500, 504])
    func theEmulatorThatIsBusyOrBrokenIsAskedAgain(status: Int) async throws {
        let http = ScriptedHTTP { _ in .text("", status: status) }
        let handler = try Self.handler(over: http, endpoint: "http://127.0.0.1:9000")
        let outcome = try await handler.handle(Self.batch, meter: WorkMeter())
        try Self.check(outcome, means: .retry(after: nil, holds: "\(status)"))
    }

    /// A function of Lambda may return what looks like an error.
    @Test func lambdaMarksErrorsByTheHeaderAlone() async throws {
        let http = ScriptedHTTP { _ in .text(InvokeRow.error) }
        let outcome = try await Self.handler(over: http).handle(Self.batch, meter: WorkMeter())
        try Self.check(outcome, means: .responded(FunctionResponse(body: Array(InvokeRow.error.utf8))))
    }

    // MARK: -

    @Test func aDryRunInvokesNothingAndTellsTheEvent() async throws {
        let http = ScriptedHTTP { _ in .text("{}") }
        let plans = Mutex<[EventPlan]>([])
        let handler = try Self.handler(
            over: http,
            Self.configuration(isDryRun: true) { plan in plans.withLock { $0.append(plan) } }
        )
        #expect(try await handler.handle(Self.batch, meter: WorkMeter()) == .doneWithoutCheckpoint)
        #expect(http.messages.isEmpty)
        let plan = try #require(plans.withLock { $0.first })
        #expect(plan.target == "my-function")
        #expect(plan.operation == "Invoke")
        #expect(plan.requests == [LambdaEvent(streamARN: Self.streamARN).bytes(of: Self.batch)])
    }

    @Test(arguments: HandlerConformance.rules)
    func itKeepsTheRulesOfHandlers(rule: HandlerConformance.Rule) async throws {
        try await rule.check {
            ConformingHandler { try Self.handler(over: ScriptedHTTP { _ in .text(#"{"batchItemFailures":[]}"#) }) }
        }
        try await rule.check {
            ConformingHandler {
                try Self.handler(over: ScriptedHTTP { _ in .text("{}") }, Self.configuration(isDryRun: true))
            }
        }
    }
}

/// A handler whose making may fail, where a rule wants one that cannot.
struct ConformingHandler: RecordHandler {
    let made: Result<any RecordHandler, any Error>

    init(_ make: () throws -> any RecordHandler) {
        self.made = Result { try make() }
    }

    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        try await self.made.get().handle(batch, meter: meter)
    }
}
