// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel

/// A handler, what is said of it, and what the user is asked before it does anything.
struct PreparedHandler: Sendable {
    /// What it does, in words for a question and its answers.
    struct Deed: Sendable {
        /// `delete`, `write`, `run`, `invoke`.
        var verb: String
        /// `deleted`, `written`, `run`, `invoked`.
        var done: String

        static let delete = Deed(verb: "delete", done: "deleted")
        static let write = Deed(verb: "write", done: "written")
        static let run = Deed(verb: "run", done: "run")
        static let invoke = Deed(verb: "invoke", done: "invoked")
    }

    /// What the user is asked.
    struct Question: Sendable {
        /// What is going to happen, a line each.
        var lines: [String]
        /// The question.
        var text: String
        var deed: Deed
    }

    var handler: any RecordHandler
    /// For people.
    var text: String
    /// For the identity of checkpoints.
    var identity: String
    var writes: Bool
    var provisionedWriteCapacity: Int?
    /// The user's bound, in write capacity units a second.
    var maximumWriteCapacity: Int?
    /// How failure messages name it; nil: by its identity.
    var functionARN: String?
    /// Nil: it writes nothing anywhere.
    var question: Question?
    /// The same for records that come beside the stream, under a stream's name of their own; nil: this very handler.
    var ofAnotherStream: (@Sendable (StreamARN) -> any RecordHandler)?
}
