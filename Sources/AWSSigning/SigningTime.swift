// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The moment of a signature, in the one form that signatures use: `20150830T123600Z`.
package struct SigningTime: Hashable, Sendable, CustomStringConvertible {
    /// The whole text, sixteen characters.
    package let text: String
    /// Milliseconds since 1970-01-01T00:00:00Z, a whole second.
    package let milliseconds: Int64

    /// Creates the text for a moment, in milliseconds since 1970-01-01T00:00:00Z; rounded down to a second.
    package init(milliseconds: Int64) {
        let time = CivilTime(milliseconds: milliseconds)
        self.milliseconds = time.milliseconds
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        func append(_ value: Int, digits: Int) {
            var divisor = 1
            for _ in 1..<digits { divisor *= 10 }
            while divisor > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
                divisor /= 10
            }
        }
        append(time.year, digits: 4)
        append(time.month, digits: 2)
        append(time.day, digits: 2)
        bytes.append(UInt8(ascii: "T"))
        append(time.hour, digits: 2)
        append(time.minute, digits: 2)
        append(time.second, digits: 2)
        bytes.append(UInt8(ascii: "Z"))
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// Reads the text of the `X-Amz-Date` header; nil if it is not of that form.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(4..<6), (1...12).contains(month),
            let day = number(6..<8), (1...31).contains(day), let hour = number(9..<11), hour < 24,
            let minute = number(11..<13), minute < 60, let second = number(13..<15), second < 60
        else { return nil }
        let time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        self.milliseconds = time.milliseconds
        self.text = String(text)
    }

    /// The day alone, `20150830`.
    package var date: Substring { self.text.prefix(8) }

    /// The whole text.
    package var description: String { self.text }
}
