// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Where records go beside the handler.
struct OutputArguments: ParsableArguments {
    @Option(
        name: .customLong("records-out"),
        help: ArgumentHelp("Append each record as a JSON line to this file; - is standard output.", valueName: "file")
    )
    var records: String?

    /// Creates options to be filled by the parser.
    init() {}
}
