// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Something to tell people; errors of the service included.
public struct Notice: Hashable, Sendable, Codable {
    /// How bad it is.
    public enum Level: String, Hashable, Sendable, Comparable, Codable {
        /// Good to know.
        case info
        /// Worth a look.
        case warning
        /// Something does not work.
        case error

        /// Orders by weight.
        public static func < (left: Level, right: Level) -> Bool {
            left.weight < right.weight
        }

        private var weight: Int {
            switch self {
            case .info: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// The code of the notice that a step of a held session found no record to let through.
    public static let stepEmpty = "step-empty"

    /// How bad it is.
    public var level: Level
    /// The shard it is about; nil: the whole session.
    public var shard: ShardID?
    /// A name to match on: the service's error code, or a word of ours in kebab-case.
    public var code: String
    /// What happened and what to do, for people.
    ///
    /// May hold text of the service: show it escaped.
    public var message: String

    /// Creates a notice.
    public init(level: Level, shard: ShardID? = nil, code: String, message: String) {
        self.level = level
        self.shard = shard
        self.code = code
        self.message = message
    }
}
