// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

extension Figures {
    /// A lag, `1.2s`; `≤1m30s` where only its bound is known; nil is unknown.
    package static func lag(_ value: Lag?, ascii: Bool = false) -> String {
        guard let value else { return Self.unknown }
        return (value.isExact ? "" : ascii ? "<" : "≤") + Self.duration(value.duration, ascii: ascii)
    }

    /// A duration in whole seconds and in two units at most, `6s`, `1m32s`, `2h05m`.
    package static func wholeSeconds(_ value: Duration) -> String {
        let seconds = max(0, value.components.seconds)
        return seconds < 60 ? "\(seconds)s" : Self.duration(.seconds(seconds))
    }

    /// A duration in two units at most, `850µs`, `12ms`, `1.2s`, `3m04s`, `2h05m`, `3d04h`; nil is unknown.
    ///
    /// Negative durations come from clocks that disagree and count as zero.
    package static func duration(_ value: Duration?, ascii: Bool = false) -> String {
        guard let value else { return Self.unknown }
        let (seconds, attoseconds) = value.components
        guard seconds >= 0, attoseconds >= 0, seconds > 0 || attoseconds > 0 else { return "0" }
        if seconds == 0 {
            let microseconds = (attoseconds + 500_000_000_000) / 1_000_000_000_000
            if microseconds < 1000 { return "\(microseconds)" + (ascii ? "us" : "µs") }
            let milliseconds = (microseconds + 500) / 1000
            if milliseconds < 1000 { return "\(milliseconds)ms" }
        }
        let tenths = seconds * 10 + (attoseconds + 50_000_000_000_000_000) / 100_000_000_000_000_000
        if tenths < 600 { return "\(tenths / 10).\(tenths % 10)s" }
        let whole = tenths / 10
        if whole < 3600 { return "\(whole / 60)m\(Self.twoDigits(whole % 60))s" }
        if whole < 86_400 { return "\(whole / 3600)h\(Self.twoDigits(whole / 60 % 60))m" }
        if whole < 86_400_000 { return "\(whole / 86_400)d\(Self.twoDigits(whole / 3600 % 24))h" }
        return "\(min(whole / 86_400, 999_999))d"
    }

    /// A running stopwatch, `00:42`, `1:02:03`.
    package static func stopwatch(_ value: Duration) -> String {
        let seconds = max(0, value.components.seconds)
        let tail = "\(Self.twoDigits(seconds / 60 % 60)):\(Self.twoDigits(seconds % 60))"
        return seconds < 3600 ? tail : "\(seconds / 3600):\(tail)"
    }

    /// The time of day in UTC in whole seconds, `02:41:07Z`; nil is unknown.
    package static func clock(_ value: Timestamp?) -> String {
        value?.clock ?? Self.unknown
    }

    /// The time of day in UTC with milliseconds, `02:41:07.250Z`; nil is unknown.
    package static func preciseClock(_ value: Timestamp?) -> String {
        guard let text = value?.iso8601, let separator = text.firstIndex(of: "T") else { return Self.unknown }
        return String(text[text.index(after: separator)...])
    }

    private static func twoDigits(_ value: Int64) -> String {
        value < 10 ? "0\(value)" : String(value)
    }
}
