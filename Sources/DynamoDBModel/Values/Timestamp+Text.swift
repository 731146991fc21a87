// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Timestamp {
    /// The moment as people and logs write it, in UTC: `2026-01-02T03:04:05.678Z`.
    public var iso8601: String { self.label + "Z" }

    /// The time of day in UTC, `03:04:05Z`.
    public var clock: String {
        let parts = self.parts
        return "\(Self.padded(parts.hour, 2)):\(Self.padded(parts.minute, 2)):\(Self.padded(parts.second, 2))Z"
    }

    /// The moment as the label of a stream, in UTC and without a zone: `2026-01-02T03:04:05.678`.
    public var label: String {
        let parts = self.parts
        return "\(Self.padded(parts.year, 4))-\(Self.padded(parts.month, 2))-\(Self.padded(parts.day, 2))T"
            + self.clock.dropLast() + ".\(Self.padded(parts.millisecond, 3))"
    }

    /// Reads a moment as ``iso8601`` and ``label`` write it; the fraction may be left out or have any length.
    ///
    /// Nil for anything else, for dates that do not exist, and for other zones than UTC.
    public init?(iso8601 text: some StringProtocol) {
        var rest = Substring(text)
        if rest.hasSuffix("Z") { rest.removeLast() }
        func take(_ count: Int, upTo separator: Character?) -> Int? {
            let digits = rest.prefix(count)
            guard digits.count == count, digits.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(digits)
            else {
                return nil
            }
            rest = rest.dropFirst(count)
            if let separator {
                guard rest.first == separator else { return nil }
                rest = rest.dropFirst()
            }
            return value
        }
        guard let year = take(4, upTo: "-"), let month = take(2, upTo: "-"), let day = take(2, upTo: "T"),
            let hour = take(2, upTo: ":"), let minute = take(2, upTo: ":"), let second = take(2, upTo: nil),
            (1...12).contains(month), (1...Self.days(inMonth: month, year: year)).contains(day), hour < 24, minute < 60,
            second < 60
        else { return nil }
        var milliseconds = 0
        if rest.first == "." {
            let digits = rest.dropFirst()
            guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
                let value = Int((digits.prefix(3) + "00").prefix(3))
            else { return nil }
            milliseconds = value
        } else if !rest.isEmpty {
            return nil
        }
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
        self.init(milliseconds: Int64(seconds * 1000 + milliseconds))
    }

    private var parts: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int) {
        let total = Int(self.milliseconds)
        let millisecond = (total % 86_400_000 + 86_400_000) % 86_400_000
        let date = Self.date(daysSinceEpoch: (total - millisecond) / 86_400_000)
        return (
            date.year, date.month, date.day, millisecond / 3_600_000, millisecond / 60_000 % 60,
            millisecond / 1000 % 60, millisecond % 1000
        )
    }

    // Civil dates by eras of 400 years, each of which has 146,097 days; years begin in March so that the leap day is last.

    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func date(daysSinceEpoch days: Int) -> (year: Int, month: Int, day: Int) {
        let days = days + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted + (shifted < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func days(inMonth month: Int, year: Int) -> Int {
        let next = month == 12 ? (year: year + 1, month: 1) : (year: year, month: month + 1)
        return self.daysSinceEpoch(year: next.year, month: next.month, day: 1)
            - self.daysSinceEpoch(year: year, month: month, day: 1)
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
