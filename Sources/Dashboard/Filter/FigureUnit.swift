// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What the figures of a column count, and how a person writes them.
package enum FigureUnit: Hashable, Sendable {
    /// No figure: text.
    case none
    /// Things, or things a second: `412`, `1.2k`.
    case count
    /// Time; a bare figure is seconds: `1s`, `200ms`, `2m30s`.
    case seconds
    /// Sizes; a bare figure is bytes: `44B`, `1KiB`, `1.5MiB`.
    case bytes

    /// What a person wrote as a figure; nil if it is none.
    package func value(of text: String) -> Double? {
        guard self != .none else { return nil }
        if let plain = Double(text) { return plain.isFinite ? plain : nil }
        var sum = 0.0
        var rest = text[...]
        // Time may have several parts, `3m04s`.
        repeat {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
            let name = rest.dropFirst(digits.count).prefix { !$0.isNumber && $0 != "." && $0 != "-" }
            guard let number = Double(digits), let factor = self.factor(String(name)) else { return nil }
            sum += number * factor
            rest = rest[name.endIndex...]
        } while self == .seconds && !rest.isEmpty
        return rest.isEmpty ? sum : nil
    }

    /// How a figure of the unit is written, for people.
    package var examples: String {
        switch self {
        case .none: "text"
        case .count: "412 or 1.2k"
        case .seconds: "1.5 or 200ms or 2m30s"
        case .bytes: "512 or 1.5KiB"
        }
    }

    private func factor(_ name: String) -> Double? {
        switch self {
        case .none: nil
        case .count: ["k": 1e3, "M": 1e6, "G": 1e9, "/s": 1][name]
        case .seconds: ["us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600, "d": 86_400][name]
        case .bytes:
            [
                "b": 1, "kib": 1024, "mib": 1_048_576, "gib": 1_073_741_824, "kb": 1e3, "mb": 1e6, "gb": 1e9,
            ][name.lowercased()]
        }
    }
}
