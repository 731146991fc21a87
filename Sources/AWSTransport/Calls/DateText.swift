// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning

/// The two texts of a moment that credentials and answers hold.
package enum DateText {
    /// Reads `2026-01-31T08:00:00Z`, with a fraction of the second or an offset like `+01:00` or `+0100` if there is one.
    ///
    /// - Returns: Milliseconds since 1970-01-01T00:00:00Z; nil if the text is of another form.
    package static func milliseconds(iso8601 text: String) -> Int64? {
        var rest = Substring(text)
        guard let year = Self.number(&rest, digits: 4), Self.take("-", &rest),
            let month = Self.number(&rest, digits: 2), (1...12).contains(month), Self.take("-", &rest),
            let day = Self.number(&rest, digits: 2), (1...31).contains(day),
            Self.take("T", &rest) || Self.take(" ", &rest),
            let hour = Self.number(&rest, digits: 2), hour < 24, Self.take(":", &rest),
            let minute = Self.number(&rest, digits: 2), minute < 60, Self.take(":", &rest),
            let second = Self.number(&rest, digits: 2), second <= 60
        else { return nil }
        if Self.take(".", &rest) {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty else { return nil }
            rest = rest.dropFirst(digits.count)
        }
        let time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        if rest == "Z" || rest == "z" { return time.milliseconds }
        guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
        rest.removeFirst()
        guard let hours = Self.number(&rest, digits: 2), hours < 24 else { return nil }
        _ = Self.take(":", &rest)
        guard let minutes = Self.number(&rest, digits: 2), minutes < 60, rest.isEmpty else { return nil }
        let offset = Int64(hours * 60 + minutes) * 60_000
        return time.milliseconds + (sign == "+" ? -offset : offset)
    }

    /// Writes `2026-01-31T08:00:00Z`.
    package static func iso8601(milliseconds: Int64) -> String {
        let text = SigningTime(milliseconds: milliseconds).text
        func part(_ range: Range<Int>) -> Substring {
            text[
                text.index(
                    text.startIndex,
                    offsetBy: range.lowerBound
                )..<text.index(text.startIndex, offsetBy: range.upperBound)
            ]
        }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
    }

    /// Reads a `Date` header, `Sun, 30 Aug 2015 12:36:00 GMT`.
    ///
    /// - Returns: Milliseconds since 1970-01-01T00:00:00Z; nil if the text is of another form.
    package static func milliseconds(httpDate text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), (1...31).contains(day),
            let month = monthNames.firstIndex(of: words[2]), let year = Int(words[3]), (1...9999).contains(year)
        else { return nil }
        let clock = words[4].split(separator: ":").map { Int($0) }
        guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2],
            (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second)
        else { return nil }
        return CivilTime(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
            .milliseconds
    }

    private static func number(_ text: inout Substring, digits: Int) -> Int? {
        let part = text.prefix(digits)
        guard part.count == digits, part.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        text = text.dropFirst(digits)
        return Int(part)
    }

    private static func take(_ character: Character, _ text: inout Substring) -> Bool {
        guard text.first == character else { return false }
        text.removeFirst()
        return true
    }
}

private let monthNames: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]
