// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TerminalCells
import Testing

/// What is told by colour beside words and signs can be told apart by everybody.
@Suite
struct ColourVisionTests {
    /// The themes that choose their own colours.
    private static let coloured = Theme.builtIn.filter { $0.palette["text"] != nil }

    @Test(arguments: coloured)
    func whatIsWellAndWhatIsNotStayApart(_ theme: Theme) throws {
        let pairs = [
            (Roles.good, Roles.error), (Roles.stateOpen, Roles.stateError), (Roles.diffAdd, Roles.diffDelete),
            (Roles.eventInsert, Roles.eventRemove),
        ]
        for (one, other) in pairs {
            let first = try #require(theme.style(of: one).foreground)
            let second = try #require(theme.style(of: other).foreground)
            #expect(ColourVision.smallestDistance(first, second) >= 0.05, "\(theme.name): \(one) and \(other)")
        }
    }

    @Test(arguments: [Theme.blueOrangeDark, .blueOrangeLight])
    func allStatesStayApartInTheThemesThatAreMadeForIt(_ theme: Theme) throws {
        let states = Roles.all.filter { $0.name.hasPrefix("state.") }
        for (index, one) in states.enumerated() {
            for other in states[(index + 1)...] {
                let first = try #require(theme.style(of: one).foreground)
                let second = try #require(theme.style(of: other).foreground)
                let distance = ColourVision.smallestDistance(first, second)
                #expect(distance >= 0.09, "\(theme.name): \(one) and \(other) are \(distance) apart")
            }
        }
    }

    @Test
    func theSimulationMixesUpWhatPeopleMixUp() throws {
        let red = try #require(ThemeColor(hex: "#b35c00", basic: .red))
        let green = try #require(ThemeColor(hex: "#6b7a00", basic: .green))
        let blue = try #require(ThemeColor(hex: "#0060ff", basic: .blue))
        #expect(ColourVision.deuteranopia.distance(red, green) < ColourVision.usual.distance(red, green) / 2)
        #expect(ColourVision.deuteranopia.distance(red, blue) > 0.2)
        #expect(ColourVision.usual.distance(red, red) == 0)
    }
}
