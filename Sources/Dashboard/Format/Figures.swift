// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Figures as the screen shows them: short, without exponents, never wider than 7 columns.
///
/// Zero is `0`, unknown is `-`; both differ from blank, which means that a figure does not apply.
package enum Figures {
    /// What stands for a figure that is not known.
    package static let unknown = "-"

    /// A count with three significant digits, `999`, `1.23k`, `45.6M`; nil is unknown.
    package static func count(_ value: Int?) -> String {
        guard let value else { return Self.unknown }
        return value.magnitude < 1000 ? String(value) : Self.scaled(Double(value))
    }

    /// A count in at most so many columns, `1.28k`, `1.3k`, `1k`; nil if it fits in no way.
    package static func count(_ value: Int, within width: Int) -> String? {
        let text = Self.count(value)
        guard text.count > width, let prefix = text.last, prefix.isLetter else {
            return text.count > width ? nil : text
        }
        let scaled = Double(text.dropLast()) ?? 0
        for decimals in [1, 0] {
            let shorter = Self.fixed(scaled, decimals: decimals) + String(prefix)
            if shorter.count <= width { return shorter }
        }
        return nil
    }

    /// A count with all its digits in groups of three, `18,204`; for places that have the room.
    package static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    /// A rate with three significant digits, `0.25`, `12.4`, `412`, `1.23k`; nil is unknown.
    package static func rate(_ value: Double?) -> String {
        guard let value, value.isFinite else { return Self.unknown }
        return value.magnitude < 0.005 ? "0" : Self.significant(value)
    }

    /// Capacity units: two decimals under 10, then three significant digits; nil is unknown.
    package static func capacity(_ value: Double?) -> String {
        guard let value, value.isFinite else { return Self.unknown }
        guard value.magnitude >= 0.005 else { return "0" }
        return value.magnitude < 9.995 ? Self.fixed(value, decimals: 2) : Self.significant(value)
    }

    /// A factor, `25.0x`; nil is unknown.
    package static func factor(_ value: Double?) -> String {
        guard let value, value.isFinite else { return Self.unknown }
        return (value.magnitude < 99.95 ? Self.fixed(value, decimals: 1) : Self.scaled(value.rounded())) + "x"
    }

    /// A size in binary units, `173B`, `1.5MiB`, `64KiB`; nil is unknown.
    package static func bytes(_ value: ByteCount?) -> String {
        guard let value else { return Self.unknown }
        guard value.bytes.magnitude >= 1024 else { return value.bytes == 0 ? "0" : "\(value.bytes)B" }
        var scaled = Double(value.bytes)
        var unit = 0
        // At most three digits before the unit, so that a size fits into six columns.
        while scaled.magnitude >= 999.5, unit < 6 {
            scaled /= 1024
            unit += 1
        }
        let text = scaled.magnitude < 9.95 ? Self.fixed(scaled, decimals: 1) : Self.fixed(scaled, decimals: 0)
        return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
            + ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"][unit]
    }

    /// A value with a fixed number of decimals, rounded half away from zero.
    static func fixed(_ value: Double, decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 9e18 else { return value < 0 ? "-9e18" : "9e18" }
        let whole = String(Int64(scaled))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + whole }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - whole.count)) + whole
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// Three significant digits; whole numbers under 1,000 without decimals.
    private static func significant(_ value: Double) -> String {
        let magnitude = value.magnitude
        if magnitude >= 999.5 { return Self.scaled(value) }
        if value == value.rounded() { return Self.fixed(value, decimals: 0) }
        if magnitude >= 99.95 { return Self.fixed(value, decimals: 0) }
        return Self.fixed(value, decimals: magnitude >= 9.995 ? 1 : 2)
    }

    /// Three significant digits with an SI prefix.
    private static func scaled(_ value: Double) -> String {
        var scaled = value
        var prefix = 0
        while scaled.magnitude >= 999.5, prefix < 6 {
            scaled /= 1000
            prefix += 1
        }
        guard prefix > 0 else { return Self.fixed(value, decimals: 0) }
        let magnitude = scaled.magnitude
        let decimals = magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2
        return Self.fixed(scaled, decimals: decimals) + ["", "k", "M", "G", "T", "P", "E"][prefix]
    }
}
