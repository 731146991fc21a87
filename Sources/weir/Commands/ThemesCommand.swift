// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dashboard
import Settings

/// `weir themes`: what the screen can look like.
struct ThemesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "themes",
        abstract: "List the themes, print one as a file, or look at them.",
        discussion: """
            A theme is a TOML file. Those in the folder 'weir/themes' of $XDG_CONFIG_HOME (~/.config unless it is set) are chosen \
            by name as the built-in ones are, and win over one of the same name. In a dashboard, T goes through all of them.

            EXAMPLES
              weir themes
              weir themes --preview
              weir themes dracula > mine.toml
              weir demo --theme mine.toml
            """
    )

    @Argument(help: ArgumentHelp("Print this theme as a file, to copy and change.", valueName: "name"))
    var name: String?

    @Flag(name: .long, help: "Show the demo; T goes from theme to theme.")
    var preview = false

    func validate() throws {
        if self.preview, self.name != nil {
            throw ValidationError("--preview and a name exclude each other: weir demo --theme NAME shows one theme")
        }
    }

    func run() async throws {
        if self.preview {
            let demo = try DemoCommand.parse([])
            return try await demo.run()
        }
        let environment = ProcessSurroundings.environment
        let library = ThemeLibrary.current(environment: environment)
        let output = LineOutput.standardOutput()
        if let name {
            guard let theme = try library.theme(name) else {
                let names = library.all.map(\.name).joined(separator: ", ")
                throw ProgramFailure(
                    status: ExitStatus.usage,
                    message: "There is no theme '\(name)'; there are \(names), and theme files."
                )
            }
            for warning in theme.warnings { LineOutput.standardError().line("weir: \(warning)") }
            for line in ThemeFileWriter(theme.theme).lines { output.line(line) }
        } else {
            for line in Self.table(library) { output.line(line) }
        }
        if let failure = output.endOfProgram { throw failure }
    }

    /// What there is, a theme a line.
    static func table(_ library: ThemeLibrary) -> [String] {
        let own = Set(library.ownNames)
        let rows = library.all.map { theme in
            let place = own.contains(theme.name) ? "\(library.folder)/\(theme.name).toml" : "built in"
            return [theme.name, theme.variant.rawValue, place].map(VisibleText.line)
        }
        return TextTable.lines([["THEME", "FOR", "FROM"]] + rows)
    }
}
