// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Settings

/// `weir config init`: writes a file to begin with.
struct ConfigInitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a settings file with all settings as comments.",
        discussion: """
            Each setting is there with what it does, its default and an example; take the # away from those you want. A line with \
            ## holds only with a choice that is named above it, such as a handler. A file that is there already is left alone.

            EXAMPLES
              weir config init
              weir config init orders.toml
              weir config init - | less
            """
    )

    @Argument(help: ArgumentHelp("File to write; - is standard output.", valueName: "file"))
    var file = "weir.toml"

    func run() throws {
        let output = self.file == "-" ? LineOutput.standardOutput() : try LineOutput.newFile(self.file)
        for line in SettingsListing.template(name: self.file == "-" ? "weir.toml" : self.file) { output.line(line) }
        if let problem = output.failure {
            throw ProgramFailure(status: ExitStatus.failure, message: "cannot write to \(self.file): \(problem)")
        }
        guard self.file != "-" else { return }
        LineOutput.standardError().line("\(self.file) is written; 'weir config check \(self.file)' looks at it.")
    }
}
