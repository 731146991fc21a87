// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What was found when all of a recording was checked.
public struct RecordingReport: Hashable, Sendable {
    /// Of a file that is damaged all over, no more places than this are told.
    public static let damageLimit = 1000

    /// Events that are what was written.
    public var events = 0
    /// Batches whose records are what was written.
    public var batches = 0
    /// Records of those.
    public var records = 0
    /// Whole states that are what was written.
    public var keyframes = 0
    /// Of those, states that came out again when the events before them were applied to the state before.
    public var replayedKeyframes = 0
    /// Events of kinds that only newer programs know.
    public var unknownEvents = 0
    /// Events that the recorder could not follow, as the file itself says: that is no damage.
    public var missingEvents = 0
    /// How the recording came to its end.
    public var completeness = RecordingCompleteness.complete
    /// What is damaged, in the order of the file; at most ``damageLimit``.
    public private(set) var damages: [RecordingDamage] = []
    /// How many places are damaged.
    public private(set) var damageCount = 0

    /// Creates an empty report.
    public init() {}

    /// Whether nothing is damaged.
    public var isWhole: Bool { self.damageCount == 0 }

    mutating func add(_ damage: RecordingDamage) {
        self.damageCount += 1
        if self.damages.count < Self.damageLimit { self.damages.append(damage) }
    }
}
