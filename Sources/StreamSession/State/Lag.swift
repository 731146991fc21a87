// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How far a shard or a session is behind its stream: the age of the oldest record that is not done.
public enum Lag: Hashable, Sendable {
    /// It is that age; zero when all that was read is done and the newest read brought nothing.
    ///
    /// Creation times are whole seconds, so it is off by up to one.
    case exactly(Duration)
    /// Nobody knows what was written since the last answer of the service, but nothing that waits is older.
    case atMost(Duration)

    /// The age, exact or not.
    public var duration: Duration {
        switch self {
        case .exactly(let duration), .atMost(let duration): duration
        }
    }

    /// Whether it is known, and not only its bound.
    public var isExact: Bool {
        switch self {
        case .exactly: true
        case .atMost: false
        }
    }

    /// The larger one: a whole is as far behind as its last part.
    static func larger(_ left: Lag?, _ right: Lag) -> Lag {
        guard let left else { return right }
        if left.duration == right.duration { return left.isExact ? right : left }
        return left.duration > right.duration ? left : right
    }
}
