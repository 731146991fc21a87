// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why a call did not succeed, after its retries.
package struct AWSCallError: Error, Sendable, CustomStringConvertible {
    /// What happened.
    package enum Reason: Sendable {
        /// The service refused; its code without a namespace, empty if it gave none, and the body of its answer.
        case service(code: String, body: [UInt8])
        /// There was no connection, or it broke before the whole answer was there.
        case connection
        /// There was no answer in time.
        case timedOut
        /// The answer's checksum is wrong.
        case checksum
        /// The answer is not what HTTP or the service allows.
        case malformed
        /// There are no credentials, or they cannot be used.
        case credentials(ConnectionError)
        /// The task was cancelled.
        case cancelled
    }

    /// The operation.
    package var operation: String
    /// What happened.
    package var reason: Reason
    /// The same for people, one sentence without its full stop; shows no secret.
    package var message: String
    /// The HTTP status; nil if no answer came.
    package var status: Int?
    /// The request's id; nil if no answer came.
    package var requestID: String?
    /// The service's clock, in milliseconds since 1970-01-01T00:00:00Z; nil if it did not say.
    var serverDate: Int64?
    /// Attempts that were made.
    package var attempts: Int
    /// How long the service wants to be left alone (`Retry-After` in seconds); nil: it did not say.
    package var retryAfter: Duration?

    /// Creates an error.
    package init(
        operation: String,
        reason: Reason,
        message: String,
        status: Int? = nil,
        requestID: String? = nil,
        serverDate: Int64? = nil,
        attempts: Int,
        retryAfter: Duration? = nil
    ) {
        self.operation = operation
        self.reason = reason
        self.message = message
        self.status = status
        self.requestID = requestID
        self.serverDate = serverDate
        self.attempts = attempts
        self.retryAfter = retryAfter
    }

    /// Operation and message.
    package var description: String { "\(self.operation): \(self.message)" }

    /// Codes by which services ask to slow down.
    package static let throttlingCodes: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "RequestThrottled",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown",
        "PriorRequestNotComplete", "EC2ThrottledException",
    ]

    private static let transientCodes: Set<String> = [
        "RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete", "InternalServerError",
    ]

    /// Whether the service asked to slow down.
    package var isThrottle: Bool {
        if self.status == 429 { return true }
        guard case .service(let code, _) = self.reason else { return false }
        return Self.throttlingCodes.contains(code)
    }

    /// The service's code, or a word of ours where it gave none: `ConnectionFailed`.
    package var code: String {
        switch self.reason {
        case .service(let code, _): code.isEmpty ? "HTTPStatus\(self.status ?? 0)" : code
        case .connection: "ConnectionFailed"
        case .timedOut: "TimedOut"
        case .checksum: "ChecksumMismatch"
        case .malformed: "MalformedResponse"
        case .credentials: "CredentialsUnavailable"
        case .cancelled: "Cancelled"
        }
    }

    /// Whether the service may have seen the call.
    var wasSent: Bool {
        switch self.reason {
        case .credentials, .cancelled: false
        case .service, .connection, .timedOut, .checksum, .malformed: true
        }
    }

    /// Whether the same call may succeed when it is made again.
    package var isRetryable: Bool {
        switch self.reason {
        case .connection, .timedOut, .checksum: return true
        case .malformed, .credentials, .cancelled: return false
        case .service(let code, _):
            if self.isThrottle || Self.transientCodes.contains(code) { return true }
            return self.status.map { [500, 502, 503, 504].contains($0) } ?? false
        }
    }

    /// Whether the signature's time may have been refused.
    var mayBeClockSkew: Bool {
        guard case .service(let code, _) = self.reason else { return false }
        return [
            "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "InvalidSignatureException",
            "SignatureDoesNotMatch", "AuthFailure",
        ].contains(code)
    }
}
