// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// A fault: which requests it meets, how often, and what it does to them.
///
/// As text it is `OPERATION:KIND` and members behind commas, `BatchWriteItem:error=ThrottlingException,rate=0.1,count=5`.
public struct FaultSpecification: Hashable, Sendable, CustomStringConvertible {
    /// Stands for all operations.
    public static let anyOperation = "*"

    /// The operation, `GetRecords`, or `*` for all.
    public var operation: String
    /// What happens.
    public var kind: FaultKind
    /// The probability with which a request is met, or a write of a batch is left.
    ///
    /// - Range: 0...1. Default: 1.
    public var rate: Double
    /// Requests that are met at most; nil: any number.
    ///
    /// - Range: at least 1. Default: nil.
    public var count: Int?
    /// Requests for the operation that pass first.
    ///
    /// - Range: at least 0. Default: 0.
    public var after: Int
    /// The error's code; for errors alone, whose text has to name it.
    public var code: DynamoDBError.Code
    /// The error's text; nil: one that suits the code.
    public var message: String?
    /// The error's HTTP status; nil: 500 for `InternalServerError` and `ServiceUnavailable`, else 400.
    ///
    /// - Range: 400...599. Default: nil.
    public var status: Int?
    /// How long a met request waits first.
    ///
    /// - Range: 0...10 minutes, whole milliseconds. Default: 0.
    public var latency: Duration

    /// Creates a fault.
    public init(
        _ operation: String,
        _ kind: FaultKind,
        rate: Double = 1,
        count: Int? = nil,
        after: Int = 0,
        code: DynamoDBError.Code = .internalServerError,
        message: String? = nil,
        status: Int? = nil,
        latency: Duration = .zero
    ) {
        self.operation = operation
        self.kind = kind
        self.rate = rate
        self.count = count
        self.after = after
        self.code = code
        self.message = message
        self.status = status
        self.latency = latency
    }

    /// Whether requests for an operation are met.
    func matches(_ operation: String) -> Bool {
        self.operation == operation || self.operation == Self.anyOperation
    }

    /// The error that a met request is answered with.
    var error: DynamoDBError {
        let isServers = self.code == .internalServerError || self.code.name == "ServiceUnavailable"
        return DynamoDBError(
            self.code,
            self.message ?? Self.messages[self.code] ?? "A fault was injected by the endpoint",
            status: self.status ?? (isServers ? 500 : 400)
        )
    }

    /// The fault as text, which can be read again.
    public var description: String {
        var text = "\(self.operation):\(self.kind.rawValue)"
        switch self.kind {
        case .error: text += "=\(self.code)"
        case .latency: text += "=\(FaultDuration.text(self.latency))"
        default: break
        }
        if self.rate != 1 { text += ",rate=\(self.rate)" }
        if let count { text += ",count=\(count)" }
        if self.after != 0 { text += ",after=\(self.after)" }
        if let status { text += ",status=\(status)" }
        if self.kind != .latency, self.latency != .zero { text += ",latency=\(FaultDuration.text(self.latency))" }
        // The last one, because it may hold commas.
        if let message { text += ",message=\(message)" }
        return text
    }

    private static let messages: [DynamoDBError.Code: String] = [
        .provisionedThroughputExceeded: """
        The level of configured provisioned throughput for the table was exceeded. Consider increasing your \
        provisioning level with the UpdateTable API.
        """,
        .throttling: "Rate of requests exceeds the allowed throughput.",
        .requestLimitExceeded: "Throughput exceeds the current throughput limit for your account.",
        .limitExceeded: "Too many requests for the shard.",
        .expiredIterator: "Iterator expired. The iterator was created more than 15 minutes ago",
        .trimmedDataAccess: "The requested sequence number is beyond the trim point.",
        .internalServerError: "The request processing has failed because of an unknown error, exception or failure.",
    ]
}
