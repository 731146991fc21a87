// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DynamoDBModel
import SessionRecording
import StreamSession
import TerminalCells

/// `weir export`: the records of a recording for other programs.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the records of a recording for other programs.",
        discussion: """
            lambda-event is what a function gets, an event for each batch, one a line; dynamodb-json has a record a line, as \
            GetRecords answers it, for 'weir filter test' as well; json has a record a line without DynamoDB's types; csv is \
            a table with a column for each attribute. Text in it that a spreadsheet would take for a formula gets an \
            apostrophe in front. asciicast is the dashboard as the session went on, four pictures a second, to be played with             asciinema; its values are on those screens.

            Exit code: 0; 2 it is no recording, or there is no such batch or shard; 3 it is damaged, and what could be read \
            was written.

            EXAMPLES
              weir export session.weir --format lambda-event --batch 812 > event.json
              weir export session.weir --format csv --output records.csv
              weir export session.weir --format json --from 12:31 --to 12:40 | jq .keys
              weir export session.weir --format dynamodb-json --shard shardId-00000001
              weir export session.weir --format asciicast --size 120x40 --output session.cast
            """
    )

    @Argument(help: ArgumentHelp("A recording.", valueName: "file"))
    var file: String

    @Option(name: .long, help: "How records are written.")
    var format: ExportFormat

    @Option(
        name: .long,
        help: ArgumentHelp("Only the records of this batch, by its number.", valueName: "n"),
        transform: NumberArgument.within(1...Int.max)
    )
    var batch: Int?

    @Option(name: .long, help: ArgumentHelp("Only the records of this shard.", valueName: "id"))
    var shard: String?

    @OptionGroup(title: "Part")
    var part: RangeArguments

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write to this file, which must not be there yet, instead of standard output.",
            valueName: "file"
        )
    )
    var output: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Columns and rows of an asciicast, 60x15 to 500x200 (default: 120x40).",
            valueName: "size"
        ),
        transform: ScreenSizeArgument.read
    )
    var size: ScreenSize?

    func validate() throws {
        if self.size != nil, self.format != .asciicast {
            throw ValidationError("--size is for --format asciicast.")
        }
        if self.format == .asciicast, self.batch != nil || self.shard != nil {
            throw ValidationError("--format asciicast shows the whole session: --from and --to choose a part of it.")
        }
        if self.batch != nil, !self.part.isAll {
            throw ValidationError("--batch and --from or --to exclude each other.")
        }
        for (option, value) in [("--shard <id>", self.shard), ("--output <file>", self.output)]
        where value?.isEmpty == true {
            throw ValidationError("The value '' is invalid for '\(option)': a name is needed")
        }
    }

    func run() throws {
        let reader = try RecordingReader(path: self.file)
        let choice = RecordedBatches.Choice(range: try self.range(in: reader), shard: self.shard.map { ShardID($0) })
        try self.checkShard(in: reader)
        let output = try self.output.map { try LineOutput.newPrivateFile($0) } ?? LineOutput.standardOutput()
        let size = self.size ?? ScreenSize(columns: 120, rows: 40)
        let result = try RecordExport(reader: reader, choice: choice, output: output, size: size).write(self.format)
        if let failure = output.endOfProgram { throw failure }
        if result.records == 0, self.format != .asciicast {
            LineOutput.standardError().line("weir: warning: there is no record in that part")
        }
        try DamageNote.end(result.passage, path: self.file)
    }

    private func checkShard(in reader: RecordingReader) throws {
        guard let shard else { return }
        let known = try reader.shardsOfBatches()
        guard !known.contains(ShardID(shard)) else { return }
        let names = known.map(\.text).sorted().joined(separator: ", ")
        throw ProgramFailure(
            status: ExitStatus.usage,
            message: "--shard \(shard): there is no batch of it in \(self.file); shards with batches: "
                + (names.isEmpty ? "none" : names)
        )
    }

    private func range(in reader: RecordingReader) throws -> RecordingRange {
        guard let batch else { return try self.part.range(in: reader) }
        guard let sequence = try reader.sequence(of: BatchID(UInt64(batch))) else {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message: "--batch \(batch): there is no such batch in \(self.file)"
            )
        }
        return RecordingRange(from: .sequence(sequence), to: .sequence(sequence))
    }
}
