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
        #expect(file.roles == Set(theme.styles.keys))
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
            ("[palette]\na = \"red\"", "palette.a"),
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
