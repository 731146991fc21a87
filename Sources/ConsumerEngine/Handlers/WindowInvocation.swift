// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// What a batch of a tumbling window carries beside its records.
public struct WindowInvocation: Hashable, Sendable {
    /// The first moment of the window.
    public var start: Timestamp
    /// The first moment behind it.
    public var end: Timestamp
    /// The state that the invocation before returned: a JSON value, `{}` at the beginning.
    public var state: [UInt8]
    /// Whether it is the window's last invocation, which may have no records.
    public var isFinal: Bool
    /// Whether the window ended before its time because the state grew too large.
    public var isTerminatedEarly: Bool

    /// Creates the description.
    public init(
        start: Timestamp,
        end: Timestamp,
        state: [UInt8] = Array("{}".utf8),
        isFinal: Bool = false,
        isTerminatedEarly: Bool = false
    ) {
        self.start = start
        self.end = end
        self.state = state
        self.isFinal = isFinal
        self.isTerminatedEarly = isTerminatedEarly
    }
}
