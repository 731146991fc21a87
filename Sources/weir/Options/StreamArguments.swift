// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Which stream to read.
struct StreamArguments: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Table whose current stream is read.", valueName: "name"))
    var table: String?

    @Option(
        name: .customLong("stream-arn"),
        help: ArgumentHelp("Stream to read; also one that was switched off less than 24 hours ago.", valueName: "arn")
    )
    var streamARN: String?

    /// Creates options to be filled by the parser.
    init() {}

    /// One of the two is needed.
    func validate() throws {
        switch (self.table, self.streamARN) {
        case (nil, nil):
            throw ValidationError(
                "Name the stream with --table <name> or --stream-arn <arn>; 'weir streams' lists what there is."
            )
        case (_?, _?): throw ValidationError("--table and --stream-arn exclude each other: give one of them.")
        default: break
        }
        for (option, value) in [("--table <name>", self.table), ("--stream-arn <arn>", self.streamARN)]
        where value?.isEmpty == true {
            throw ValidationError("The value '' is invalid for '\(option)': a name is needed")
        }
    }
}
