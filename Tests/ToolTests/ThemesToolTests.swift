// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Foundation
import Settings
import TestSupport
import Testing

@testable import weir

@Suite("weir themes", .timeLimit(.minutes(2)))
struct ThemesToolTests {
    /// A library whose folder has these files, by path.
    private static func library(_ files: [String: String]) -> ThemeLibrary {
        ThemeLibrary(
            folder: "/c",
            files: { folder in
                files.keys.filter { $0.hasPrefix("\(folder)/") }.map { String($0.dropFirst(folder.count + 1)) }
            },
            read: { files[$0] }
        )
    }

    @Test func oneOfTheUsersWinsOverABuiltInOneOfItsName() throws {
        let library = Self.library(["/c/dark.toml": "name = \"dark\"\nauthor = \"me\"", "/c/notes.txt": "x"])
        #expect(try library.theme("dark")?.theme.author == "me")
        #expect(try library.theme("light")?.theme == .light)
        #expect(library.ownNames == ["dark"])
        #expect(library.all.count == Theme.builtIn.count)
        #expect(library.all.first?.author == "me")
    }

    @Test func aPathIsAFileAndNothingIsNil() throws {
        let library = Self.library(["mine.toml": "name = \"mine\"", "/c/a.toml": "name = \"a\"\n[x"])
        #expect(try library.theme("mine.toml")?.theme.name == "mine")
        #expect(try library.theme("nowhere") == nil)
        #expect(throws: SettingsError.self) { try library.theme("a") }
        // One that cannot be read is no reason to offer none.
        #expect(library.all.count == Theme.builtIn.count)
    }

    @Test func theListHasEveryThemeAndWhereItComesFrom() {
        let lines = ThemesCommand.table(Self.library(["/c/a.toml": "name = \"a\"\nvariant = \"light\""]))
        #expect(lines.first == "THEME              FOR    FROM")
        #expect(lines.dropFirst().first == "a                  light  /c/a.toml")
        #expect(lines.contains("dracula            dark   built in"))
        #expect(lines.count == Theme.builtIn.count + 2)
    }

    @Test func aThemeIsPrintedAsAFileThatCanBeGivenAgain() async throws {
        let folder = try TemporaryFolder()
        let printed = try await ToolProcess.run(["themes", "dracula"])
        #expect(printed.status == 0)
        #expect(printed.output == ThemeFileWriter(.dracula).text)
        let home = ["XDG_CONFIG_HOME": folder.path]
        try FileManager.default.createDirectory(atPath: "\(folder.path)/weir/themes", withIntermediateDirectories: true)
        _ = try folder.write(printed.output.replacing("\"dracula\"", with: "\"mine\""), to: "weir/themes/mine.toml")
        let listed = try await ToolProcess.run(["themes"], environment: home)
        #expect(listed.output.contains("\nmine "))
        let again = try await ToolProcess.run(["themes", "mine"], environment: home)
        #expect(again.output == printed.output.replacing("\"dracula\"", with: "\"mine\""))
    }

    @Test func anUnknownNameIsAnErrorThatListsWhatThereIs() async throws {
        let result = try await ToolProcess.run(["themes", "nowhere"])
        #expect(result.status == 2)
        #expect(result.errors.contains("There is no theme 'nowhere'; there are dark, light,"))
    }

    @Test func aPreviewShowsNoSingleTheme() async throws {
        let result = try await ToolProcess.run(["themes", "dark", "--preview"])
        #expect(result.status == 2)
        #expect(result.errors.contains("--preview and a name exclude each other"))
    }
}
