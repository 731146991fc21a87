// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SessionRecording

/// `weir recording info`: what a recording is, at a glance.
struct RecordingInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Say what a recording holds.",
        discussion: """
            What the session was, from when to when, how much of what is in the file, and whether its writer could finish it. \
            A file that is being written can be looked at, too.

            Exit code: 0; 2 it is no recording; 3 parts of it cannot be read, and the rest is shown.

            EXAMPLES
              weir recording info session.weir
              weir recording info session.weir --json | jq .records
            """
    )

    @Argument(help: ArgumentHelp("A recording.", valueName: "file"))
    var file: String

    @Flag(name: .long, help: "One JSON object instead of a table.")
    var json = false

    func run() throws {
        let output = LineOutput.standardOutput()
        let summary = try RecordingReader(path: self.file).summary()
        if self.json {
            output.json(RecordingInfo.line(summary, path: self.file))
        } else {
            for line in RecordingInfo.lines(summary, path: self.file) { output.line(line) }
        }
        if let failure = output.endOfProgram { throw failure }
        if summary.isDamaged { throw ProgramFailure(status: ExitStatus.damaged, message: nil) }
    }
}
