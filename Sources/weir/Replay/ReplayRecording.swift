// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import SessionRecording
import StreamSession

/// A recording whose batches are sent once more.
struct ReplayRecording: Sendable {
    private let reader: RecordingReader
    /// What it is about.
    let session: SessionDescription
    private let lineage: [ShardDescription]

    /// Opens a recording.
    ///
    /// - Throws: ``ProgramFailure`` if nothing of it can be sent, and `RecordingError`.
    init(_ reader: RecordingReader) throws {
        guard reader.header.redaction == .none else {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message:
                    "the values in \(reader.path) were redacted: a handler would get what never was in the stream. Replay needs "
                    + "a recording with its values."
            )
        }
        let state = try reader.finalState()
        guard let session = state.description else {
            throw ProgramFailure(
                status: ExitStatus.damaged,
                message: "the recording \(reader.path) does not tell which stream it is about."
            )
        }
        self.reader = reader
        self.session = session
        self.lineage = state.shards.map(\.description)
    }

    /// The file.
    var path: String { self.reader.path }

    /// Finds what is chosen.
    ///
    /// - Parameters:
    ///   - selection: What is chosen.
    ///   - warn: Gets what the user should know of it.
    /// - Returns: A stream of it.
    /// - Throws: ``ProgramFailure`` rather than to send less than was asked for, and `RecordingError`.
    func stream(_ selection: RecordingSelection, warn: (String) -> Void = { _ in }) throws -> ReplayStream {
        let plan = try ReplayPlan(selection, of: self.reader)
        if !plan.missing.isEmpty {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message: "there is no batch \(Self.numbers(plan.missing)) in \(self.path)."
            )
        }
        if !plan.damaged.isEmpty {
            throw ProgramFailure(
                status: ExitStatus.damaged,
                message: "batch \(Self.numbers(plan.damaged)) of \(self.path) is damaged and cannot be sent."
            )
        }
        if plan.gaps > 0 {
            warn(
                "\(RunSummary.count(plan.gaps, "event")) of \(self.path) are missing or damaged: batches among "
                    + "them are not sent"
            )
        }
        guard plan.recordCount > 0 else {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message: "nothing in \(self.path) is what --batch, --event-id and --shard ask for."
            )
        }
        return ReplayStream(plan, of: self.reader, session: self.session, lineage: self.lineage)
    }

    /// A few by their numbers, many by their number.
    static func names(_ batches: [BatchID]) -> String {
        switch batches.count {
        case 1: "batch \(Self.numbers(batches))"
        case ...8: "batches \(Self.numbers(batches))"
        default: RunSummary.count(batches.count, "batch", "batches")
        }
    }

    private static func numbers(_ batches: [BatchID]) -> String {
        batches.map { "\($0.number)" }.joined(separator: ", ")
    }
}
