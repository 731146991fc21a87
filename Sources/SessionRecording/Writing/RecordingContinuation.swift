// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import GRDB
import StreamSession

/// Where a recording goes on that was ended, or whose writer was.
struct RecordingContinuation: Hashable, Sendable {
    /// What the file says of itself.
    var header: RecordingHeader
    /// Its newest event.
    var lastSequence: UInt64
    /// Its newest batch.
    var lastBatch: UInt64
    /// The session time of its newest event.
    var lastAt: Timestamp
    /// The session time at which it goes on.
    var now: Timestamp

    /// Finds out whether a session may go on in a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - description: What the session is about, without what is left out of the recording.
    ///   - redaction: What is left out.
    ///   - now: The session time.
    /// - Throws: ``RecordingError`` with `anotherSession` if it is the recording of something else, and what opening a recording throws.
    init(
        of path: String,
        by description: SessionDescription,
        redaction: RecordingHeader.Redaction,
        now: Timestamp
    ) throws(RecordingError) {
        let reader = try RecordingReader(path: path)
        func refusal(_ reason: String) -> RecordingError {
            RecordingError(.anotherSession, "\(path) \(reason)")
        }
        guard reader.isHeaderWhole else {
            throw refusal("is damaged where it says what it is, so nothing is added to it: record to another file.")
        }
        let version = try reader.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        guard version / 1000 == RecordingFormat.major else {
            throw refusal(
                "has format \(version / 1000), to which this program does not add: weir recording repair makes one of format "
                    + "\(RecordingFormat.major) of it, or record to another file."
            )
        }
        guard let recorded = try reader.sessionDescription() else {
            throw refusal("does not say which stream it is about: record to another file.")
        }
        guard recorded.streamARN == description.streamARN, recorded.pipeline == description.pipeline else {
            throw refusal(
                "is about the stream \(recorded.streamARN) in the pipeline \"\(recorded.pipeline)\", and this session about "
                    + "\(description.streamARN) in \"\(description.pipeline)\": record to another file."
            )
        }
        guard reader.header.redaction == redaction else {
            throw refusal(
                "was recorded with \(Self.words(reader.header.redaction)), and this session would be with "
                    + "\(Self.words(redaction)): say the same --redact, or record to another file."
            )
        }
        guard try !reader.summary().isContinued else {
            throw refusal("is a part that another one follows: record to another file.")
        }
        let extent = try reader.extent()
        self.header = reader.header
        self.lastSequence = extent.lastSequence ?? 0
        self.lastBatch = try reader.read { database in
            let newest = "SELECT max(batch) AS batch FROM"
            let sql = "SELECT ifnull(max(batch), 0) FROM (\(newest) event UNION ALL \(newest) batch)"
            return UInt64(clamping: try Int64.fetchOne(database, sql: sql) ?? 0)
        }
        self.now = now
        self.lastAt = extent.last ?? reader.header.startedAt
        guard self.lastAt <= now else {
            throw refusal(
                "goes to \(self.lastAt.iso8601), and it is \(now.iso8601) now: set the clock, or record to another file."
            )
        }
    }

    private static func words(_ redaction: RecordingHeader.Redaction) -> String {
        switch redaction {
        case .none: "nothing left out"
        case .attributes: "some attributes left out"
        case .values: "values left out"
        case .all: "everything left out"
        }
    }
}
