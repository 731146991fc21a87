// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A part of a recording, both ends included.
public struct RecordingRange: Hashable, Sendable {
    /// Where it begins; nil: with the recording.
    public var from: RecordingMoment?
    /// Where it ends; nil: with the recording.
    public var to: RecordingMoment?

    /// Creates a range.
    public init(from: RecordingMoment? = nil, to: RecordingMoment? = nil) {
        self.from = from
        self.to = to
    }

    /// All of a recording.
    public static let all = RecordingRange()
}
