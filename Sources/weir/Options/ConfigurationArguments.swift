// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Files with settings, and whether the pipeline is switched on.
///
/// The files are read before the options are parsed; see ``LayeredCommandLine``.
struct ConfigurationArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Settings file, TOML: a line for each option, such as batch-size = 500; - is standard input.",
            discussion: "Options override WEIR_* variables, which override the file. Default: WEIR_CONFIG.",
            valueName: "file"
        )
    )
    var config: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Event source mapping as 'aws lambda get-event-source-mapping' prints it; - is standard input.",
            discussion: "The file of --config overrides it. Its function is only invoked with --handler function.",
            valueName: "file"
        )
    )
    var mapping: String?

    @Flag(
        name: .customLong("enabled"),
        inversion: .prefixedNo,
        help: "Whether anything is read, as a mapping that is enabled or disabled."
    )
    var isEnabled = true

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses empty names.
    func validate() throws {
        for (option, value) in [("--config <file>", self.config), ("--mapping <file>", self.mapping)]
        where value?.isEmpty == true {
            throw ValidationError("The value '' is invalid for '\(option)': a path is needed")
        }
    }
}
