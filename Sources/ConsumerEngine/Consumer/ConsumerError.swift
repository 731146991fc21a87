// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Why a consumer ended or did not begin.
public struct ConsumerError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, to match on.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Base: String {
            case streamNotFound, accessDenied, credentialsRefused, requestRefused, serviceFailed, handlerStopped
            case checkpointStorage, invalidConfiguration, alreadyRun
        }
        private let base: Base
        /// The stream does not exist.
        public static let streamNotFound = Code(base: .streamNotFound)
        /// A permission is missing.
        public static let accessDenied = Code(base: .accessDenied)
        /// The service does not accept the credentials or the signature.
        public static let credentialsRefused = Code(base: .credentialsRefused)
        /// The service does not accept a request; repeating it cannot help.
        public static let requestRefused = Code(base: .requestRefused)
        /// The service failed in a way that repeating does not mend.
        public static let serviceFailed = Code(base: .serviceFailed)
        /// The record handler asked to stop.
        public static let handlerStopped = Code(base: .handlerStopped)
        /// Positions cannot be read or stored.
        public static let checkpointStorage = Code(base: .checkpointStorage)
        /// A setting is outside its range.
        public static let invalidConfiguration = Code(base: .invalidConfiguration)
        /// A consumer runs once.
        public static let alreadyRun = Code(base: .alreadyRun)
        /// The code of the notice that tells of it, `handler-stopped`.
        var noticeCode: String {
            self.base.rawValue.map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()
        }
        /// The code's name.
        public var description: String { self.base.rawValue }
    }

    /// What went wrong, to match on.
    public var code: Code
    /// What was tried, on what, and what to do.
    public var message: String
    /// The shard it is about; nil: the whole session.
    public var shardID: ShardID?
    /// The error below; nil: there is none.
    public var underlying: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ message: String, shardID: ShardID? = nil, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.shardID = shardID
        self.underlying = underlying
    }

    /// The message.
    public var description: String { self.message }
}
