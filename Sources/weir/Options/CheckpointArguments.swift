// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Where positions are kept and under which name.
struct CheckpointArguments: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Name of the pipeline; each has positions of its own.", valueName: "name"))
    var pipeline = "default"

    @Option(
        name: .customLong("checkpoint-file"),
        help: ArgumentHelp(
            "SQLite file that keeps how far each shard is done, or \"none\" to keep it in memory.",
            discussion: "Default: weir/checkpoints.sqlite in $XDG_STATE_HOME or ~/.local/state.",
            valueName: "path"
        )
    )
    var checkpointFile: String?

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses empty names.
    func validate() throws {
        guard (1...128).contains(self.pipeline.utf8.count) else {
            throw ValidationError(
                "The value '\(self.pipeline)' is invalid for '--pipeline <name>': 1 to 128 bytes are accepted"
            )
        }
        if self.checkpointFile?.isEmpty == true {
            throw ValidationError(
                "The value '' is invalid for '--checkpoint-file <path>': a path is needed, or \"none\""
            )
        }
    }
}
