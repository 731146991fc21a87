// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Settings

/// `weir config check`: says everything that is wrong with settings files.
struct ConfigCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with settings files, and where.",
        discussion: """
            Nothing is connected to and nothing begins. Each line names file, line and column, the setting, its value and what is \
            accepted. A file need not name a stream.

            Exit code: 0 nothing is wrong; 2 something is, or a file cannot be read.

            EXAMPLES
              weir config check weir.toml
              aws lambda get-event-source-mapping --uuid UUID | weir config check -
            """
    )

    @Argument(help: ArgumentHelp("Files, TOML or JSON; - is standard input.", valueName: "file"))
    var files: [String]

    func run() throws {
        let output = LineOutput.standardOutput()
        var isWrong = false
        for path in self.files {
            let file = path == "-" ? "standard input" : path
            let check = SettingsCheck(try InputFile.text(path), file: file)
            for line in check.lines { output.line(line) }
            isWrong = isWrong || check.isWrong
        }
        if isWrong { throw ProgramFailure(status: ExitStatus.usage, message: nil) }
    }
}
