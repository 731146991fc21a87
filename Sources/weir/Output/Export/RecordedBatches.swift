// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import SessionRecording
import StreamSession

/// The batches of a part of a recording, in the order in which they were formed.
struct RecordedBatches {
    /// Which batches are meant.
    struct Choice {
        /// The part of the recording.
        var range = RecordingRange.all
        /// The shard; nil: all.
        var shard: ShardID?
    }

    /// A batch with the moment at which it was formed.
    struct Batch {
        var description: BatchDescription
        var at: Timestamp
    }

    /// What has been read so far.
    private(set) var passage: RecordingPassage
    private let choice: Choice

    /// Begins.
    ///
    /// - Throws: `RecordingError`.
    init(_ reader: RecordingReader, _ choice: Choice) throws {
        self.choice = choice
        self.passage = try RecordingPassage(reader, choice.range)
    }

    /// The next batch that has records; nil: there is no more.
    ///
    /// - Throws: `RecordingError`.
    mutating func next() throws -> Batch? {
        while let piece = try self.passage.next() {
            guard case .event(let event) = piece, case .batchFormed(let batch) = event.kind else { continue }
            guard !batch.records.isEmpty, self.choice.shard == nil || self.choice.shard == batch.shard else { continue }
            return Batch(description: batch, at: event.at)
        }
        return nil
    }
}
