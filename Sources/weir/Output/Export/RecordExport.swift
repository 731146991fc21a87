// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import SessionRecording
import StreamSession
import TerminalCells

/// Writes the records of a recording for other programs.
struct RecordExport {
    /// What came of it.
    struct Result {
        /// Records written.
        var records = 0
        /// What has been read.
        var passage: RecordingPassage
    }

    /// Spreadsheets have no more columns.
    static let columnLimit = 16_384

    let reader: RecordingReader
    let choice: RecordedBatches.Choice
    let output: LineOutput
    /// The screen of an asciicast.
    let size: ScreenSize

    /// Writes all that was chosen.
    ///
    /// - Throws: ``ProgramFailure`` if the format cannot hold it, and `RecordingError`.
    func write(_ format: ExportFormat) throws -> Result {
        switch format {
        case .lambdaEvent: return try self.lambdaEvents()
        case .dynamoDBJSON:
            return try self.each { batch in
                for record in batch.description.records {
                    var json = JSONWriter(capacity: 1024)
                    record.encoded(into: &json)
                    self.output.json(json.bytes + [10])
                }
            }
        case .json:
            return try self.each { batch in
                for record in batch.description.records { self.output.json(PlainRecord.line(record, of: batch)) }
            }
        case .csv: return try self.table()
        case .asciicast:
            try ScreenFilm(reader: self.reader, part: self.choice.range, size: self.size, output: self.output).write()
            // What was damaged is counted as for the others.
            return try self.each { _ in }
        }
    }

    private func lambdaEvents() throws -> Result {
        guard let stream = try self.reader.sessionDescription()?.streamARN else {
            throw ProgramFailure(
                status: ExitStatus.damaged,
                message: "\(self.reader.path) does not tell which stream it is of, and an event has to: "
                    + "export its records as dynamodb-json."
            )
        }
        let events = LambdaEvent(streamARN: stream)
        return try self.each { batch in
            self.output.json(events.bytes(of: batch.description.records, shard: batch.description.shard) + [10])
        }
    }

    /// Twice over the recording: the columns have to be known before the first row.
    private func table() throws -> Result {
        var table = RecordTable()
        _ = try self.each { batch in
            for record in batch.description.records { table.learn(record) }
        }
        guard table.columnCount <= Self.columnLimit else {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message: "the records have \(table.columnCount) different attributes, and a table has "
                    + "\(Self.columnLimit) columns: choose a part with --from and --to, or --format json."
            )
        }
        let isForTerminal = self.output.isTerminal
        self.output.write(CSVRow.bytes(table.head, isForTerminal: isForTerminal))
        return try self.each { batch in
            for record in batch.description.records {
                self.output.write(CSVRow.bytes(table.row(record, of: batch), isForTerminal: isForTerminal))
            }
        }
    }

    private func each(_ body: (RecordedBatches.Batch) throws -> Void) throws -> Result {
        var batches = try RecordedBatches(self.reader, self.choice)
        var count = 0
        while !self.output.isClosed, let batch = try batches.next() {
            try body(batch)
            count += batch.description.records.count
        }
        return Result(records: count, passage: batches.passage)
    }
}
