// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import Simulation

/// A row as names and values, for programs.
enum WhatIfFields {
    /// A value.
    enum Value: Hashable {
        case number(Int)
        case decimal(Double)
        case text(String)
        case truth(Bool)
        case nothing
    }

    /// The fields of a row, always the same and in the same order.
    static func of(_ row: WhatIfReport.Row) -> [(name: String, value: Value)] {
        let figures = row.figures
        return [
            ("batch_size", .number(row.settings.batchSize)),
            ("batch_window_ms", .number(Int(row.settings.batchWindow.wholeMilliseconds))),
            ("parallelization_factor", .number(row.settings.parallelizationFactor)),
            ("delete_mode", row.settings.deleteMode.map { .text($0.rawValue) } ?? .nothing),
            ("invocations", .number(figures.invocations)),
            ("requests", .number(figures.requestCount)),
            ("batch_size_mean", .decimal(figures.batchSizes.mean)),
            ("batch_size_p99", .number(figures.batchSizes.percentile99)),
            ("batch_size_max", .number(figures.batchSizes.largest)),
            ("added_ms_p50", .number(figures.delays.median)),
            ("added_ms_p99", .number(figures.delays.percentile99)),
            ("added_ms_max", .number(figures.delays.largest)),
            ("peak_concurrency", .number(figures.mostRunning)),
            ("write_capacity_units", .decimal(figures.writeUnits)),
            ("peak_write_capacity_units_per_s", .decimal(figures.mostWriteUnitsPerSecond)),
            ("reads", .number(figures.reads)),
            ("handler_ms", .number(Int(figures.handlerTime.wholeMilliseconds))),
            ("estimated_monthly_usd", .decimal(row.cost.total)),
            ("estimated_monthly_usd_writes", .decimal(row.cost.writes)),
            ("estimated_monthly_usd_invocations", .decimal(row.cost.invocations)),
            ("estimated_monthly_usd_function_time", .decimal(row.cost.functionTime)),
            ("estimated_monthly_usd_own_reads", .decimal(row.cost.reads)),
            ("recorded", .truth(row.isRecorded)),
            ("best", .truth(row.isBest)),
        ]
    }
}
