// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A setting of a pipeline: its name in files, on the command line and in the environment.
///
/// The settings are the options of `weir run` and `weir monitor`; what a value may be is known to the options alone.
package struct PipelineSetting: Hashable, Sendable {
    /// How values are written.
    package enum Shape: Hashable, Sendable {
        /// Text.
        case text
        /// A whole number.
        case number
        /// A number of seconds, or text such as `5m`.
        case duration
        /// True or false; the option is `--name` or `--no-name`.
        case toggle
        /// Text, or a list of texts for which the option is repeated.
        case texts
        /// Text, or a list of texts that the option takes with commas between them.
        case names
        /// The words behind two dashes.
        case words

        /// What is accepted, for people.
        var accepted: String {
            switch self {
            case .text: "a text in quotation marks"
            case .number: "a whole number"
            case .duration: "a number of seconds or a text such as \"5m\""
            case .toggle: "true or false"
            case .texts, .names: "a text in quotation marks or a list of such"
            case .words: "a list of texts, the program first"
            }
        }
    }

    /// The commands that have the option.
    ///
    /// Those that only look at a pipeline, `check` and `policy`, have the options of `run`.
    package enum Command: String, Hashable, Sendable, CaseIterable {
        case run, monitor, check, policy

        /// Those that read a stream.
        package static let reading: [Command] = [.run, .monitor]
    }

    /// What holds if nobody says anything.
    package enum Standard: Hashable, Sendable {
        /// This value, as the option takes it.
        case value(String)
        /// What the text says.
        case described(String)
    }

    /// Which handlers the setting belongs to.
    package enum Owner: Hashable, Sendable {
        /// It has nothing to do with the handler.
        case pipeline
        /// This handler alone.
        case handler(String)
        /// All that do something.
        case acting
    }

    /// The name in files, and the option's behind its dashes: `batch-size`.
    package var key: String
    /// Other names of the option: `batch-window`.
    package var aliases: [String]
    /// The name of the event source mapping's parameter that has the same values: `BatchSize`.
    package var parameter: String?
    package var shape: Shape
    package var standard: Standard
    /// A value for people who fill in a file, in TOML.
    package var example: String
    package var owner: Owner
    package var commands: Set<Command>
    /// What it is, a sentence.
    package var about: String

    package init(
        _ key: String,
        aliases: [String] = [],
        parameter: String? = nil,
        _ shape: Shape,
        standard: Standard,
        example: String,
        owner: Owner = .pipeline,
        commands: Set<Command> = Set(Command.allCases),
        about: String
    ) {
        self.key = key
        self.aliases = aliases
        self.parameter = parameter
        self.shape = shape
        self.standard = standard
        self.example = example
        self.owner = owner
        self.commands = commands
        self.about = about
    }

    /// The option: `--batch-size`; two dashes alone for a program.
    package var option: String { self.shape == .words ? "--" : "--\(self.key)" }

    /// The variable: `WEIR_BATCH_SIZE`.
    package var variable: String { Self.variable(self.key) }

    /// The variable, and those of other names: `WEIR_MAXIMUM_BATCHING_WINDOW`, `WEIR_BATCH_WINDOW`.
    package var variables: [String] { ([self.key] + self.aliases).map(Self.variable) }

    private static func variable(_ name: String) -> String {
        Self.variablePrefix + name.uppercased().replacing("-", with: "_")
    }

    /// What variables begin with.
    package static let variablePrefix = "WEIR_"

    /// The setting with that name in files.
    package static func named(_ name: String) -> PipelineSetting? {
        Self.all.first { $0.key == name || $0.aliases.contains(name) }
    }

    /// The setting that an event source mapping calls so.
    package static func parameter(_ name: String) -> PipelineSetting? {
        Self.all.first { $0.parameter == name }
    }
}
