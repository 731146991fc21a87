// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging

/// Where the program's own log goes.
struct LogArguments: ParsableArguments {
    @Option(
        name: .customLong("log-file"),
        help: ArgumentHelp("Append a log of what the program does to this file.", valueName: "path")
    )
    var logFile: String?

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp(
            "trace, debug, info, notice, warning, error or critical (default: debug).",
            valueName: "level"
        ),
        transform: LogArguments.level
    )
    var logLevel = Logger.Level.debug

    /// Creates options to be filled by the parser.
    init() {}

    @Sendable private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            throw ValidationError("\(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")) are accepted")
        }
        return level
    }
}
