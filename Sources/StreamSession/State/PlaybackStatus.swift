// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Where the playback of a recorded session is.
public struct PlaybackStatus: Hashable, Sendable {
    /// The speeds there are, as multiples of the session's own.
    public static let speeds = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64]

    /// Something on the timeline.
    public struct Mark: Hashable, Sendable {
        /// What it is.
        public enum Kind: Hashable, Sendable {
            /// Somebody marked the moment.
            case marker
            /// Events are missing.
            case gap
            /// Reading was stopped.
            case hold
            /// Records were gone before they were read.
            case loss
        }

        /// When it begins.
        public var at: Timestamp
        /// When it ends; a hold has a length.
        public var until: Timestamp
        /// What.
        public var kind: Kind

        /// Creates a mark.
        public init(at: Timestamp, until: Timestamp? = nil, kind: Kind) {
            self.at = at
            self.until = until ?? at
            self.kind = kind
        }
    }

    /// Whether it moves.
    public var isPlaying = false
    /// How fast it moves when it does.
    public var speed = 1.0
    /// The session time that is shown.
    public var at: Timestamp
    /// The beginning of the session.
    public var first: Timestamp
    /// Its end as far as it is known.
    public var last: Timestamp
    /// Whether the file is still written.
    public var isFollowing = false
    /// Whether time in which nothing happens is passed.
    public var skipsIdle = true
    /// Whether such time was just passed.
    public var hasSkipped = false
    /// A record within a batch that is being stepped through: its number from 1, and how many there are.
    public var record: (number: Int, count: Int)? {
        get { self.recordNumber > 0 ? (self.recordNumber, self.recordCount) : nil }
        set { (self.recordNumber, self.recordCount) = newValue ?? (0, 0) }
    }
    /// The beginning of a loop.
    public var loopStart: Timestamp?
    /// The end of a loop.
    public var loopEnd: Timestamp?
    /// Marks of the timeline, in the order of their beginnings.
    public var marks: [Mark] = []
    /// What could not be done, for people; nil if there is nothing to say.
    public var message: String?

    private var recordNumber = 0
    private var recordCount = 0

    /// Creates the status at the beginning.
    public init(at: Timestamp, first: Timestamp, last: Timestamp) {
        self.at = at
        self.first = first
        self.last = last
    }

    /// Where it is, 0 to 1.
    public var share: Double {
        let length = self.last.milliseconds - self.first.milliseconds
        guard length > 0 else { return 1 }
        return min(max(Double(self.at.milliseconds - self.first.milliseconds) / Double(length), 0), 1)
    }
}
