// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Durations as faults have them: `200ms`, `1.5s`, `2m`; a number alone is seconds.
enum FaultDuration {
    static let longest = Duration.seconds(600)
    static let forms = "200ms, 1.5s or 2m, up to 10m"

    /// Reads a duration of whole milliseconds; nil for anything else.
    static func read(_ text: String) -> Duration? {
        let units: [(suffix: String, milliseconds: Double)] = [("ms", 1), ("s", 1000), ("m", 60_000)]
        let unit = units.first { text.hasSuffix($0.suffix) }
        let digits = text.dropLast(unit?.suffix.count ?? 0)
        guard let first = digits.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            let value = Double(digits)
        else { return nil }
        let milliseconds = (value * (unit?.milliseconds ?? 1000)).rounded()
        guard milliseconds <= 600_000 else { return nil }
        return .milliseconds(Int64(milliseconds))
    }

    /// The shortest form.
    static func text(_ duration: Duration) -> String {
        let parts = duration.components
        let milliseconds = parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
        return milliseconds.isMultiple(of: 1000) ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}
