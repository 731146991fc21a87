// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Simulation

/// The report as JSON lines: one of the session, and one for each row.
enum WhatIfLines {
    /// The lines with their line breaks.
    static func lines(_ report: WhatIfReport) -> [[UInt8]] {
        [self.session(report)] + report.rows.map(self.row)
    }

    private static func session(_ report: WhatIfReport) -> [UInt8] {
        SessionLines.object("what-if-session", at: nil) { json in
            json.name("file")
            json.string(report.file)
            json.name("records")
            json.number(report.records)
            json.name("shards")
            json.number(report.shards)
            json.name("duration_ms")
            json.number(Int(report.duration.wholeMilliseconds))
            json.name("recorded_batches")
            json.number(report.batches)
            json.name("prices")
            json.string(PriceList.source)
            if let bound = report.latencyBound {
                json.name("latency_bound_ms")
                json.number(Int(bound.wholeMilliseconds))
            }
        }
    }

    private static func row(_ row: WhatIfReport.Row) -> [UInt8] {
        SessionLines.object("what-if", at: nil) { json in
            for (name, value) in WhatIfFields.of(row) {
                json.name(name)
                switch value {
                case .number(let number): json.number(number)
                case .decimal(let number): json.number(number)
                case .text(let text): json.string(text)
                case .truth(let truth): json.bool(truth)
                case .nothing: json.null()
                }
            }
        }
    }
}
