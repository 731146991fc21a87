// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Timestamp {
    /// The moment as the service writes times in answers: seconds since 1970, with a fraction if there is one.
    package var epochSeconds: String {
        let digits = DecimalDigits(
            isNegative: self.milliseconds < 0,
            digits: String(self.milliseconds.magnitude).utf8.map { $0 - UInt8(ascii: "0") },
            point: String(self.milliseconds.magnitude).utf8.count - 3
        )
        return (try? digits.normalText()) ?? "0"
    }

    /// Reads seconds since 1970 as a JSON number, with a fraction or an exponent if need be.
    ///
    /// Rounded to the nearest millisecond; nil if it is no number or more than about 35,000 years away from 1970.
    package init?(epochSeconds text: String) {
        guard let seconds = Double(text), seconds.magnitude < 1e12 else { return nil }
        self.init(milliseconds: Int64((seconds * 1000).rounded()))
    }
}
