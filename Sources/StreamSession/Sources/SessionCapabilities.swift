// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a source of a session can do besides showing it.
public struct SessionCapabilities: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt32

    /// Creates a set from its bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Hold and resume.
    public static let hold = SessionCapabilities(rawValue: 1)
    /// Step a batch or a record.
    public static let step = SessionCapabilities(rawValue: 2)
    /// Set markers.
    public static let mark = SessionCapabilities(rawValue: 4)
    /// Move through the session's time: the source is a recording.
    public static let play = SessionCapabilities(rawValue: 8)
    /// Begin and end a recording.
    public static let record = SessionCapabilities(rawValue: 16)
    /// Send records to a handler once more: there is one.
    public static let replay = SessionCapabilities(rawValue: 32)
    /// Go back in a running session's time: something of it is kept.
    public static let past = SessionCapabilities(rawValue: 64)
}
