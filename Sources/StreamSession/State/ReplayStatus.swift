// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What becomes of records that are to be sent to a handler once more; told by whoever sends them, and no part of the
/// session.
public struct ReplayStatus: Hashable, Sendable {
    /// What would be sent where.
    public struct Proposal: Hashable, Sendable {
        /// Grows with each.
        public var number: Int
        /// The question whether to send it, which names the target.
        public var question: String
        /// What is going to happen, a line each, for people.
        public var lines: [String]

        /// Creates a proposal.
        public init(number: Int, question: String, lines: [String]) {
            self.number = number
            self.question = question
            self.lines = lines
        }
    }

    /// What waits for an answer; nil: nothing does.
    public var proposal: Proposal?
    /// What is being sent now, for people; nil: nothing is.
    public var sending: String?
    /// The newest that happened; nil: nothing yet.
    public var news: RecordingStatus.News?

    /// Creates a status.
    public init(proposal: Proposal? = nil, sending: String? = nil, news: RecordingStatus.News? = nil) {
        self.proposal = proposal
        self.sending = sending
        self.news = news
    }
}
