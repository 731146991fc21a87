// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// What a viewer who has gone back in a running session's time gets to see.
public struct PastView: Hashable, Sendable {
    /// A moment that is over.
    public struct Moment: Hashable, Sendable {
        /// The moment that was asked for, or the first that is kept.
        public var at: Timestamp
        /// The state that the session had then.
        public var state: SessionState

        /// Creates a moment.
        public init(at: Timestamp, state: SessionState) {
            self.at = at
            self.state = state
        }
    }

    /// The moment; nil: now.
    public var moment: Moment?
    /// What could not be done, for people; nil: nothing to say.
    public var message: String?

    /// Creates a view.
    public init(moment: Moment? = nil, message: String? = nil) {
        self.moment = moment
        self.message = message
    }
}
