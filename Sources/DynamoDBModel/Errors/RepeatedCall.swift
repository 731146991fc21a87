// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A call of a service that failed and is made again below its caller, who would not hear of it otherwise.
///
/// The service has counted such a call, and may have done what it asked for: only its answer is lost.
public struct RepeatedCall: Hashable, Sendable {
    /// Gets the calls that are repeated for this task and its children, in the task that makes them.
    ///
    /// - Default: nil: nobody listens.
    @TaskLocal public static var listener: Listener?

    /// Who wants to hear of repeated calls.
    ///
    /// A type of its own: the optimizer of Swift 6.3 passes no type for a task-local closure, and the program crashes.
    public struct Listener: Sendable {
        fileprivate let hear: @Sendable (RepeatedCall) -> Void

        /// Creates a listener.
        ///
        /// - Parameter hear: Gets each call, in the task that makes it.
        public init(_ hear: @escaping @Sendable (RepeatedCall) -> Void) {
            self.hear = hear
        }
    }

    /// The operation, `BatchWriteItem`.
    public var operation: String
    /// The service's error code, or a word of ours where it gave none: `ConnectionFailed`.
    public var code: String
    /// What happened; may hold text of the service.
    public var message: String
    /// Whether the service asks to slow down.
    public var isThrottling: Bool

    /// Creates a repeated call.
    public init(operation: String, code: String, message: String, isThrottling: Bool) {
        self.operation = operation
        self.code = code
        self.message = message
        self.isThrottling = isThrottling
    }

    /// Tells whoever listens.
    public func tell() {
        Self.listener?.hear(self)
    }
}
