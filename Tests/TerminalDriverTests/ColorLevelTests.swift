// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalDriver
import Testing

struct ColorLevelTests {
    private let direct = TerminalAbilities(colors: 256, directName: "xterm-direct")
    private let palette = TerminalAbilities(colors: 256)
    private let basic = TerminalAbilities(colors: 8)
    private let none = TerminalAbilities(colors: 0)

    @Test
    func theOptionBeatsNoColorAndTheSetting() {
        let environment = ["NO_COLOR": "1", "COLORTERM": "truecolor"]
        let decision = ColorLevel.decide(
            option: .palette256,
            setting: .never,
            environment: environment,
            abilities: self.direct
        )
        #expect(decision == ColorDecision(level: .palette256, reason: "--color 256"))
        let always = ColorLevel.decide(option: .always, environment: environment, abilities: self.direct)
        #expect(always.level == .trueColor)
    }

    @Test
    func noColorBeatsTheSetting() {
        let decision = ColorLevel.decide(
            option: nil,
            setting: .trueColor,
            environment: ["NO_COLOR": "1"],
            abilities: self.direct
        )
        #expect(decision == ColorDecision(level: .monochrome, reason: "NO_COLOR is set"))
    }

    @Test
    func anEmptyNoColorIsNotSet() {
        let decision = ColorLevel.decide(option: nil, environment: ["NO_COLOR": ""], abilities: self.palette)
        #expect(decision.level == .palette256)
    }

    @Test
    func theSettingBeatsWhatTheTerminalPromises() {
        let decision = ColorLevel.decide(
            option: nil,
            setting: .sixteen,
            environment: ["COLORTERM": "truecolor"],
            abilities: self.direct
        )
        #expect(decision.level == .sixteen)
    }

    @Test(arguments: [
        ("truecolor", true, 256, ColorLevel.trueColor),
        ("24bit", true, 256, .trueColor),
        ("truecolor", false, 256, .palette256),
        ("yes", true, 256, .palette256),
        ("", true, 256, .palette256),
        ("truecolor", false, 8, .sixteen),
        ("", false, 16, .sixteen),
        ("", false, 88, .sixteen),
        ("truecolor", true, 0, .monochrome),
        ("", false, 2, .monochrome),
    ])
    func withoutAWishTheTerminalDecides(promise: String, hasDirect: Bool, colors: Int, level: ColorLevel) {
        let abilities = TerminalAbilities(colors: colors, directName: hasDirect ? "xterm-direct" : nil)
        let decision = ColorLevel.decide(option: nil, environment: ["COLORTERM": promise], abilities: abilities)
        #expect(decision.level == level)
    }

    @Test
    func nothingMakesATerminalShowMoreThanItCan() {
        for option in ColorOption.allCases {
            #expect(ColorLevel.decide(option: option, environment: [:], abilities: self.none).level == .monochrome)
            #expect(ColorLevel.decide(option: option, environment: [:], abilities: self.basic).level <= .sixteen)
            #expect(ColorLevel.decide(option: option, environment: [:], abilities: self.palette).level <= .palette256)
        }
        let decision = ColorLevel.decide(option: .trueColor, environment: [:], abilities: self.basic)
        #expect(decision.reason == "--color truecolor, but the terminal's entry has 8 colors")
    }
}
