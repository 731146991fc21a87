// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The rows as comma-separated values (RFC 4180): numbers and words of ours alone, so that nothing needs quotes.
enum WhatIfCSV {
    /// The head and the rows.
    static func lines(_ report: WhatIfReport) -> [String] {
        guard let first = report.rows.first else { return [] }
        let head = WhatIfFields.of(first).map(\.name).joined(separator: ",")
        return [head]
            + report.rows.map { row in
                WhatIfFields.of(row).map { field in
                    switch field.value {
                    case .number(let number): "\(number)"
                    case .decimal(let number): "\(number)"
                    case .text(let text): text
                    case .truth(let truth): "\(truth)"
                    case .nothing: ""
                    }
                }.joined(separator: ",")
            }
    }
}
