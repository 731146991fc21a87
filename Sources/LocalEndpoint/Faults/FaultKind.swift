// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What an injected fault does to a request.
public enum FaultKind: String, Hashable, Sendable, CaseIterable {
    /// Answers with an error; the request is not done.
    case error
    /// Lets the request wait before it is done.
    case latency
    /// Closes the connection; the request is not done.
    case drop
    /// Closes the connection after the request is done, so that the client cannot know.
    case dropAnswer = "drop-answer"
    /// Changes a byte of the answer after its checksum was taken.
    case corrupt
    /// BatchWriteItem: leaves writes undone, each with the fault's probability, and gives them back.
    case unprocessed
    /// GetRecords: says that the iterator has expired.
    case expireIterator = "expire-iterator"
    /// GetRecords: trims the stream of the iterator before it is read.
    case trim
    /// GetRecords: splits the open shards of the iterator's stream before it is read.
    case split

    /// The only operation that can have this fault; nil: all can.
    public var onlyOperation: String? {
        switch self {
        case .error, .latency, .drop, .dropAnswer, .corrupt: nil
        case .unprocessed: "BatchWriteItem"
        case .expireIterator, .trim, .split: "GetRecords"
        }
    }
}
