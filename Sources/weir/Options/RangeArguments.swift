// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DynamoDBModel
import SessionRecording

/// Which part of a recording is meant.
struct RangeArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Begin here: \(RecordingPlace.forms).",
            discussion: "A time without a date counts from the beginning of the session, with a minus from its end.",
            valueName: "place"
        ),
        transform: RecordingPlace.read
    )
    var from: RecordingPlace?

    @Option(
        name: .long,
        help: ArgumentHelp("End here, with what happened at that moment; the same forms.", valueName: "place"),
        transform: RecordingPlace.read
    )
    var to: RecordingPlace?

    /// Creates options to be filled by the parser.
    init() {}

    /// Whether all of a recording is meant.
    var isAll: Bool { self.from == nil && self.to == nil }

    /// The part of a recording.
    ///
    /// - Throws: ``ProgramFailure`` if there is no such part, and `RecordingError`.
    func range(in reader: RecordingReader) throws -> RecordingRange {
        let range = RecordingRange(
            from: try self.from?.moment(in: reader, option: "--from"),
            to: try self.to?.moment(in: reader, option: "--to")
        )
        if case .time(let from) = range.from, case .time(let to) = range.to, from > to {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message: "--from is \(from.iso8601), which is after --to, \(to.iso8601): exchange them."
            )
        }
        return range
    }
}
