// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import SessionRecording
import Settings
import TerminalDriver

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a report says of the program and of where it runs; nothing that is a secret.
enum ReportFacts {
    /// Variables that tell what kind of terminal it is, and its language.
    static let variables = ["TERM", "COLORTERM", "TERM_PROGRAM", "LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR"]

    /// Settings that may quote records.
    private static let masked: Set<String> = ["filter", "filter-criteria", "delete-condition"]

    /// All of it.
    ///
    /// - Parameters:
    ///   - environment: The variables.
    ///   - settings: Path and text of a settings file; nil: there is none.
    ///   - withSettings: Whether settings are told; names of tables and accounts are among them.
    ///   - readFile: Reads a file of the system; nil if it is not there.
    /// - Returns: What there is to say, each by its name.
    /// - Throws: ``ProgramFailure`` if the settings file is wrong.
    static func all(
        environment: [String: String],
        settings: (path: String, text: String)?,
        withSettings: Bool,
        readFile: (String) -> String?
    ) throws -> [RecordingFact] {
        var facts = [
            RecordingFact("weir", WeirCommand.version), RecordingFact("os", Self.system(readFile)),
            RecordingFact("ncurses", NcursesScreen.libraryVersion),
        ]
        for name in Self.variables {
            // An empty variable is not one that is not set.
            if let value = environment[name] { facts.append(RecordingFact(name, value)) }
        }
        if withSettings, let text = try Self.settings(environment, settings) {
            facts.append(RecordingFact("settings", text))
        }
        return facts
    }

    private static func system(_ readFile: (String) -> String?) -> String {
        let lines = (readFile("/etc/os-release") ?? "").split(separator: "\n")
        let name = lines.first { $0.hasPrefix("PRETTY_NAME=") }?.dropFirst("PRETTY_NAME=".count)
        var system = utsname()
        guard uname(&system) == 0 else { return name.map { "\($0)" } ?? "unknown" }
        // The machine's own name is not asked for.
        let kernel = [Self.text(system.sysname), Self.text(system.release), Self.text(system.machine)]
        let quotes: Set<Character> = ["\""]
        return ([name?.filter { !quotes.contains($0) }] + kernel).compactMap(\.self).joined(separator: " ")
    }

    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    // MARK: Settings

    private static func settings(
        _ environment: [String: String],
        _ file: (path: String, text: String)?
    ) throws -> String? {
        // Where the file lies is nobody's business.
        let name = file.map { String($0.path.split(separator: "/").last ?? "settings") }
        let layers =
            (file.map { [SettingsFile.read($0.text, file: name ?? "")] } ?? []) + [
                SettingsEnvironment.read(environment)
            ]
        if let wrong = layers.flatMap(\.remarks).first(where: { $0.level == .error }) {
            throw ProgramFailure(status: ExitStatus.usage, message: "\(wrong)")
        }
        let entries = layers.map { $0.entries.map(Self.withoutValues) }
        guard entries.contains(where: { !$0.isEmpty }) else { return nil }
        return SettingsListing.effective(ResolvedSettings(entries, command: nil)).joined(separator: "\n")
    }

    private static func withoutValues(_ entry: SettingEntry) -> SettingEntry {
        var entry = entry
        if entry.setting.shape == .words {
            entry.values = entry.values.prefix(1) + (entry.values.count > 1 ? [SessionRedactor.leftOut] : [])
        } else if Self.masked.contains(entry.setting.key) {
            entry.values = entry.values.map { _ in SessionRedactor.leftOut }
        } else {
            entry.values = entry.values.map(Self.withoutUser)
        }
        return entry
    }

    /// An address without the name and the password that may stand in front of its host, and without its query.
    private static func withoutUser(_ text: String) -> String {
        guard let match = text.wholeMatch(of: #/([a-z]+://)(?:[^/@]*@)?([^?]*)(?:\?.*)?/#) else { return text }
        return "\(match.1)\(match.2)"
    }
}
