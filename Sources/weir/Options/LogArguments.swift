// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging

/// Where the program's own log goes, and what is in it.
struct LogArguments: ParsableArguments {
    /// What stands for standard error.
    static let standardError = "-"

    @Option(
        name: .customLong("log-file"),
        help: ArgumentHelp(
            "Append a log of what the program does to this file, for you alone; - is standard error.",
            discussion: "Without it there is no log. Credentials are never in it.",
            valueName: "path"
        )
    )
    var logFile: String?

    @Option(name: .customLong("log-format"), help: "How lines of the log are written.")
    var logFormat = LogFormat.text

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp(
            "trace, debug, info, notice, warning, error or critical (default: debug).",
            discussion: """
                A level for all of it, or for engine, client, handler or endpoint: info,engine=debug writes what the engine \
                does, and of the rest what is worth a look.
                """,
            valueName: "levels"
        ),
        transform: LogLevels.read
    )
    var logLevel = LogLevels(.debug)

    /// Creates options to be filled by the parser.
    init() {}

    func validate() throws {
        if self.logFile?.isEmpty == true {
            throw ValidationError(
                "The value '' is invalid for '--log-file <path>': a path is needed, or - for standard error"
            )
        }
    }
}
