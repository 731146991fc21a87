// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Settings

/// The command line together with what files and variables say.
///
/// Files and variables become options in front of those that were given, and all are parsed alike: so names, ranges and messages
/// are the same everywhere.
struct LayeredCommandLine {
    /// What is said about files and variables.
    private(set) var remarks: [SettingRemark] = []
    /// The settings that hold; nil: the command has none.
    private(set) var settings: ResolvedSettings?
    private let words: [String]
    /// Settings whose values could not be read, which is said in the remarks.
    private var unread: Set<String> = []
    private var arguments: SettingsArguments?

    /// Reads files and variables if the command takes settings.
    ///
    /// - Parameters:
    ///   - words: The command line without the program.
    ///   - environment: The variables.
    ///   - readFile: Reads a file as text; `-` is standard input.
    /// - Throws: What `readFile` throws.
    init(
        _ words: [String],
        environment: [String: String],
        readFile: (String) throws -> String
    ) throws {
        self.words = words
        guard let (command, count) = Self.command(of: words) else { return }
        let given = Array(words.dropFirst(count))
        // Help has to come even if the file is broken.
        guard !given.prefix(while: { $0 != "--" }).contains(where: Self.isQuestion) else { return }
        let paths = zip(["mapping", "config"], ["WEIR_MAPPING", "WEIR_CONFIG"]).compactMap { option, variable in
            SettingsCommandLine.value(of: option, in: given) ?? environment[variable]
        }
        guard paths != ["-", "-"] else {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message: "--config - and --mapping - exclude each other: there is one standard input."
            )
        }
        var layers: [SettingsLayer] = []
        for path in paths where !path.isEmpty {
            layers.append(SettingsFile.read(try readFile(path), file: path == "-" ? "standard input" : path))
        }
        layers.append(SettingsEnvironment.read(environment))
        self.remarks = layers.flatMap(\.remarks)
        self.unread = Set(layers.flatMap(\.unread))
        self.settings = ResolvedSettings(
            layers.map(\.entries) + [SettingsCommandLine.read(given)],
            command: command
        )
        self.arguments = SettingsArguments(command: Array(words.prefix(count)), given: given)
    }

    /// Parses all of it.
    ///
    /// - Throws: ``ProgramFailure`` that says everything that is wrong with files and variables, or what the parser throws.
    func parse() throws -> any ParsableCommand {
        guard let arguments, let settings else { return try WeirCommand.parseAsRoot(self.words) }
        var errors = self.remarks.filter { $0.level == .error }
        // What is only looked at may be complete together with options that come later.
        let line = arguments.command.first == "config" ? settings.withPlaceholder : settings
        do {
            let command = try WeirCommand.parseAsRoot(arguments.all(with: line.inherited))
            guard !errors.isEmpty else { return command }
        } catch {
            // That no stream is named may only follow from a word that is misspelt, and that is what to say then.
            if errors.isEmpty, !line.isComplete,
                let own = Self.error(of: arguments.all(with: line.withPlaceholder.inherited))
            {
                throw own
            }
            let diagnosis = SettingsDiagnosis(of: line, unread: self.unread) {
                Self.failure(of: arguments.all(with: $0))
            }
            errors += diagnosis.remarks
            guard !errors.isEmpty else { throw error }
            if let own = diagnosis.ownFailure { errors.append(SettingRemark(.error, [], own)) }
        }
        let lines = errors.sorted(by: SettingRemark.isBefore).map(\.description)
        throw ProgramFailure(
            status: ExitStatus.usage,
            message: lines.first,
            details: lines.dropFirst().map { "      \($0)" }
        )
    }

    /// What people should know before it begins: which files count, what is not used.
    var notices: [String] {
        guard let settings, self.arguments?.command != ["config", "show"] else { return [] }
        let notes = self.remarks.filter { $0.level != .error }.map { "\($0)" }
        let unused = settings.setAside.map { "\($0.entry.source): \($0.entry.name) is not used: \($0.reason)" }
        return (notes + unused).map { "weir: \($0)" } + self.origins
    }

    /// Where settings come from that are not on the command line.
    private var origins: [String] {
        var counts: [(name: String, count: Int)] = []
        for entry in self.settings?.inherited ?? [] {
            let name =
                switch entry.source {
                case .file(let file, _): file
                case .variable(let name), .option(let name): name
                }
            if let index = counts.firstIndex(where: { $0.name == name }) {
                counts[index].count += 1
            } else {
                counts.append((name, 1))
            }
        }
        guard !counts.isEmpty else { return [] }
        let parts = counts.map { $0.count > 1 ? "\($0.name) (\($0.count))" : $0.name }
        return ["Settings from \(parts.joined(separator: ", ")); 'weir config show' tells each."]
    }

    /// What the parser says of a command line; nil: nothing.
    static func failure(of words: [String]) -> String? {
        self.error(of: words).map { WeirCommand.message(for: $0) }
    }

    private static func error(of words: [String]) -> (any Error)? {
        do {
            _ = try WeirCommand.parseAsRoot(words)
            return nil
        } catch {
            return error
        }
    }

    private static func isQuestion(_ word: String) -> Bool {
        ["--help", "-h", "--help-hidden", "--version"].contains(word) || word.hasPrefix("--generate-completion-script")
    }

    /// The command whose settings are meant, nil for those of all, and how many words it takes.
    private static func command(of words: [String]) -> (command: PipelineSetting.Command?, count: Int)? {
        if let command = words.first.flatMap(PipelineSetting.Command.init(rawValue:)) { return (command, 1) }
        return words.starts(with: ["config", "show"]) ? (nil, 2) : nil
    }
}
