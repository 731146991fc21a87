// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession

extension Figures {
    /// Reads of streams a second, with one decimal if that says more: `4`, `3.9`.
    static func polls(_ perSecond: Double) -> String {
        let text = Self.fixed(perSecond, decimals: 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// What AWS charges a day for so many reads of streams a second, `$0.07/d`.
    package static func dailyPrice(_ readsPerSecond: Double) -> String {
        self.dollars(ReadPrice.dollarsPerDay(readsPerSecond: readsPerSecond)) + "/d"
    }

    /// A sum in US dollars with two decimals, `$0.07`, `<$0.01`, `$1,204`.
    package static func dollars(_ value: Double) -> String {
        if value <= 0 { return "$0" }
        if value < 0.005 { return "<$0.01" }
        return "$" + (value < 999.995 ? Self.fixed(value, decimals: 2) : Self.grouped(Int(min(value, 1e15).rounded())))
    }
}
