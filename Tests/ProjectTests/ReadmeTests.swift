// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The documents promise nothing that is not there.
struct ReadmeTests {
    private let tree = ProjectTree()

    @Test(arguments: ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
    func everyCommandOfDevIsThere(document: String) async throws {
        let help = try await self.devHelp()
        for command in try self.document(document).commands(of: "./dev") {
            let name = try #require(command.words.first, "./dev alone in \(document)")
            #expect(help.contains("  \(name) "), "./dev \(name), \(document)")
        }
    }

    @Test(arguments: ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
    func everyOptionOfWeirIsInTheHelpOfItsCommand(document: String) async throws {
        let text = try self.document(document)
        let commands =
            text.commands(of: "weir")
            + text.commands(of: "./dev").filter { $0.words.first == "demo" && !$0.words.contains("--recording") }.map {
                $0.without(["--no-install"])
            }
        for command in commands {
            let name = try #require(command.words.first, "weir alone in \(document)")
            let help = try await self.weirHelp(name)
            for option in command.options {
                #expect(help.mentions(option), "\(option) of weir \(name), \(document)")
            }
        }
    }

    @Test(arguments: ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
    func everyOptionInTheProseIsSomewhereInAHelp(document: String) async throws {
        var helps = try await self.devHelp()
        for name in try await self.subcommands() { helps += try await self.weirHelp(name) }
        for option in try self.document(document).optionsInProse {
            #expect(helps.mentions(option), "\(option), \(document)")
        }
    }

    @Test func everyCommandOfWeirIsInTheReadme() async throws {
        let readme = try self.document("README.md")
        let named = Set(
            readme.commands(of: "weir").compactMap(\.words.first)
                + readme.commands(of: "./dev").compactMap(\.words.first)
        )
        for name in try await self.subcommands() where name != "help" {
            #expect(named.contains(name), "weir \(name)")
        }
    }

    @Test func theExampleIsTheOneThatIsCompiled() throws {
        let example = try #require(try self.tree.file("Tests/ProjectTests/ReadmeExample.swift"))
        let code = example.lines.dropFirst(3).joined(separator: "\n")
        let readme = try #require(try self.tree.file("README.md")).text
        #expect(readme.contains("```swift\n" + code + "```\n"))
    }

    @Test func linksLeadToFilesThatAreThere() throws {
        for document in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"] {
            for link in try self.document(document).links where !link.hasPrefix("http") {
                let file = self.tree.root.appendingPathComponent(link)
                #expect(FileManager.default.fileExists(atPath: file.path), "\(link), \(document)")
            }
        }
    }

    // MARK: - The reader of the documents

    @Test func aDocumentIsReadAsAPersonReadsIt() {
        let document = Document(
            """
            Use `--prose` and `weir local --port 8000`, or (`--two=N`); see [this](a.md). A dash -- is none.
            ```
            weir run --table T \\
                --yes      # --no-comment
            KEY=x aws dynamodb scan --table-name T
            ./dev demo --rate 5
            ```
            | `./dev test --filter X` |
            """
        )
        #expect(
            document.commands(of: "weir").map(\.words) == [
                ["run", "--table", "T", "--yes"], ["local", "--port", "8000"],
            ]
        )
        #expect(document.commands(of: "weir").map(\.options) == [["--table", "--yes"], ["--port"]])
        #expect(document.commands(of: "./dev").map(\.words) == [["demo", "--rate", "5"], ["test", "--filter", "X"]])
        #expect(document.optionsInProse == ["--prose", "--two"])
        #expect(document.links == ["a.md"])
    }

    @Test func anOptionIsMentionedAsAWholeWord() {
        #expect("  --batch-size <n>  ".mentions("--batch-size"))
        #expect("  -y, --yes  ".mentions("--yes"))
        #expect("[--yes]".mentions("--yes"))
        #expect(!"  --batch-size <n>  ".mentions("--batch"))
    }

    // MARK: -

    private func document(_ path: String) throws -> Document {
        Document(try #require(try self.tree.file(path)).text)
    }

    private func devHelp() async throws -> String {
        let dev = self.tree.root.appendingPathComponent("dev").path
        return try await run("/bin/bash", [dev, "help"], environment: Self.environment).text
    }

    /// The program lies beside the tests.
    private func weir(_ arguments: [String]) async throws -> ProgramRun {
        try await run(ProgramRun.builtProgram("weir"), arguments, environment: Self.environment)
    }

    private func weirHelp(_ command: String) async throws -> String {
        let result = try await self.weir(["help", command])
        #expect(result.status == 0, "weir help \(command)")
        return result.text
    }

    private func subcommands() async throws -> [String] {
        let help = try await self.weir(["--help"]).text
        let section = try #require(help.components(separatedBy: "SUBCOMMANDS:\n").dropFirst().first)
        return section.split(separator: "\n").compactMap { line in
            line.firstMatch(of: #/^  (\w[\w-]*)(?: \(default\))?\s{2,}/#).map { String($0.1) }
        }
    }

    private static let environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "COLUMNS": "200"]
}
