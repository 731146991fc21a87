// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Why a session ends.
package enum ConsumerEnding: Sendable {
    /// The task was cancelled, or the program shuts down.
    case cancelled
    /// Nothing came for so long, and all is handled.
    case idle(Duration)
    /// Every shard is closed and handled to its end.
    case shardsEnded
    /// So many records were handed out.
    case recordLimit(Int)
    /// The session lasted as long as it should.
    case timeLimit(Duration)
    /// It cannot go on.
    case failed(ConsumerError)

    /// The reason for people.
    package var text: String {
        switch self {
        case .cancelled: "stopped"
        case .idle(let duration): "nothing new for \(duration)"
        case .shardsEnded: "all shards are read to their end"
        case .recordLimit(let count): "\(count) records were handed out"
        case .timeLimit(let duration): "\(duration) have passed"
        case .failed(let error): error.message
        }
    }
}
