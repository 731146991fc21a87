// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SessionRecording

/// `weir recording dump`: the events of a recording as JSON lines.
struct RecordingDumpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump",
        abstract: "Print the events of a recording as JSON lines.",
        discussion: """
            One object a line, as 'weir run' prints them, and lines for the events that it does not print: read, \
            batch-formed, batch-advanced, batch-worked, checkpoint, duplicate, hold, sample, marker. What is damaged is a \
            line of type damage in its place.

            Exit code: 0; 2 it is no recording, or there is no such part; 3 it is damaged, and what could be read was printed.

            EXAMPLES
              weir recording dump session.weir | jq -c 'select(.type == "error")'
              weir recording dump session.weir --from 12:31 --to 12:40
              weir recording dump session.weir --from 'batch 812' --to 'batch 812' --records
            """
    )

    @Argument(help: ArgumentHelp("A recording.", valueName: "file"))
    var file: String

    @OptionGroup(title: "Part")
    var part: RangeArguments

    @Flag(name: .long, help: "Also a line for each record, behind the line of its batch.")
    var records = false

    func run() throws {
        let output = LineOutput.standardOutput()
        let reader = try RecordingReader(path: self.file)
        var passage = try RecordingPassage(reader, try self.part.range(in: reader), withRecords: true)
        var lines = RecordedLines(withRecords: self.records)
        while !output.isClosed, let piece = try passage.next() { output.json(lines.lines(for: piece)) }
        if let failure = output.endOfProgram { throw failure }
        try DamageNote.end(passage, path: self.file)
    }
}
