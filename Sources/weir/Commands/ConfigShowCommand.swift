// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Settings

/// `weir config show`: tells the settings that hold, and where each comes from.
struct ConfigShowCommand: SettingsReporting {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the settings that hold and where each comes from.",
        discussion: """
            Takes the options of 'weir run' and 'weir monitor', reads the same files and variables, and prints a settings file \
            with the result. Nothing is connected to and nothing begins. Values of a program's variables are not shown.

            EXAMPLES
              weir config show --config weir.toml
              weir config show --config weir.toml --batch-size 500 --table Orders
              weir config show --mapping mapping.json > weir.toml
            """
    )

    @OptionGroup
    var pipeline: PipelineArguments

    @Option(
        name: .customLong("records-out"),
        help: ArgumentHelp("Append each record as a JSON line to this file; - is standard output.", valueName: "file")
    )
    var recordsOut: String?

    @Flag(
        name: .customLong("read-only"),
        inversion: .prefixedNo,
        help: "Refuse every handler that writes, and hold and step on the screen too."
    )
    var isReadOnly = false

    @OptionGroup(title: "Screen")
    var screen: ScreenArguments
    @OptionGroup(title: "Log")
    var log: LogArguments
    @OptionGroup(title: "Log")
    var trace: TraceArguments

    func run(settings: ResolvedSettings) throws {
        let output = LineOutput.standardOutput()
        for line in SettingsListing.effective(settings) { output.line(line) }
    }
}
