// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
import AWSTransport
import Synchronization
import Testing

@Suite struct ServiceConnectionTests {
    @Test func aCallIsSignedAndNamesItsSender() async throws {
        let http = ScriptedHTTP([.ok()])
        _ = try await connection(over: http, endpoint: "https://proxy.test:8443/prefix").send(.example)
        let message = try #require(http.messages.first)
        #expect(message.target == "/prefix/")
        #expect(message.headers.contains(.init("Host", "proxy.test:8443")))
        #expect(message.headers.contains(.init("User-Agent", "weir/test")))
        #expect(message.headers.contains(.init("Accept-Encoding", "identity")))
        let request = SignableRequest(
            method: message.method,
            path: message.target,
            headers: message.headers,
            payload: PayloadHash(of: message.body)
        )
        let signature = try SignatureVerifier().verify(request, at: TestSurroundings.start) { key in
            key == "AKIDEXAMPLE" ? "SECRETSECRET" : nil
        }
        #expect(signature.scope == SigningScope(date: "20150830", region: "us-east-1", service: "example"))
        #expect(signature.signedHeaders.contains("x-amz-target"))
    }

    @Test(
        arguments: [
            .refused("ThrottlingException"), .refused("LimitExceededException"),
            .refused("InternalServerError", status: 500),
            .refused("", status: 503), .refused("", status: 429), .failure(.connection("broken")),
            .failure(.connectionRefused),
            .failure(.timedOut("waiting")), .ok(headers: [("x-amz-crc32", "1")]),
        ] as [ScriptedHTTP.Answer]
    )
    func whatMayPassIsTriedAgain(answer: ScriptedHTTP.Answer) async throws {
        let http = ScriptedHTTP([answer, answer, .ok("{}")])
        let surroundings = TestSurroundings()
        let reply = try await connection(over: http, surroundings: surroundings).send(.example)
        #expect(reply.attempts == 3 && reply.body == Array("{}".utf8))
        #expect(surroundings.pauses == [.milliseconds(500), .seconds(1)])
    }

    @Test(
        arguments: [
            .refused("ValidationException"), .refused("ExpiredIteratorException"), .refused("AccessDeniedException"),
            .failure(.tooLarge(limit: 1)), .failure(.malformed("x")), .failure(.cancelled),
            .ok(headers: [("Content-Encoding", "gzip")]),
        ] as [ScriptedHTTP.Answer]
    )
    func whatWillNotPassIsReportedAtOnce(answer: ScriptedHTTP.Answer) async throws {
        let http = ScriptedHTTP([answer])
        let error = try await #require(throws: AWSCallError.self) { try await connection(over: http).send(.example) }
        #expect(http.messages.count == 1 && error.attempts == 1 && !error.isRetryable)
    }

