// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Settings
import Testing

@testable import weir

/// The registry of settings against the options that the parser has: who adds an option hears of it here.
///
/// An executable has no other way to be seen by its tests.
@Suite("The registry of settings", .timeLimit(.minutes(1)))
struct SettingsRegistryTests {
    /// An option as the parser describes it.
    private struct Option: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String
        }

        var kind: String
        var names: [Name]?
        var isRepeating: Bool
        var abstract: String?
        var discussion: String?
        var defaultValue: String?

        var long: [String] { (self.names ?? []).filter { $0.kind == "long" }.map(\.name) }
    }

    private struct Command: Decodable {
        var commandName: String
        var arguments: [Option]?
        var subcommands: [Command]?
    }

    private struct Tool: Decodable {
        var command: Command
    }

    private static func options(of path: String...) async throws -> [Option] {
        let text = try await ToolProcess.run(["--experimental-dump-help"]).output
        var command = try JSONDecoder().decode(Tool.self, from: Data(text.utf8)).command
        for name in path { command = try #require(command.subcommands?.first { $0.commandName == name }) }
        return try #require(command.arguments)
    }

    private static func settings(of command: PipelineSetting.Command) -> [PipelineSetting] {
        PipelineSetting.all.filter { $0.commands.contains(command) }
    }

    @Test(arguments: PipelineSetting.Command.allCases)
    func everyOptionIsASettingOrSaysWhyNot(command: PipelineSetting.Command) async throws {
        let options = try await Self.options(of: command.rawValue)
        let all = Set(options.flatMap(\.long))
        for option in options {
            if option.kind == "positional" {
                #expect(Self.settings(of: command).contains { $0.shape == .words })
                continue
            }
            // The inverse of a switch is described as an option of its own.
            let names = option.long.filter { !$0.hasPrefix("no-") }
            if names.isEmpty, !option.long.isEmpty { continue }
            if names.contains(where: { PipelineSetting.excluded[$0] != nil }) { continue }
            let setting = try #require(
                Self.settings(of: command).first { names.contains($0.key) },
                "--\(names.first ?? "?") of weir \(command.rawValue) has no row in PipelineSetting"
            )
            #expect(Set(names) == Set([setting.key] + setting.aliases))
            let isToggle = setting.shape == .toggle
            #expect(option.kind == (isToggle ? "flag" : "option"), "--\(setting.key)")
            // What a file switches on, an option has to be able to switch off.
            #expect(all.contains("no-\(setting.key)") == isToggle, "--\(setting.key)")
            #expect(option.isRepeating == (setting.shape == .texts), "--\(setting.key)")
        }
    }

    @Test(arguments: PipelineSetting.Command.allCases)
    func everySettingIsAnOption(command: PipelineSetting.Command) async throws {
        let names = try await Self.options(of: command.rawValue).flatMap(\.long)
        for setting in Self.settings(of: command) where setting.shape != .words {
            #expect(names.contains(setting.key), "--\(setting.key) is no option of weir \(command.rawValue)")
        }
    }

    @Test func whatIsShownTakesTheOptionsOfAllCommands() async throws {
        let names = try await Self.options(of: "config", "show").flatMap(\.long)
        for command in PipelineSetting.Command.allCases {
            for name in try await Self.options(of: command.rawValue).flatMap(\.long) {
                #expect(names.contains(name) || PipelineSetting.excluded[name] != nil, "--\(name)")
            }
        }
    }

    /// Whoever has written a command line for a run puts another command into it.
    @Test(arguments: ["check", "policy"])
    func whoLooksAtARunTakesEveryOptionOfIt(command: String) async throws {
        let names = try await Self.options(of: command).flatMap(\.long)
        for name in try await Self.options(of: "run").flatMap(\.long) {
            #expect(names.contains(name), "--\(name) is no option of weir \(command)")
        }
    }

    /// What is parsed is the same with the default as without it, or the help of the option names it.
    @Test(arguments: PipelineSetting.all)
    func theDefaultThatIsToldIsTheOneThatHolds(setting: PipelineSetting) async throws {
        guard case .value(let text) = setting.standard else { return }
        let command = try #require(setting.commands.first)
        let base = [command.rawValue, "--table", "T"]
        let entry = SettingEntry(setting, [text], source: .variable(setting.variable))
        let without = try WeirCommand.parseAsRoot(base)
        let with = try WeirCommand.parseAsRoot(base + entry.arguments)
        if Self.described(with) == Self.described(without) { return }
        let option = try #require(try await Self.options(of: command.rawValue).first { $0.long.contains(setting.key) })
        let help = [option.abstract, option.discussion, option.defaultValue].compactMap(\.self).joined(separator: "\n")
        #expect(help.contains(text), "the default of \(setting.key)")
    }

    @Test(arguments: PipelineSetting.all)
    func theExampleIsAccepted(setting: PipelineSetting) throws {
        let text = "\(setting.key) = \(setting.example)\n"
        let handler =
            switch setting.owner {
            case .pipeline: ""
            case .acting: "handler = \"delete\"\nstaging = \"S\"\n"
            case .handler(let name): "handler = \"\(name)\"\n"
            }
        let needs = [
            "delete-condition": "staging = \"S\"\n", "delete-mode": "staging = \"S\"\n",
            "on-failure-endpoint": "on-failure = \"arn:aws:sqs:us-east-1:123456789012:q\"\n",
            "bucket-region": "bucket = \"files\"\nkey = \"{Keys.id}\"\n",
            "s3-endpoint": "bucket = \"files\"\nkey = \"{Keys.id}\"\n", "aggregate-table": "aggregate = \"count\"\n",
            "aggregate": "aggregate-table = \"T\"\n", "group-by": "aggregate-table = \"T\"\naggregate = \"count\"\n",
            "write-shards": "aggregate-table = \"T\"\naggregate = \"count\"\n",
            "staging": "", "command": "", "function": "", "bucket": "key = \"{Keys.id}\"\n",
            "key": "bucket = \"files\"\n",
            "handler-timeout": "command = [\"x\"]\n", "handler-env": "command = [\"x\"]\n",
            "handler-credentials": "command = [\"x\"]\n", "function-endpoint": "function = \"f\"\n",
            "function-log": "function = \"f\"\n",
        ]
        let check = SettingsCheck(handler + (needs[setting.key] ?? "") + text, file: "weir.toml")
        #expect(!check.isWrong, "\(check.lines)")
    }

    private static func described(_ command: Any) -> String {
        var text = ""
        dump(command, to: &text)
        return text
    }
}
