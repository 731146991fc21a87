// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `weir config`: what has to do with settings files.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Write, check and explain settings files.",
        discussion: """
            A settings file holds the options of 'weir run' and 'weir monitor' under their names, as TOML; the parameters of an \
            event source mapping can be called by theirs, such as BatchSize. JSON as 'aws lambda get-event-source-mapping' \
            prints it is read as well.

            EXAMPLES
              weir config init weir.toml
              weir config check weir.toml
              weir config show --config weir.toml --batch-size 500
            """,
        subcommands: [ConfigInitCommand.self, ConfigCheckCommand.self, ConfigShowCommand.self]
    )
}
