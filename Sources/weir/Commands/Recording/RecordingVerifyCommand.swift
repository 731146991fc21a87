// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SessionRecording

/// `weir recording verify`: whether a recording is what was written.
struct RecordingVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check all of a recording and say where it is damaged.",
        discussion: """
            Checks the file below the tables, the checksum of every row, that no event is missing and that time goes \
            forward. All events are applied one after the other, and each whole state in the file has to be the one that \
            they lead to. What the recorder could not follow is a gap that the file itself tells of, and no damage; nor is a \
            session whose writer was killed.

            Exit code: 0 all is what was written; 2 it is no recording; 3 it is damaged, and where is printed.

            EXAMPLES
              weir recording verify session.weir
              weir recording verify session.weir --json | jq '.damages[].place'
            """
    )

    @Argument(help: ArgumentHelp("A recording.", valueName: "file"))
    var file: String

    @Flag(name: .long, help: "One JSON object instead of lines.")
    var json = false

    func run() throws {
        let output = LineOutput.standardOutput()
        let report = try RecordingReader(path: self.file).verify()
        if self.json {
            output.json(RecordingVerdict.line(report, path: self.file))
        } else {
            for line in RecordingVerdict.lines(report, path: self.file) { output.line(line) }
        }
        if let failure = output.endOfProgram { throw failure }
        if !report.isWhole { throw ProgramFailure(status: ExitStatus.damaged, message: nil) }
    }
}
