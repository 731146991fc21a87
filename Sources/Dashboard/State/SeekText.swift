// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
package import StreamSession

/// A place in a recorded session as a person writes it.
package enum SeekText {
    /// What is accepted, for help and errors.
    package static let forms =
        "12:31, 1:02:03, -90s, +5m, 40%, @2026-01-02T03:04Z, batch 812, record ID, marker, marker NAME"

    /// Reads a place.
    ///
    /// A clock time counts from the beginning of the session; with a sign a duration counts from what is shown. `seek` in
    /// front is understood, as it is the command's name.
    ///
    /// - Returns: The command; nil if the text is none of ``forms``.
    package static func command(_ text: String) -> PlaybackCommand? {
        var text = text.filter { !$0.isWhitespace }.lowercased()
        if text.hasPrefix(":") { text.removeFirst() }
        if text.hasPrefix("seek") { text.removeFirst(4) }
        guard let first = text.first else { return nil }
        if text.hasPrefix("batch") { return UInt64(text.dropFirst(5)).map { .seekBatch(BatchID($0)) } }
        if text.hasPrefix("record") { return Self.record(text.dropFirst(6)) }
        if text.hasPrefix("marker"), text.count > 6 { return .seekMarkerNamed(String(text.dropFirst(6))) }
        switch text {
        case "marker": return .seekMarker(.forward)
        case "end": return .last
        case "start", "begin": return .first
        default: break
        }
        if text.hasSuffix("%") {
            guard let percent = Double(text.dropLast()), (0...100).contains(percent) else { return nil }
            return .seekShare(percent / 100)
        }
        if first == "@" { return Self.moment(text.dropFirst().uppercased()).map { .seek($0) } }
        if first == "-" || first == "+" {
            guard let distance = Self.duration(String(text.dropFirst())) else { return nil }
            return .move(first == "-" ? .zero - distance : distance)
        }
        return Self.duration(text).map { .seekOffset($0) }
    }

    /// An event id, its first eight characters or more, or a sequence number.
    private static func record(_ id: Substring) -> PlaybackCommand? {
        guard (8...64).contains(id.count), id.allSatisfy(\.isHexDigit) else { return nil }
        return .seekRecord(String(id))
    }

    /// A date and a time of UTC, with or without seconds.
    private static func moment(_ text: String) -> Timestamp? {
        let bare = text.hasSuffix("Z") ? String(text.dropLast()) : text
        return Timestamp(iso8601: bare) ?? Timestamp(iso8601: "\(bare):00")
    }

    /// `90`, `90s`, `1.5m`, `200ms`, `2h`, `12:31`, `1:02:03.5`.
    private static func duration(_ text: String) -> Duration? {
        let units: [(String, Double)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var milliseconds = 0.0
        if parts.count == 1 {
            let unit = units.first { text.hasSuffix($0.0) }
            guard let value = Self.number(text.dropLast(unit?.0.count ?? 0)) else { return nil }
            milliseconds = value * (unit?.1 ?? 1000)
        } else {
            for (index, part) in parts.enumerated() {
                guard let value = Self.number(part), index == 0 || value < 60 else { return nil }
                milliseconds = milliseconds * 60 + value * 1000
            }
        }
        guard milliseconds <= 1e12 else { return nil }
        return .milliseconds(Int64(milliseconds))
    }

    private static func number(_ text: Substring) -> Double? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }) else {
            return nil
        }
        return Double(text)
    }
}
