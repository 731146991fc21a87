// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Whether a running session is kept in a file; told by whoever keeps it, and no part of the session.
public struct RecordingStatus: Hashable, Sendable {
    /// Something that viewers are told once.
    public struct News: Hashable, Sendable {
        /// Grows with each.
        public var number: Int
        /// For people.
        public var text: String
        /// Whether something went wrong.
        public var isError: Bool

        /// Creates news.
        public init(number: Int, text: String, isError: Bool) {
            self.number = number
            self.text = text
            self.isError = isError
        }
    }

    /// The file that is written; nil: none is.
    public var file: String?
    /// The newest that happened to a recording; nil: nothing yet.
    public var news: News?

    /// Creates a status.
    public init(file: String? = nil, news: News? = nil) {
        self.file = file
        self.news = news
    }
}
