// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import RecordHandlers
import Simulation

/// Bars of invocations and delays, beside each other.
enum WhatIfChart {
    private static let width = 24

    /// The lines: a head and one for each row.
    static func lines(_ report: WhatIfReport, isUTF8: Bool) -> [String] {
        let labels = report.rows.map { "\($0.isBest ? "* " : "")\(Self.label($0))" }
        let indent = labels.map(\.count).max() ?? 0
        let invocations = report.rows.map(\.figures.invocations)
        let delays = report.rows.map(\.figures.delays.percentile99)
        let left = Self.bars(invocations, isUTF8: isUTF8) { Figures.grouped($0) }
        let right = Self.bars(delays, isUTF8: isUTF8) { WhatIfTable.milliseconds($0) }
        let middle = left.map(\.count).max() ?? 0
        let rows = labels.indices.map { index in
            "\(Self.padded(labels[index], to: indent, isRight: true))  \(Self.padded(left[index], to: middle))  \(right[index])"
        }
        let head = "\(Self.padded("", to: indent))  \(Self.padded("invocations", to: middle))  added p99"
        return ["", head] + rows
    }

    private static func label(_ row: WhatIfReport.Row) -> String {
        let mode = row.settings.deleteMode.map { " \($0.rawValue)" } ?? ""
        return
            "\(row.settings.batchSize) \(DurationArgument(row.settings.batchWindow)) x\(row.settings.parallelizationFactor)\(mode)"
    }

    /// A bar and its value for each of some values; the largest one has the whole width.
    private static func bars(_ values: [Int], isUTF8: Bool, text: (Int) -> String) -> [String] {
        let largest = max(1, values.max() ?? 1)
        return values.map { value in
            // What is not nothing is seen.
            let eighths = value == 0 ? 0 : max(1, value * Self.width * 8 / largest)
            let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
            let bar =
                isUTF8
                ? String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
                : String(repeating: "#", count: (eighths + 7) / 8)
            return bar.isEmpty ? text(value) : "\(bar) \(text(value))"
        }
    }

    private static func padded(_ text: String, to width: Int, isRight: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - text.count))
        return isRight ? blanks + text : text + blanks
    }
}
