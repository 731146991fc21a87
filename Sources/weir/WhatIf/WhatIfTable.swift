// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import RecordHandlers
import Simulation

/// The table for people.
enum WhatIfTable {
    private static let heads = [
        "", "batch size", "window", "factor", "delete", "invocations", "requests", "batch mean", "batch p99",
        "added p50",
        "added p99",
        "at once", "WCU", "$/month",
    ]

    /// The lines: what the session was, its rows, and what the marks mean.
    static func lines(_ report: WhatIfReport) -> [String] {
        let rows = [self.heads] + report.rows.map(self.cells)
        // A column without anything in it is left out.
        let columns = self.heads.indices.filter { column in rows.dropFirst().contains { !$0[column].isEmpty } }
        let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = [self.session(report), ""]
        for row in rows {
            lines.append(
                zip(columns, widths).map { column, width in
                    String(repeating: " ", count: width - row[column].count) + row[column]
                }.joined(separator: "  ")
            )
        }
        lines.append("")
        return lines + self.notes(report)
    }

    /// What settings are, in one line: `100 records, 60s window, factor 1, batch deletes`.
    static func text(_ settings: SimulationSettings) -> String {
        let window = settings.batchWindow == .zero ? "no window" : "\(DurationArgument(settings.batchWindow)) window"
        let deletes = settings.deleteMode.map { ", delete mode \($0.rawValue)" } ?? ""
        return "batch size \(settings.batchSize), \(window), factor \(settings.parallelizationFactor)\(deletes)"
    }

    private static func session(_ report: WhatIfReport) -> String {
        "\(report.file): \(Figures.grouped(report.records)) \(report.records == 1 ? "record" : "records") of "
            + "\(RunSummary.count(report.shards, "shard")) in \(Figures.duration(report.duration, ascii: true)); recorded with "
            + "\(self.text(report.recorded)): \(RunSummary.count(report.batches, "batch", "batches"))"
    }

    private static func cells(_ row: WhatIfReport.Row) -> [String] {
        let figures = row.figures
        let deletes = row.settings.deleteMode != nil
        return [
            (row.isBest ? "*" : "") + (row.isRecorded ? "=" : ""),
            "\(row.settings.batchSize)",
            "\(DurationArgument(row.settings.batchWindow))",
            "\(row.settings.parallelizationFactor)",
            row.settings.deleteMode?.rawValue ?? "",
            Figures.grouped(figures.invocations),
            deletes ? Figures.grouped(figures.requestCount) : "",
            Self.mean(figures.batchSizes.mean),
            Figures.grouped(figures.batchSizes.percentile99),
            Self.milliseconds(figures.delays.median),
            Self.milliseconds(figures.delays.percentile99),
            "\(figures.mostRunning)",
            deletes ? RunSummary.units(figures.writeUnits) : "",
            Figures.dollars(row.cost.total),
        ]
    }

    private static func notes(_ report: WhatIfReport) -> [String] {
        var notes: [String] = []
        if let bound = report.latencyBound.map({ DurationArgument($0) }) {
            notes.append(
                report.rows.contains(where: \.isBest)
                    ? "* the cheapest with which 99 of 100 records are done within \(bound)"
                    : "With none of these settings 99 of 100 records are done within \(bound)."
            )
        }
        if report.rows.contains(where: \.isRecorded) { notes.append("= as recorded") }
        notes.append("$/month is an estimate, of a month that goes on like this session: \(PriceList.source).")
        return notes
    }

    private static func mean(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? Figures.grouped(tenths / 10) : "\(Figures.grouped(tenths / 10)).\(tenths % 10)"
    }

    static func milliseconds(_ value: Int) -> String {
        Figures.duration(.milliseconds(value), ascii: true)
    }
}