    @Test(arguments: ["ThrottlingException", "ProvisionedThroughputExceededException"])
    func aCallerWhoSlowsDownHearsOfThrottlesAtOnce(code: String) async throws {
        let http = ScriptedHTTP([.refused(code), .ok()])
        let plain = try connection(over: http)
        let error = try await #require(throws: AWSCallError.self) {
            try await plain.reportingThrottles().send(.example)
        }
        #expect(error.attempts == 1 && error.isThrottle && http.messages.count == 1)
        // Everything else is repeated as before.
        let broken = ScriptedHTTP([.failure(.connection("broken")), .ok()])
        #expect(try await connection(over: broken).reportingThrottles().send(.example).attempts == 2)
    }

    @Test func whoeverWantsToHearsOfEachRepetition() async throws {
        let told = Mutex<[String]>([])
        let note: @Sendable (AWSCallError, Bool) -> Void = { error, isRepeated in
            told.withLock { $0.append("\(error.operation) \(error.code)\(isRepeated ? "" : " last")") }
        }
        let answers: [ScriptedHTTP.Answer] = [.refused("ThrottlingException"), .failure(.connection("broken")), .ok()]
        _ = try await connection(over: ScriptedHTTP(answers), onFailure: note).send(.example)
        #expect(told.withLock { $0 } == ["Scan ThrottlingException", "Scan ConnectionFailed"])
        told.withLock { $0 = [] }
        let broken = try connection(over: ScriptedHTTP([.refused("", status: 503)]), onFailure: note)
        let error = try await #require(throws: AWSCallError.self) { try await broken.send(.example) }
        #expect(
            told.withLock { $0 } == ["Scan HTTPStatus503", "Scan HTTPStatus503", "Scan HTTPStatus503 last"]
                && error.attempts == 3
        )
    }

    @Test func aCallerWhoTriesAgainItselfHearsOfEachFailureAtOnce() async throws {
        for answer in [ScriptedHTTP.Answer.refused("ThrottlingException"), .failure(.connection("broken"))] {
            let http = ScriptedHTTP([answer, .ok()])
            let connection = try connection(over: http).reportingFailures()
            let error = try await #require(throws: AWSCallError.self) { try await connection.send(.example) }
            #expect(error.attempts == 1 && http.messages.count == 1)
        }
    }

    @Test func theErrorSaysOperationCodeTextAndRequest() async throws {
        let http = ScriptedHTTP([.refused("ThrottlingException")])
        let error = try await #require(throws: AWSCallError.self) { try await connection(over: http).send(.example) }
        #expect(error.operation == "Scan" && error.requestID == "REQUEST1" && error.status == 400)
        #expect(error.description == "Scan: ThrottlingException: a text")
        #expect(error.attempts == 3 && http.messages.count == 3)
    }

    @Test(arguments: [
        ("Sun, 30 Aug 2015 12:36:00 GMT", 500), ("Sun, 30 Aug 2015 12:41:00 GMT", 300_500),
        ("Sun, 30 Aug 2015 12:35:00 GMT", -59_500),
    ])
    func theServicesTimeIsComparedWithOurs(date: String, milliseconds: Int64) async throws {
        for answer in [ScriptedHTTP.Answer.ok(headers: [("Date", date)]), .refused("X", headers: [("Date", date)])] {
            let connection = try connection(over: ScriptedHTTP([answer]))
            #expect(connection.clockOffset == nil)
            _ = try? await connection.send(.example)
            #expect(connection.clockOffset == .milliseconds(milliseconds))
        }
        let silent = try connection(over: ScriptedHTTP([.ok()]))
        _ = try await silent.send(.example)
        #expect(silent.clockOffset == nil)
    }

    @Test func theCodeMayComeInAHeader() async throws {
        let reply = HTTPReply(status: 400, headers: [("x-amzn-ErrorType", "SlowDown:http://x/")], body: [])
        let http = ScriptedHTTP([.success(reply), .ok()])
        #expect(try await connection(over: http).send(.example).attempts == 2)
    }

    @Test func aChecksumThatFitsIsAccepted() async throws {
        let http = ScriptedHTTP([.ok(#"{"Streams":[]}"#, headers: [("X-Amz-Crc32", "1490112021")])])
        #expect(try await connection(over: http).send(.example).attempts == 1)
    }

    @Test func allCallsShareAQuotaOfRetries() async throws {
        let http = ScriptedHTTP([.failure(.connection("broken"))])
        let connection = try connection(over: http)
        for _ in 0..<60 { await #expect(throws: AWSCallError.self) { try await connection.send(.example) } }
        // 500 tokens at 5 each: 100 retries over 60 calls, and no more.
        #expect(http.messages.count == 160)
    }

    @Test func aRetryAfterATimeOutCostsTwice() async throws {
        let http = ScriptedHTTP([.failure(.timedOut("waiting"))])
        let connection = try connection(over: http)
        for _ in 0..<60 { await #expect(throws: AWSCallError.self) { try await connection.send(.example) } }
        #expect(http.messages.count == 110)
    }

    @Test func successesGiveQuotaBack() async throws {
        let failures = Array(repeating: ScriptedHTTP.Answer.failure(.connection("broken")), count: 160)
        let http = ScriptedHTTP(failures + Array(repeating: .ok(), count: 5) + [.failure(.connection("broken"))])
        let connection = try connection(over: http)
        for _ in 0..<60 { await #expect(throws: AWSCallError.self) { try await connection.send(.example) } }
        for _ in 0..<5 { _ = try await connection.send(.example) }
        await #expect(throws: AWSCallError.self) { try await connection.send(.example) }
        // Five successes pay for one retry.
        #expect(http.messages.count == 160 + 5 + 2)
    }

    @Test func legacyModeHasNoQuota() async throws {
        let http = ScriptedHTTP([.failure(.connection("broken"))])
        let retry = RetryConfiguration(
            mode: .legacy,
            maximumAttempts: 10,
            firstPause: .milliseconds(50),
            maximumPause: .seconds(20)
        )
        let connection = try connection(over: http, retry: retry)
        for _ in 0..<20 { await #expect(throws: AWSCallError.self) { try await connection.send(.example) } }
        #expect(http.messages.count == 200)
    }

    @Test func aClockThatIsWrongIsCorrectedOnce() async throws {
        let ahead = [("Date", "Sun, 30 Aug 2015 14:36:00 GMT")]
        let http = ScriptedHTTP([.refused("InvalidSignatureException", headers: ahead), .ok()])
        let surroundings = TestSurroundings()
        let connection = try connection(over: http, surroundings: surroundings)
        _ = try await connection.send(.example)
        _ = try await connection.send(.example)
        let dates = http.messages.map { $0.headers.first { $0.name == "X-Amz-Date" }?.value }
        #expect(dates == ["20150830T123600Z", "20150830T143600Z", "20150830T143600Z"])
        #expect(surroundings.pauses.isEmpty)
    }

    @Test func aWrongSignatureIsNotTheClocksFaultWhenTheClocksAgree() async throws {
        let same = [("Date", "Sun, 30 Aug 2015 12:36:30 GMT")]
        let http = ScriptedHTTP([.refused("InvalidSignatureException", headers: same)])
        await #expect(throws: AWSCallError.self) { try await connection(over: http).send(.example) }
        #expect(http.messages.count == 1)
    }

    @Test func aClockThatCannotBeCorrectedEndsTheCall() async throws {
        let ahead = [("Date", "Sun, 30 Aug 2015 14:36:00 GMT")]
        let http = ScriptedHTTP([.refused("RequestTimeTooSkewed", headers: ahead)])
        await #expect(throws: AWSCallError.self) { try await connection(over: http).send(.example) }
        #expect(http.messages.count == 2)
    }

    @Test func cancellingDuringAPauseEndsTheCallAsCancelled() async throws {
        let http = ScriptedHTTP([.failure(.connection("broken"))])
        let error = try await #require(throws: AWSCallError.self) {
            try await connection(over: http, isCancelled: true).send(.example)
        }
        guard case .cancelled = error.reason else {
            Issue.record("\(error)")
            return
        }
        #expect(error.operation == "Scan" && http.messages.count == 1)
    }

    @Test func expiredCredentialsSendNothing() async throws {
        let http = ScriptedHTTP([.ok()])
        var expired = AWSCredentials.example
        expired.expiresAt = TestSurroundings.start
        let error = try await #require(throws: AWSCallError.self) {
            try await connection(over: http, credentials: StaticCredentials(expired)).send(.example)
        }
        guard case .credentials(let problem) = error.reason else {
            Issue.record("\(error)")
            return
        }
        #expect(problem.code == .credentialsExpired && http.messages.isEmpty)
    }

    @Test func noLogAndNoErrorShowsASecret() async throws {
        let surroundings = TestSurroundings()
        let http = ScriptedHTTP([.refused("ThrottlingException")])
        let error = try await #require(throws: AWSCallError.self) {
            try await connection(over: http, surroundings: surroundings).send(.example)
        }
        #expect(surroundings.lines.count == 3)
        for text in surroundings.lines + ["\(error)", String(reflecting: error)] {
            for secret in ["SECRETSECRET", "TOKENTOKEN", "AKIDEXAMPLE", "Signature="] {
                #expect(!text.contains(secret))
            }
        }
    }

    /// What an endpoint quotes of the request is shown and logged, so the secrets of it are taken out.
    @Test(arguments: [false, true])
    func whatAnEndpointSendsBackOfTheRequestShowsNoSecret(isXML: Bool) async throws {
        let surroundings = TestSurroundings()
        let http = EchoingHTTP(isXML: isXML)
        let error = try await #require(throws: AWSCallError.self) {
            try await connection(over: http, surroundings: surroundings).send(.example)
        }
        let authorization = try #require(http.message?.headers.first { $0.name == "Authorization" }?.value)
        let signature = try #require(authorization.split(separator: "=").last)
        #expect(signature.count == 64)
        #expect(error.message.contains("SignedHeaders=") && error.message.contains("***"))
        guard case .service(_, let body) = error.reason else {
            Issue.record("\(error)")
            return
        }
        for text in surroundings.lines + ["\(error)", String(reflecting: error), String(decoding: body, as: UTF8.self)]
        {
            for secret in ["SECRETSECRET", "TOKENTOKEN", String(signature)] { #expect(!text.contains(secret)) }
        }
    }

    @Test func theErrorOfAFunctionShowsNoSecretOfTheRequest() async throws {
        let http = EchoingHTTP(isFunction: true)
        let reply = try await connection(over: http).send(.example)
        let authorization = try #require(http.message?.headers.first { $0.name == "Authorization" }?.value)
        let signature = try #require(authorization.split(separator: "=").last)
        let body = String(decoding: reply.body, as: UTF8.self)
        #expect(body.contains("SignedHeaders="))
        for secret in ["TOKENTOKEN", String(signature)] { #expect(!body.contains(secret)) }
    }

    @Test func anErrorInXMLHasItsCodeAndText() async throws {
        let body = "<?xml version='1.0'?><Error><Code>NoSuchBucket</Code><Message>not &lt;there&gt;</Message></Error>"
        let http = ScriptedHTTP([.success(HTTPReply(status: 404, body: Array(body.utf8)))])
        let error = await #expect(throws: AWSCallError.self) { _ = try await connection(over: http).send(.example) }
        #expect(error?.message == "NoSuchBucket: not <there>")
        guard case .service("NoSuchBucket", _) = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func headersOfTheAnswerAreThere() async throws {
        let http = ScriptedHTTP([.ok(headers: [("X-Amz-Executed-Version", "3")])])
        let reply = try await connection(over: http).send(.example)
        #expect(reply.header("x-amz-executed-version") == "3")
        #expect(reply.header("X-Other") == nil)
    }

    @Test(arguments: [("3", Duration.seconds(3)), ("0", .zero), ("-1", nil), ("soon", nil)])
    func theTimeToWaitIsRead(text: String, duration: Duration?) async throws {
        let http = ScriptedHTTP([.refused("TooManyRequestsException", status: 429, headers: [("Retry-After", text)])])
        var retry = RetryConfiguration.standard
        retry.maximumAttempts = 1
        let connection = try connection(over: http, retry: retry)
        let error = await #expect(throws: AWSCallError.self) { _ = try await connection.send(.example) }
        #expect(error?.retryAfter == duration)
    }
}
