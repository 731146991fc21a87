// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What `weir run` takes, and with it the commands that only look at such a run.
struct RunArguments: ParsableArguments {
    @OptionGroup
    var pipeline: PipelineArguments
    @OptionGroup
    var output: OutputArguments
    @OptionGroup(title: "Recording")
    var recording: RecordingArguments
    @OptionGroup(title: "Log")
    var log: LogArguments
    @OptionGroup(title: "Log")
    var trace: TraceArguments

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses what does not go together.
    func validate() throws {
        try self.trace.validate(with: self.log)
    }
}
