// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A whole pipeline: what is read, how it is batched, who handles it, what is kept and when it ends.
struct PipelineArguments: ParsableArguments {
    @OptionGroup(title: "Settings")
    var settings: ConfigurationArguments
    @OptionGroup(title: "Stream")
    var stream: StreamArguments
    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments
    @OptionGroup(title: "Batches")
    var batches: BatchArguments
    @OptionGroup(title: "Handler")
    var handling: HandlerArguments
    @OptionGroup(title: "Positions")
    var checkpoints: CheckpointArguments
    @OptionGroup(title: "End")
    var limits: LimitArguments

    /// Creates options to be filled by the parser.
    init() {}

    /// How a command with these options is called: all of them can come from a file.
    static func usage(of command: String) -> String { "weir \(command) [<options>] [-- <program> ...]" }
}
