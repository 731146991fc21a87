// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
package import Logging
import Synchronization

/// Calls one service at one endpoint: signs, sends, checks, repeats.
package final class ServiceConnection: Sendable {
    /// The time and chance that a connection needs, given by whoever makes it.
    package struct Surroundings: Sendable {
        /// The wall clock, in milliseconds since 1970-01-01T00:00:00Z.
        package var now: @Sendable () -> Int64
        /// Suspends; throws `CancellationError` when cancelled.
        package var sleep: @Sendable (Duration) async throws -> Void
        /// Evenly distributed over 0..<1.
        package var random: @Sendable () -> Double
        /// Gets each failure of a call that was sent, and whether it is made again, in the task that makes it; default:
        /// nobody.
        ///
        /// Throttled answers that are reported at once are left out: who asked for them counts them.
        package var onFailure: @Sendable (AWSCallError, _ isRepeated: Bool) -> Void = { _, _ in }

        /// Creates surroundings.
        package init(
            now: @escaping @Sendable () -> Int64,
            sleep: @escaping @Sendable (Duration) async throws -> Void,
            random: @escaping @Sendable () -> Double
        ) {
            self.now = now
            self.sleep = sleep
            self.random = random
        }
    }

    /// A clock that differs from the service's by more than this is corrected; in milliseconds.
    private static let skewThreshold: Int64 = 60_000

    /// Where requests go.
    package let endpoint: ServiceEndpoint
    private let service: ServiceIdentity
    private let signer: RequestSigner
    private let credentials: any CredentialsProvider
    private let retry: RetryConfiguration
    private let http: any HTTPExecutor
    private let userAgent: String
    private let surroundings: Surroundings
    private let logger: Logger
    private let quota = Mutex(RetryQuota())
    /// How far the service's clock is ahead of ours, in milliseconds; 0 until a signature is refused for its time.
    private let skew = Atomic<Int64>(0)
    /// How far the service's clock was ahead of ours in its newest answer, in milliseconds; nil: it never said.
    private let offset = Mutex<Int64?>(nil)

    /// Creates a connection; nothing is sent yet.
    package init(
        endpoint: ServiceEndpoint,
        service: ServiceIdentity,
        region: String,
        credentials: any CredentialsProvider,
        retry: RetryConfiguration = .standard,
        http: any HTTPExecutor,
        userAgent: String,
        surroundings: Surroundings,
        logger: Logger
    ) {
        self.endpoint = endpoint
        self.service = service
        self.signer = RequestSigner(region: region, service: service.signingName)
        self.credentials = credentials
        self.retry = retry
        self.http = http
        self.userAgent = userAgent
        self.surroundings = surroundings
        self.logger = logger
    }

    /// How far the service's clock is ahead of this machine's, by its newest answer; nil: it has not told its time.
    ///
    /// Exact to about a second: that is how finely an answer tells it.
    package var clockOffset: Duration? {
        self.offset.withLock { $0 }.map { .milliseconds($0) }
    }

    /// A connection to the same place, over the same HTTP client, that reports throttled calls without repeating them.
    package func reportingThrottles() -> ServiceConnection {
        var retry = self.retry
        retry.repeatsThrottledCalls = false
        return self.with(retry)
    }

    /// A connection to the same place, over the same HTTP client, that reports each failure without repeating the call.
    package func reportingFailures() -> ServiceConnection {
        var retry = self.retry
        retry.maximumAttempts = 1
        return self.with(retry)
    }

    private func with(_ retry: RetryConfiguration) -> ServiceConnection {
        ServiceConnection(
            endpoint: self.endpoint,
            service: self.service,
            region: self.signer.region,
            credentials: self.credentials,
            retry: retry,
            http: self.http,
            userAgent: self.userAgent,
            surroundings: self.surroundings,
            logger: self.logger
        )
    }

    /// Makes a call, with retries.
    ///
    /// - Parameters:
    ///   - call: The call.
    ///   - repeats: Whether a call that failed for a passing reason is made again.
    /// - Returns: The answer of status 2xx.
    /// - Throws: Why there is none.
    package func send(_ call: AWSCall, repeats: Bool = true) async throws(AWSCallError) -> AWSReply {
        let payload = PayloadHash(of: call.body)
        var attempt = 1
        var price: Int?
        var isSkewCorrected = false
        while true {
            do throws(AWSCallError) {
                let reply = try await self.attempt(call, payload: payload, number: attempt)
                self.quota.withLock { $0.succeeded(lastPrice: price) }
                self.logger.trace(
                    "a call was answered",
                    metadata: [
                        "aws.operation": "\(call.operation)", "aws.attempt": "\(attempt)",
                        "aws.request": "\(reply.requestID ?? "-")",
                    ]
                )
                return reply
            } catch {
                if error.mayBeClockSkew, !isSkewCorrected, self.correctClock(by: error) {
                    isSkewCorrected = true
                    self.surroundings.onFailure(error, true)
                    continue
                }
                guard repeats else { throw self.noted(error, attempt) }
                price = try await self.pauseBeforeRetry(after: error, attempt: attempt)
                attempt += 1
            }
        }
    }

    /// One attempt.
    private func attempt(
        _ call: AWSCall,
        payload: PayloadHash,
        number: Int
    ) async throws(AWSCallError) -> AWSReply {
        func failed(_ reason: AWSCallError.Reason, _ message: String) -> AWSCallError {
            AWSCallError(operation: call.operation, reason: reason, message: message, attempts: number)
        }
        let now = self.surroundings.now()
        let credentials: AWSCredentials
        do throws(ConnectionError) {
            credentials = try await self.credentials.credentials(at: now)
        } catch {
            throw failed(.credentials(error), error.description)
        }
        let path = self.endpoint.pathPrefix.isEmpty ? call.path : self.endpoint.pathPrefix + call.path
        var request = SignableRequest(
            method: call.method,
            path: path,
            query: call.query,
            headers: call.headers,
            payload: payload
        )
        request.headers.append(SignableRequest.Header("Host", self.endpoint.hostHeader))
        if self.service.signsPathAsItIs {
            request.isPathSignedAsItIs = true
            request.headers.append(SignableRequest.Header("X-Amz-Content-SHA256", payload.text))
        }
        self.signer.sign(&request, credential: credentials.signing, at: now + self.skew.load(ordering: .relaxed))
        request.headers.append(SignableRequest.Header("User-Agent", self.userAgent))
        // The checksum is of the bytes on the wire; without a coding these are the body.
        request.headers.append(SignableRequest.Header("Accept-Encoding", "identity"))
        let reply: HTTPReply
        do throws(HTTPFailure) {
            reply = try await self.http.execute(
                HTTPMessage(
                    endpoint: self.endpoint,
                    method: call.method,
                    target: call.query.isEmpty ? path : "\(path)?\(call.query)",
                    headers: request.headers,
                    body: call.body
                )
            )
        } catch {
            throw self.callError(for: error, make: failed)
        }
        let mask = EchoMask(credential: credentials.signing, headers: request.headers)
        return try self.checked(reply, call: call, number: number, mask: mask)
    }

    private func callError(
        for failure: HTTPFailure,
        make: (AWSCallError.Reason, String) -> AWSCallError
    ) -> AWSCallError {
        let text = failure.text(at: self.endpoint)
        return switch failure {
        case .cancelled: make(.cancelled, text)
        case .timedOut: make(.timedOut, text)
        case .connectionRefused, .unknownHost, .connection: make(.connection, text)
        case .tooLarge, .malformed: make(.malformed, text)
        }
    }

    private func checked(
        _ reply: HTTPReply,
        call: AWSCall,
        number: Int,
        mask: EchoMask
    ) throws(AWSCallError) -> AWSReply {
        let requestID = reply.header("x-amzn-RequestId") ?? reply.header("x-amz-request-id")
        let serverDate = reply.serverDate
        if let serverDate {
            let now = self.surroundings.now()
            // The second that it names has begun, and is half over on the average.
            self.offset.withLock { $0 = serverDate + 500 - now }
        }
        func failed(_ reason: AWSCallError.Reason, _ message: String) -> AWSCallError {
            AWSCallError(
                operation: call.operation,
                reason: reason,
                message: message,
                status: reply.status,
                requestID: requestID,
                serverDate: serverDate,
                attempts: number,
                retryAfter: reply.header("Retry-After").flatMap { UInt32($0) }.map { .seconds(Int64($0)) }
            )
        }
        if let coding = reply.header("Content-Encoding"), coding != "identity" {
            throw failed(.malformed, "the answer has a content coding that was not asked for")
        }
        if let expected = reply.header("x-amz-crc32") {
            guard UInt32(expected) == Checksum.crc32(reply.body) else {
                throw failed(.checksum, "the answer does not have the checksum that it should have")
            }
        }
        guard (200...299).contains(reply.status) else {
            let error = ServiceErrorBody(typeHeader: reply.header("x-amzn-errortype"), body: reply.body)
            let code = error.code.isEmpty ? "HTTP status \(reply.status)" : error.code
            throw failed(
                .service(code: error.code, body: mask.masked(reply.body)),
                mask.masked(error.message.isEmpty ? code : "\(code): \(error.message)")
            )
        }
        // A function's error is shown and logged, as a service's is.
        let isError = reply.header("X-Amz-Function-Error") != nil
        return AWSReply(isError ? mask.masked(reply) : reply, requestID: requestID, attempts: number)
    }

    /// Waits before the next attempt, or throws the error if there must be none.
    ///
    /// - Returns: What the retry costs.
    private func pauseBeforeRetry(after error: AWSCallError, attempt: Int) async throws(AWSCallError) -> Int? {
        guard error.isRetryable, attempt < self.retry.maximumAttempts,
            self.retry.repeatsThrottledCalls || !error.isThrottle
        else { throw self.noted(error, attempt) }
        var price: Int?
        if self.retry.mode != .legacy {
            let isTimeout = if case .timedOut = error.reason { true } else { false }
            price = self.quota.withLock { $0.pay(afterTimeout: isTimeout) }
            guard price != nil else { throw self.noted(error, attempt) }
        }
        let pause = self.retry.pause(beforeRetry: attempt, random: self.surroundings.random())
        self.logger.debug(
            "a call is repeated",
            metadata: [
                "aws.operation": "\(error.operation)", "aws.attempt": "\(attempt)", "aws.pause": "\(pause)",
                "aws.error": "\(error.message)", "aws.request": "\(error.requestID ?? "-")",
            ]
        )
        do {
            try await self.surroundings.sleep(pause)
            self.surroundings.onFailure(error, true)
            return price
        } catch {
            // Only cancellation ends a pause early.
        }
        throw AWSCallError(
            operation: error.operation,
            reason: .cancelled,
            message: "the call was cancelled",
            attempts: attempt
        )
    }

    /// Logs an error that is not followed by another attempt.
    private func noted(_ error: AWSCallError, _ attempt: Int) -> AWSCallError {
        if error.wasSent, self.retry.repeatsThrottledCalls || !error.isThrottle {
            self.surroundings.onFailure(error, false)
        }
        self.logger.debug(
            "a call failed",
            metadata: [
                "aws.operation": "\(error.operation)", "aws.attempt": "\(attempt)", "aws.error": "\(error.message)",
                "aws.request": "\(error.requestID ?? "-")",
            ]
        )
        return error
    }

    /// Takes over the service's clock if it differs from ours as far as we knew it.
    private func correctClock(by error: AWSCallError) -> Bool {
        guard let serverDate = error.serverDate else { return false }
        let difference = serverDate - self.surroundings.now()
        guard (difference - self.skew.load(ordering: .relaxed)).magnitude > Self.skewThreshold.magnitude else {
            return false
        }
        self.skew.store(difference, ordering: .relaxed)
        self.logger.debug("the clock is corrected", metadata: ["aws.skew_ms": "\(difference)"])
        return true
    }
}
