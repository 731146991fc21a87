// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A whole pipeline: what is read, how it is batched, who handles it, what is kept and when it ends.
struct PipelineArguments {
    var settings: ConfigurationArguments
    var stream: StreamArguments
    var connection: ConnectionArguments
    var batches: BatchArguments
    var handling: HandlerArguments
    var checkpoints: CheckpointArguments
    var limits: LimitArguments

    /// How a command with these options is called: all of them can come from a file.
    static func usage(of command: String) -> String { "weir \(command) [<options>] [-- <program> ...]" }
}
