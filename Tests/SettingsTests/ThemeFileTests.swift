// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Foundation
import Settings
import TerminalCells
import Testing

@Suite
struct ThemeFileTests {
    /// The folder of the themes that are shipped.
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("themes")

    @Test(arguments: Theme.builtIn)
    func theShippedFileSaysWhatIsCompiledIn(_ theme: Theme) throws {
        let name = "\(theme.name).toml"
        let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        let file = try ThemeFile(text, file: name)
        #expect(file.warnings.isEmpty)
        #expect(file.theme == theme)
    }

    @Test
    func theFileToCopyNamesEveryRole() throws {
        let text = try String(contentsOf: Self.folder.appendingPathComponent("dark.toml"), encoding: .utf8)
        #expect(try ThemeFile(text, file: "dark.toml").roles == Set(Roles.all.map(\.name)))
    }

    @Test
    func everyFileOfTheFolderIsATheme() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
            $0.hasSuffix(".toml")
        }
        #expect(Set(names) == Set(Theme.builtIn.map { "\($0.name).toml" }))
    }

    @Test(arguments: Theme.builtIn)
    func whatIsWrittenIsReadAsTheSame(_ theme: Theme) throws {
        let file = try ThemeFile(ThemeFileWriter(theme).text, file: "written.toml")
        #expect(file.warnings.isEmpty)
        #expect(file.theme == theme)
    }

    @Test
    func aColourOfTheDefaultPaletteChangesTheRolesThatAreMadeOfIt() throws {
        let text = """
            variant = "light"
            [palette]
            green = "#004400"
            teal = "bright-cyan"
            page = "default"
            [roles]
            title = { fg = "violet" }
            """
        let file = try ThemeFile(text, file: "mine.toml")
        #expect(file.warnings.isEmpty)
        // What it becomes with 16 colours is not lost.
        #expect(file.theme.style(of: Roles.good).foreground == ThemeColor(red: 0, green: 0x44, blue: 0, basic: .green))
        #expect(file.theme.style(of: Roles.stateDraining).foreground == ThemeColor(system: .brightCyan))
        #expect(file.theme.style(of: Roles.text).background == nil)
        #expect(file.theme.styles["error"] == Theme.light.styles["error"])
        #expect(file.theme.style(of: Roles.title).foreground == Theme.light.palette["violet"])
    }

    @Test
    func aThemeOfFiveLinesHasDefaultsForTheRest() throws {
        let file = try ThemeFile(
            """
            name = "mine"
            variant = "light"
            [palette]
            sand = "#102030"
            [roles]
            state.open = { fg = "sand", attrs = ["bold"] }
            """,
            file: "mine.toml"
        )
        let open = file.theme.style(of: StyleRole("state.open"))
        #expect(file.warnings.isEmpty)
        #expect(file.theme.name == "mine")
        #expect(open.foreground == ThemeColor(red: 16, green: 32, blue: 48, basic: .standard))
        #expect(open.mono == .bold)
        #expect(file.theme.style(of: Roles.dim) == Theme.light.style(of: Roles.dim))
    }

    @Test(
        arguments: [
            ("colour = 1", "colour"),
            ("variant = \"dusk\"", "variant"),
            ("[palette]\na = \"rde\"", "palette.a"),
            ("[palette]\na = \"#000000\"\n[ansi]\na = \"pink\"", "ansi.a"),
            ("[ansi]\nb = \"red\"", "ansi.b"),
            ("[roles]\ntext = { fgg = \"#000000\" }", "roles.text.fgg"),
            ("[roles]\ntext = { fg = \"nowhere\" }", "roles.text.fg"),
            ("[roles]\ntext = { attrs = [\"blink\"] }", "roles.text.attrs"),
            ("[roles]\ntext = { mono = \"bold\" }", "roles.text.mono"),
            ("[roles]\nstate.opne = { fg = \"#000000\" }", "roles.state.opne"),
            ("[roles]\ntext = 1", "roles.text"),
            ("name = 1", "name"),
        ]
    )
    func whatIsNotUnderstoodIsNamedByFileAndKeyPath(_ text: String, _ keyPath: String) throws {
        let warnings = try ThemeFile(text, file: "mine.toml").warnings
        #expect(warnings.map(\.keyPath) == [keyPath])
        #expect(warnings.first?.description.hasPrefix("mine.toml: \(keyPath): ") == true)
    }

    @Test
    func aTextThatIsNoTOMLIsRefusedWithItsLine() {
        let error = #expect(throws: SettingsError.self) { try ThemeFile("name = \"a\"\n[roles", file: "mine.toml") }
        #expect(error?.place == TextPlace(line: 2, column: 7))
        #expect(error?.description.hasPrefix("mine.toml:2:7: ") == true)
    }
}
