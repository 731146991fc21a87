// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A call of a service that failed: one that is made again below its caller, who would not hear of it otherwise, or the
/// last one, of which the caller hears as well.
///
/// The service has counted such a call, and may have done what it asked for: only its answer is lost.
public struct FailedCall: Hashable, Sendable {
    /// Gets the calls that fail for this task and its children, in the task that makes them.
    ///
    /// - Default: nil: nobody listens.
    @TaskLocal public static var listener: Listener?

    /// Who wants to hear of failed calls.
    ///
    /// A type of its own: the optimizer of Swift 6.3 passes no type for a task-local closure, and the program crashes.
    public struct Listener: Sendable {
        fileprivate let hear: @Sendable (FailedCall) -> Void

        /// Creates a listener.
        ///
        /// - Parameter hear: Gets each call, in the task that makes it.
        public init(_ hear: @escaping @Sendable (FailedCall) -> Void) {
            self.hear = hear
        }
    }

    // Conditions that are not met are what was asked.
    private static let answers: Set<String> = [
        DynamoDBError.Code.conditionalCheckFailed.name, DynamoDBError.Code.transactionCanceled.name,
    ]

    /// The operation, `BatchWriteItem`.
    public var operation: String
    /// The service's error code, or a word of ours where it gave none: `ConnectionFailed`.
    public var code: String
    /// What happened; may hold text of the service.
    public var message: String
    /// Whether the service asks to slow down.
    public var isThrottling: Bool
    /// Whether the call is made again below its caller.
    public var isRepeated: Bool

    /// Creates a failed call.
    public init(operation: String, code: String, message: String, isThrottling: Bool, isRepeated: Bool = true) {
        self.operation = operation
        self.code = code
        self.message = message
        self.isThrottling = isThrottling
        self.isRepeated = isRepeated
    }

    /// Tells whoever listens, unless the service has answered what was asked.
    public func tell() {
        guard !Self.answers.contains(self.code) else { return }
        Self.listener?.hear(self)
    }
}
