// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// A place of a recording that is not what was written there.
public struct RecordingDamage: Hashable, Sendable {
    /// Where.
    public enum Place: Hashable, Sendable {
        /// The file below the tables.
        case file
        /// What the file says of itself.
        case header
        /// Events by their numbers.
        case events(ClosedRange<UInt64>)
        /// The records of a batch.
        case batch(BatchID)
        /// The whole state behind this event.
        case keyframe(UInt64)
    }

    /// Where.
    public var place: Place
    /// The session time; nil if there is none.
    public var at: Timestamp?
    /// What is wrong, for people.
    public var problem: String
    /// The events that cannot be had because of it.
    package var lostEvents: ClosedRange<UInt64>?

    /// Creates a damage.
    public init(_ place: Place, at: Timestamp? = nil, _ problem: String) {
        if case .events(let range) = place { self.lostEvents = range }
        self.place = place
        self.at = at
        self.problem = problem
    }
}

extension RecordingDamage {
    static let missing = "there is no such event, and no gap says so"

    /// The damage that a walk has met.
    init(_ range: ClosedRange<UInt64>, at: Timestamp?, _ fault: EventWalk.Fault) {
        if case .records(let batch) = fault {
            self.init(.batch(batch), at: at, fault.problem)
        } else {
            self.init(.events(range), at: at, fault.problem)
        }
        self.lostEvents = range
    }
}

extension EventWalk.Fault {
    /// What is wrong, for people.
    var problem: String {
        switch self {
        case .unreadable: "the file cannot be read there"
        case .row: "it is not what its checksum says"
        case .records: "its records are missing, or not what their checksum says"
        }
    }
}
