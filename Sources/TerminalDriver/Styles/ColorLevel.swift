// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How many colours are used.
package enum ColorLevel: Hashable, Sendable, Comparable {
    /// Attributes alone; no colour sequence is ever sent.
    case monochrome
    /// The terminal's 16 colours; with 8, the bright ones are bold.
    case sixteen
    /// The 256 colours of the common palette.
    case palette256
    /// Any colour.
    case trueColor
}

/// What a person asks for with `--color` or a setting.
package enum ColorOption: String, Hashable, Sendable, CaseIterable {
    /// No colour.
    case never
    /// At most 16.
    case sixteen = "16"
    /// At most 256.
    case palette256 = "256"
    /// Any, if the terminal's data base has an entry for it; else 256.
    case trueColor = "truecolor"
    /// As many as the terminal has, whatever NO_COLOR says.
    case always
}

/// What is known of a terminal when its colours are decided.
package struct TerminalAbilities: Hashable, Sendable {
    /// Whether the data base has an entry for the terminal's name.
    package var isKnown: Bool
    /// Number of colours by the data base.
    package var colors: Int
    /// The entry for direct colour, nil without one.
    package var directName: String?

    /// Creates a description.
    package init(isKnown: Bool = true, colors: Int, directName: String? = nil) {
        self.isKnown = isKnown
        self.colors = colors
        self.directName = directName
    }
}

/// How many colours are used, and why.
package struct ColorDecision: Hashable, Sendable {
    /// How many.
    package var level: ColorLevel
    /// Why, for people: `NO_COLOR is set`.
    package var reason: String

    /// Creates a decision.
    package init(level: ColorLevel, reason: String) {
        self.level = level
        self.reason = reason
    }
}

extension ColorLevel {
    /// Decides how many colours are used; the first rule that applies wins.
    ///
    /// 1. `--color`. 2. NO_COLOR, set and not empty. 3. The setting. 4. Fewer than 8 colours: none.
    /// 5. COLORTERM is `truecolor` or `24bit` and there is an entry for direct colour. 6. 256 colours. 7. 16.
    ///
    /// Nothing makes a terminal show more than it can.
    package static func decide(
        option: ColorOption?,
        setting: ColorOption? = nil,
        environment: [String: String],
        abilities: TerminalAbilities
    ) -> ColorDecision {
        if let option {
            return Self.decide(option, named: "--color \(option.rawValue)", environment, abilities)
        }
        if let noColor = environment["NO_COLOR"], !noColor.isEmpty {
            return ColorDecision(level: .monochrome, reason: "NO_COLOR is set")
        }
        if let setting {
            return Self.decide(setting, named: "setting color = \(setting.rawValue)", environment, abilities)
        }
        return Self.best(environment, abilities)
    }

    private static func decide(
        _ option: ColorOption,
        named name: String,
        _ environment: [String: String],
        _ abilities: TerminalAbilities
    ) -> ColorDecision {
        let wanted: ColorLevel
        switch option {
        case .never: wanted = .monochrome
        case .sixteen: wanted = .sixteen
        case .palette256: wanted = .palette256
        case .trueColor: wanted = .trueColor
        case .always: return Self.best(environment, abilities)
        }
        let most = Self.most(abilities)
        guard wanted > most else { return ColorDecision(level: wanted, reason: name) }
        return ColorDecision(level: most, reason: "\(name), but the terminal's entry has \(abilities.colors) colors")
    }

    private static func best(_ environment: [String: String], _ abilities: TerminalAbilities) -> ColorDecision {
        let most = Self.most(abilities)
        let promise = environment["COLORTERM"] ?? ""
        if most == .trueColor, promise == "truecolor" || promise == "24bit" {
            return ColorDecision(level: .trueColor, reason: "COLORTERM is \(promise)")
        }
        return ColorDecision(
            level: min(most, abilities.colors >= 256 ? .palette256 : .sixteen),
            reason: "the terminal's entry has \(abilities.colors) colors"
        )
    }

    private static func most(_ abilities: TerminalAbilities) -> ColorLevel {
        guard abilities.colors >= 8 else { return .monochrome }
        if abilities.directName != nil { return .trueColor }
        return abilities.colors >= 256 ? .palette256 : .sixteen
    }
}
