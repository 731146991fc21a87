// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A failed call of DynamoDB or DynamoDB Streams.
public struct DynamoDBError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The service's name of the error, or one of our own for failures that never reached it.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The part of `__type` behind `#`.
        public let name: String

        /// Wraps a name.
        public init(_ name: String) {
            self.name = name
        }

        /// The name.
        public var description: String { self.name }

        /// The table, stream, shard or iterator does not exist.
        public static let resourceNotFound = Code("ResourceNotFoundException")
        /// The table exists already, or is busy.
        public static let resourceInUse = Code("ResourceInUseException")
        /// The request is not well formed.
        public static let validation = Code("ValidationException")
        /// The body is not what the protocol asks for.
        public static let serialization = Code("SerializationException")
        /// The operation has no such name, or is not supported.
        public static let unknownOperation = Code("UnknownOperationException")
        /// A condition did not hold.
        public static let conditionalCheckFailed = Code("ConditionalCheckFailedException")
        /// A transaction was cancelled; why, is in ``DynamoDBError/detail``.
        public static let transactionCanceled = Code("TransactionCanceledException")
        /// A transaction that is under way holds the item.
        public static let transactionConflict = Code("TransactionConflictException")
        /// The transaction with this token is still under way.
        public static let transactionInProgress = Code("TransactionInProgressException")
        /// The token was used for another request within ten minutes.
        public static let idempotentParameterMismatch = Code("IdempotentParameterMismatchException")
        /// Too many calls or too many readers on a shard.
        public static let limitExceeded = Code("LimitExceededException")
        /// The table's capacity is used up.
        public static let provisionedThroughputExceeded = Code("ProvisionedThroughputExceededException")
        /// Throttled.
        public static let throttling = Code("ThrottlingException")
        /// The account's capacity is used up.
        public static let requestLimitExceeded = Code("RequestLimitExceeded")
        /// The iterator is older than 15 minutes.
        public static let expiredIterator = Code("ExpiredIteratorException")
        /// The position is older than what the stream still has: data was lost.
        public static let trimmedDataAccess = Code("TrimmedDataAccessException")
        /// The service failed.
        public static let internalServerError = Code("InternalServerError")
        /// No permission.
        public static let accessDenied = Code("AccessDeniedException")
        /// The security token has expired.
        public static let expiredToken = Code("ExpiredTokenException")
        /// The access key is unknown.
        public static let unrecognizedClient = Code("UnrecognizedClientException")
        /// Ours: no connection, or it broke before the whole answer was there.
        public static let connectionFailed = Code("ConnectionFailed")
        /// Ours: no answer in time.
        public static let timedOut = Code("TimedOut")
        /// Ours: the answer's checksum is wrong.
        public static let checksumMismatch = Code("ChecksumMismatch")
        /// Ours: the answer is not what the service model says.
        public static let malformedResponse = Code("MalformedResponse")
        /// Ours: no credentials, or they cannot be used.
        public static let credentials = Code("CredentialsUnavailable")
        /// Ours: the call was cancelled.
        public static let cancelled = Code("Cancelled")
    }

    /// What went wrong, to match on.
    public var code: Code
    /// The service's text or ours; never holds item values or credentials of ours.
    public var message: String
    /// The operation, `GetRecords`; nil if unknown.
    public var operation: String?
    /// The id to quote to AWS support; nil if no answer came.
    public var requestID: String?
    /// The HTTP status; nil if no answer came.
    public var status: Int?
    /// What to do next, for people, one sentence or more; nil if there is nothing to advise.
    public var advice: String?
    /// What the service told beside its text; nil for most errors.
    ///
    /// Never part of ``description``, as it can hold items.
    public var detail: Detail?

    /// Creates an error.
    public init(
        _ code: Code,
        _ message: String,
        operation: String? = nil,
        requestID: String? = nil,
        status: Int? = nil,
        advice: String? = nil
    ) {
        self.code = code
        self.message = message
        self.operation = operation
        self.requestID = requestID
        self.status = status
        self.advice = advice
    }

    /// Whether the service asks to slow down.
    public var isThrottling: Bool {
        // What stands between may ask for it as well, without a code of the service.
        if self.status == 429 { return true }
        return switch self.code {
        case .throttling, .provisionedThroughputExceeded, .requestLimitExceeded, .limitExceeded: true
        default:
            [
                "Throttling", "ThrottledException", "RequestThrottledException", "RequestThrottled",
                "TooManyRequestsException", "BandwidthLimitExceeded", "SlowDown", "PriorRequestNotComplete",
                "EC2ThrottledException", "TransactionInProgressException",
            ].contains(self.code.name)
        }
    }

    /// Whether the same call may succeed later without anybody changing anything.
    public var isTransient: Bool {
        if self.isThrottling { return true }
        switch self.code {
        case .internalServerError, .connectionFailed, .timedOut, .checksumMismatch, .transactionConflict: return true
        case .transactionCanceled:
            guard case .transactionCanceled(let reasons) = self.detail else { return false }
            let real = reasons.filter { $0.code != .none }
            return !real.isEmpty && real.allSatisfy(\.isTransient)
        default: break
        }
        let passing = [
            "ReplicatedWriteConflictException", "RequestTimeout", "RequestTimeoutException", "ServiceUnavailable",
        ]
        if passing.contains(self.code.name) { return true }
        return [500, 502, 503, 504].contains(self.status)
    }

    /// One line: operation, code, text, request id and advice.
    public var description: String {
        var text = self.operation.map { "\($0): " } ?? ""
        text += "\(self.code): \(self.message)"
        if let requestID { text += " (request \(requestID))" }
        if let advice { text += text.last == "." ? " \(advice)" : ". \(advice)" }
        return text
    }
}
