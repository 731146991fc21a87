// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Whether records are written to the log.
struct TraceArguments: ParsableArguments {
    @Flag(
        name: .customLong("trace-records"),
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Log each record that is handed to the handler, at each attempt; values are left out.",
            discussion:
                "Names of attributes, types and lengths are told: status S(4). Without it no record is in the log."
        )
    )
    var tracesRecords = false

    @Flag(
        name: .customLong("trace-values"),
        inversion: .prefixedNo,
        help: "With --trace-records: log keys and images whole, whatever they hold."
    )
    var showsValues = false

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses what would be without effect.
    func validate(with log: LogArguments) throws {
        if self.showsValues, !self.tracesRecords {
            throw ValidationError("--trace-values is for --trace-records: give both, or neither.")
        }
        if self.tracesRecords, log.logFile == nil {
            throw ValidationError("--trace-records needs --log-file: name a file, or - for standard error.")
        }
    }
}
