// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dashboard
import DynamoDBModel
import SessionRecording
import StreamSession

/// A place in a recording as it is written on the command line.
struct RecordingPlace: Hashable, Sendable {
    /// The accepted forms, for help and errors.
    static let forms = "12:31, 1:02:03, 90s, -90s, 40%, @2026-01-02T03:04Z, batch 812, start, end"

    private let text: String
    private let command: PlaybackCommand

    /// Reads a place, for an option's `transform`.
    @Sendable static func read(_ text: String) throws -> RecordingPlace {
        guard let command = SeekText.command(text) else { throw Self.refusal }
        switch command {
        case .seekOffset, .seekShare, .seek, .seekBatch, .first, .last, .move:
            return RecordingPlace(text: text, command: command)
        default: throw Self.refusal
        }
    }

    private static var refusal: ValidationError { ValidationError("\(Self.forms) are accepted") }

    /// Where it is in a recording.
    ///
    /// - Parameters:
    ///   - reader: The recording.
    ///   - option: The option, for errors.
    /// - Returns: A session time, or the event of a batch.
    /// - Throws: ``ProgramFailure`` if there is no such place, and `RecordingError`.
    func moment(in reader: RecordingReader, option: String) throws -> RecordingMoment {
        if case .seekBatch(let batch) = self.command {
            guard let sequence = try reader.sequence(of: batch) else {
                throw ProgramFailure(
                    status: ExitStatus.usage,
                    message: "\(option) \(self.text): there is no batch \(batch.number) in \(reader.path)"
                )
            }
            return .sequence(sequence)
        }
        let extent = try reader.extent()
        guard let first = extent.first, let last = extent.last else { return .time(reader.header.startedAt) }
        return .time(Self.time(self.command, first: first, last: last))
    }

    private static func time(_ command: PlaybackCommand, first: Timestamp, last: Timestamp) -> Timestamp {
        switch command {
        case .seek(let time): time
        case .seekOffset(let offset): first.advanced(by: offset)
        case .move(let distance): (distance < .zero ? last : first).advanced(by: distance)
        case .seekShare(let share):
            first.advanced(by: .milliseconds(Int64(Double(last.since(first).wholeMilliseconds) * share)))
        case .last: last
        default: first
        }
    }
}
