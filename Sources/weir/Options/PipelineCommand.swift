// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A command that takes all options of a pipeline.
///
/// Each declares the groups by itself: a group of groups would make the parser several times slower.
protocol PipelineCommand: ParsableCommand {
    var settings: ConfigurationArguments { get }
    var stream: StreamArguments { get }
    var connection: ConnectionArguments { get }
    var batches: BatchArguments { get }
    var handling: HandlerArguments { get }
    var checkpoints: CheckpointArguments { get }
    var limits: LimitArguments { get }
}

extension PipelineCommand {
    /// All of them together.
    var pipeline: PipelineArguments {
        PipelineArguments(
            settings: self.settings,
            stream: self.stream,
            connection: self.connection,
            batches: self.batches,
            handling: self.handling,
            checkpoints: self.checkpoints,
            limits: self.limits
        )
    }
}
