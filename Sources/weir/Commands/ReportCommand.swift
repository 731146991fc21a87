// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DynamoDBModel
import SessionRecording
import StreamSession

/// `weir report`: everything that somebody needs who is to find out what went wrong, in one file.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Make one file of a recording, settings and versions, to be sent to somebody.",
        discussion: """
            The file is a recording: 'weir play' opens it, and 'weir recording info' shows what else it holds: the version of Weir, \
            of the system and of ncurses, terminal and language, and the settings of --config and of WEIR_* variables unless --redact \
            all is said. Of those patterns, conditions, arguments of programs and values of their variables are left out.

            Values of records are left out as 'weir recording redact' leaves them out, and with them the words of others, \
            unless --with-values is said. Look at the file before you send it: names of tables and attributes stay, unless \
            --redact all is said.

            Exit code: 0; 2 it is no recording, or there is no such part; 3 it is damaged, and what could be read was written.

            EXAMPLES
              weir report session.weir --last 10m --output report.weir
              weir report session.weir --from 12:31 --to 12:40 --config weir.toml --output report.weir
              weir report session.weir --redact all --output report.weir
            """
    )

    @OptionGroup
    var files: NewRecordingArguments
    @OptionGroup(title: "Part")
    var part: RangeArguments

    @Option(
        name: .long,
        help: ArgumentHelp("Only the end of the session, so long.", valueName: "duration"),
        transform: DurationArgument.within(DurationArgument(.milliseconds(1)), LimitArguments.longest)
    )
    var last: DurationArgument?

    @Option(
        name: .long,
        help: ArgumentHelp("What is left out: \(RedactionRule.forms) (default: values).", valueName: "what"),
        transform: RedactionRule.read
    )
    var redact: RedactionRule?

    @Flag(name: .customLong("with-values"), help: "Leave nothing out of the records.")
    var withValues = false

    @Option(name: .long, help: ArgumentHelp("Settings file that the session was run with.", valueName: "file"))
    var config: String?

    func validate() throws {
        if self.last != nil, !self.part.isAll {
            throw ValidationError("--last and --from or --to exclude each other: both say which part is kept.")
        }
        if self.withValues, self.redact != nil {
            throw ValidationError("--with-values and --redact exclude each other.")
        }
    }

    func run() async throws {
        let facts = try ReportFacts.all(
            environment: ProcessSurroundings.environment,
            settings: try self.config.map { ($0, try InputFile.text($0)) },
            withSettings: self.redact != .all,
            readFile: { try? ProcessSurroundings.readFile($0) }
        )
        let result = try await self.files.write { reader, rewrite in
            rewrite.range = try self.range(in: reader)
            rewrite.redactor = self.withValues ? nil : .random(self.redact ?? .values)
            rewrite.facts = facts
        }
        try self.files.end(result)
    }

    private func range(in reader: RecordingReader) throws -> RecordingRange {
        guard let last, let end = try reader.extent().last else { return try self.part.range(in: reader) }
        return RecordingRange(from: .time(end.advanced(by: .zero - last.duration)))
    }
}
