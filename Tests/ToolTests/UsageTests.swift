// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("What is said of wrong usage", .timeLimit(.minutes(2)))
struct UsageTests {
    private struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String
        }

        var names: [Name]?
        var abstract: String?
        var discussion: String?
    }

    private struct Command: Decodable {
        var commandName: String
        var arguments: [Argument]?
        var subcommands: [Command]?

        /// This and all below, with their arguments.
        var all: [Command] { [self] + (self.subcommands ?? []).flatMap(\.all) }
    }

    private struct Tool: Decodable {
        var command: Command
    }

    /// Nothing but what is written without brackets is needed, and much may come from files.
    @Test(arguments: ["run", "monitor", "check", "policy", "config show"])
    func theUsageLineIsShortAndNamesNothingThatMayBeLeftOut(command: String) async throws {
        let words = command.split(separator: " ").map(String.init)
        let result = try await ToolProcess.run(words + ["--table", "T", "--batch-size", "0"])
        #expect(result.status == 2)
        let lines = result.errors.split(separator: "\n")
        #expect(lines.contains("Usage: weir \(command) [<options>] [-- <program> ...]"), "\(result.errors)")
        let help = try await ToolProcess.run(words + ["--help"])
        #expect(help.output.contains("\nUSAGE: weir \(command) [<options>] [-- <program> ...]\n"))
    }

    @Test(arguments: [
        (["--aggregate", "sum"], "'sum'", "'--aggregate <expression>': count and sum:PATH are accepted"),
        (["--aggregate", "count", "--group-by", "customer"], "'customer'", "'--group-by <path>': Keys.name and"),
        (["--aggregate", "count", "--write-shards", "0"], "'0'", "'--write-shards <n>': a whole number is accepted"),
    ])
    func aWrongValueIsNamedOnce(options: [String], value: String, fact: String) async throws {
        let arguments = ["run", "--table", "T", "--handler", "aggregate", "--aggregate-table", "A"] + options
        let result = try await ToolProcess.run(arguments)
        #expect(result.status == 2)
        #expect(result.errors.components(separatedBy: "is invalid for").count == 2, "\(result.errors)")
        #expect(result.errors.contains("The value \(value) is invalid for \(fact)"), "\(result.errors)")
    }

    @Test func windowsThatNeedWholeSecondsSayWhy() async throws {
        let tumbling = try await ToolProcess.run(["config", "show", "--table", "T", "--tumbling-window", "1500ms"])
        #expect(tumbling.status == 2)
        #expect(
            tumbling.errors.contains("whole seconds such as 60, 60s or 5m are accepted, from 0s to 15m: events tell")
        )
        let batching = try await ToolProcess.run(["config", "show", "--table", "T", "--batch-window", "1500ms"])
        #expect(batching.status == 0, "\(batching.errors)")
        let line = batching.output.split(separator: "\n").first { $0.hasPrefix("maximum-batching-window") }
        #expect(line?.hasPrefix("maximum-batching-window = \"1500ms\" ") == true)
        #expect(line?.hasSuffix("# --batch-window; MaximumBatchingWindowInSeconds has whole seconds") == true)
        let whole = try await ToolProcess.run(["config", "show", "--table", "T", "--batch-window", "2000ms"])
        #expect(!whole.output.contains("has whole seconds"))
    }

    /// What the help of an option says of another one has to be true of this command.
    @Test func helpSpeaksOfOptionsThatTheCommandHas() async throws {
        let text = try await ToolProcess.run(["--experimental-dump-help"]).output
        let all = try JSONDecoder().decode(Tool.self, from: Data(text.utf8)).command.all
        #expect(all.contains { $0.commandName == "local" && $0.arguments?.isEmpty == false })
        for command in all {
            let arguments = command.arguments ?? []
            let names = Set(arguments.flatMap { $0.names ?? [] }.map(\.name))
            for argument in arguments {
                let help = [argument.abstract, argument.discussion].compactMap(\.self).joined(separator: " ")
                    // Other commands are quoted.
                    .replacing(#/'weir [^']*'/#, with: "")
                for name in help.matches(of: #/--([a-z][a-z0-9-]*)/#).map({ String($0.1) }) {
                    #expect(names.contains(name), "--\(name) in weir \(command.commandName): \(help)")
                }
            }
        }
    }
}
