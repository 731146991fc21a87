// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Settings

/// `weir config show`: tells the settings that hold, and where each comes from.
struct ConfigShowCommand: SettingsReporting, PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the settings that hold and where each comes from.",
        usage: PipelineArguments.usage(of: "config show"),
        discussion: """
            Takes the options of 'weir run' and 'weir monitor', reads the same files and variables, and prints a settings file \
            with the result. Nothing is connected to and nothing begins. Values of a program's variables are not shown.

            EXAMPLES
              weir config show --config weir.toml
              weir config show --config weir.toml --batch-size 500 --table Orders
              weir config show --mapping mapping.json > weir.toml
            """
    )

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

    @OptionGroup
    var output: OutputArguments

    @Flag(
        name: .customLong("read-only"),
        inversion: .prefixedNo,
        help: "Refuse every handler that writes, and hold and step on the screen too."
    )
    var isReadOnly = false

    @OptionGroup(title: "Screen")
    var screen: ScreenArguments
    @OptionGroup(title: "Log")
    var log: LogArguments
    @OptionGroup(title: "Log")
    var trace: TraceArguments

    func run(settings: ResolvedSettings) throws {
        let output = LineOutput.standardOutput()
        for line in SettingsListing.effective(settings, remark: Self.remark) { output.line(line) }
    }

    /// A time that a mapping could not have is told, as the file may be made into one.
    private static func remark(_ entry: SettingEntry) -> String? {
        guard entry.setting.shape == .duration, let parameter = entry.setting.parameter,
            let duration = entry.values.first.flatMap({ DurationArgument($0) })?.duration,
            duration.components.attoseconds != 0
        else { return nil }
        return "\(parameter) has whole seconds"
    }
}
