// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TerminalCells
import Testing

@Suite
struct ThemeTests {
    /// What a theme is drawn on where it leaves the background to the terminal.
    private static func background(_ theme: Theme) -> ThemeColor {
        theme.variant == .light
            ? ThemeColor(red: 255, green: 255, blue: 255, basic: .brightWhite)
            : ThemeColor(red: 0, green: 0, blue: 0, basic: .black)
    }

    /// Lines and areas: nothing in them is read.
    private static let graphics: Set<String> = {
        let names = [
            Roles.border, Roles.borderFocus, Roles.chartHeld, Roles.chartGap, Roles.chartLimit, Roles.selection,
        ]
        return Set(names.map(\.name) + Roles.charts.flatMap { Roles.ramp($0) }.map(\.name))
    }()

    @Test(arguments: Theme.builtIn)
    func everyRoleHasAStyleOfItsOwn(_ theme: Theme) {
        for role in Roles.all { #expect(theme.styles[role.name] != nil, "\(role)") }
        #expect(Set(theme.styles.keys) == Set(Roles.all.map(\.name)))
    }

    /// The themes that choose their own colours.
    private static let coloured = Theme.builtIn.filter { $0.palette["text"] != nil }

    @Test(arguments: coloured)
    func textIsReadable(_ theme: Theme) throws {
        for role in Roles.all where !Self.graphics.contains(role.name) {
            for isSelected in [false, true] {
                let style = theme.style(of: role, isSelected: isSelected)
                let foreground = try #require(style.foreground, "\(role)")
                let contrast = foreground.contrast(with: style.background ?? Self.background(theme))
                // Badges and the cursor are never in a selected row.
                let isBadge = role != .plain && role.name != "text" && theme.styles[role.name]?.background != nil
                #expect(
                    isBadge && isSelected || contrast >= (theme == .highContrast ? 7 : 4.5),
                    "\(theme) \(role) selected \(isSelected): \(contrast)"
                )
            }
        }
    }

    @Test(arguments: Theme.builtIn)
    func statesStayApartWithoutColour(_ theme: Theme) {
        let states = Roles.all.filter { $0.name.hasPrefix("state.") }
        for ascii in [false, true] {
            #expect(Set(states.map { theme.glyph($0, ascii: ascii) }).count == states.count)
        }
        for role in Roles.all where role.name.hasPrefix("mode.") || role == Roles.tabActive || role == Roles.selection {
            #expect(theme.style(of: role).mono.contains(.reverse), "\(role)")
        }
        for role in [Roles.error, Roles.warn] { #expect(!theme.style(of: role).mono.isEmpty) }
    }

    @Test
    func aRoleWithoutAStyleTakesThatOfTheRoleAbove() {
        let above = RoleStyle(attributes: .bold)
        let theme = Theme(name: "t", variant: .any, author: "", styles: ["state": above, "text": RoleStyle()])
        #expect(theme.style(of: StyleRole("state.open")) == above)
        #expect(theme.style(of: StyleRole("elsewhere")) == RoleStyle())
    }

    @Test(arguments: coloured)
    func theBackgroundIsPaintedBehindEverything(_ theme: Theme) throws {
        let page = try #require(theme.styles["text"]?.background)
        for role in Roles.all + [.plain] { #expect(theme.style(of: role).background != nil, "\(role)") }
        #expect(theme.style(of: .plain).background == page)
        // With 16 colours it stays the terminal's own, or else the text is not the terminal's own either.
        #expect((page.basic == .standard) == (theme.styles["text"]?.foreground?.basic == .standard))
        #expect((page.luminance > 0.5) == (theme.variant == .light))
    }

    @Test
    func theTerminalThemeUsesTheTerminalsColoursAlone() {
        for style in Theme.terminal.styles.values {
            for color in [style.foreground, style.background] { #expect(color?.isSystem != false) }
        }
        #expect(Theme.terminal.style(of: Roles.error).foreground?.basic == .red)
        #expect(Theme.terminal.style(of: .plain).background == nil)
    }

    @Test
    func theMonoThemeHasNoColourAndEveryStateAnAttributeOrASign() {
        for (name, style) in Theme.mono.styles {
            #expect(style.foreground == nil && style.background == nil, "\(name)")
            #expect(style.attributes == Theme.dark.styles[name]?.mono, "\(name)")
        }
    }

    @Test
    func aThemesNameIsItsOwn() {
        #expect(Set(Theme.builtIn.map(\.name)).count == Theme.builtIn.count)
        #expect(Theme.builtIn.first == .dark)
    }

    @Test
    func aColourThatARoleDoesNotNameIsThatOfText() throws {
        let color = try #require(ThemeColor(hex: "#123456", basic: .blue))
        let page = try #require(ThemeColor(hex: "#ffffff", basic: .white))
        let styles = ["text": RoleStyle(foreground: color, background: page), "dim": RoleStyle(attributes: .dim)]
        let theme = Theme(name: "t", variant: .any, author: "", styles: styles)
        #expect(theme.style(of: Roles.dim) == RoleStyle(foreground: color, background: page, attributes: .dim))
        // Without a selection of its own a theme does not lose the colours of its roles.
        #expect(theme.style(of: Roles.dim, isSelected: true) == theme.style(of: Roles.dim))
    }

    @Test
    func contrastIsThatOfTheStandard() throws {
        let black = try #require(ThemeColor(hex: "#000000", basic: .black))
        let white = try #require(ThemeColor(hex: "#ffffff", basic: .white))
        let grey = try #require(ThemeColor(hex: "#767676", basic: .white))
        #expect(abs(black.contrast(with: white) - 21) < 0.001)
        #expect(abs(grey.contrast(with: white) - 4.54) < 0.01)
        #expect(ThemeColor(hex: "#12345", basic: .black) == nil)
        #expect(ThemeColor(hex: "#12345g", basic: .black) == nil)
    }
}
