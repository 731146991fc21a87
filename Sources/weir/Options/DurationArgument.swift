// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A duration as it is written on the command line: `60`, `60s`, `200ms`, `5m`, `1h`.
struct DurationArgument: Hashable, Sendable, CustomStringConvertible {
    /// The accepted forms, for help and errors.
    static let forms = "60, 60s, 200ms, 5m or 1h"

    /// The duration, whole milliseconds.
    var duration: Duration

    /// Wraps a duration.
    init(_ duration: Duration) {
        self.duration = duration
    }

    /// Reads a number with or without a unit; a number alone is seconds.
    ///
    /// Nil for anything else.
    init?(_ text: String) {
        let units: [(suffix: String, milliseconds: Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
        let unit = units.first { text.hasSuffix($0.suffix) }
        let digits = text.dropLast(unit?.suffix.count ?? 0)
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            parts.count == 1 || (parts.count == 2 && parts[1].count <= 3),
            let whole = Int64(parts[0]), whole <= 1_000_000_000
        else { return nil }
        let factor = unit?.milliseconds ?? 1000
        var milliseconds = whole * factor
        if parts.count == 2, let fraction = Int64(parts[1]) {
            let scale: Int64 = [10, 100, 1000][parts[1].count - 1]
            // Only what comes out as whole milliseconds: 0.5ms is not a duration we can keep.
            guard (fraction * factor).isMultiple(of: scale) else { return nil }
            milliseconds += fraction * factor / scale
        }
        self.duration = .milliseconds(milliseconds)
    }

    /// The shortest accepted form.
    var description: String {
        let milliseconds =
            self.duration.components.seconds * 1000
            + self.duration.components.attoseconds / 1_000_000_000_000_000
        if milliseconds == 0 { return "0s" }
        if milliseconds.isMultiple(of: 3_600_000) { return "\(milliseconds / 3_600_000)h" }
        if milliseconds.isMultiple(of: 60_000) { return "\(milliseconds / 60_000)m" }
        if milliseconds.isMultiple(of: 1000) { return "\(milliseconds / 1000)s" }
        return "\(milliseconds)ms"
    }

    /// A reader of durations within a range, for an option's `transform`.
    static func within(
        _ lower: DurationArgument,
        _ upper: DurationArgument
    ) -> @Sendable (String) throws -> DurationArgument {
        { text in
            guard let value = DurationArgument(text), (lower.duration...upper.duration).contains(value.duration) else {
                throw ValidationError("a duration such as \(Self.forms) is accepted, from \(lower) to \(upper)")
            }
            return value
        }
    }
}
