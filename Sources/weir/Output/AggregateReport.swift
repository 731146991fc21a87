// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers

/// The numbers of an aggregate, for people and as JSON lines.
enum AggregateReport {
    /// A table, its head first; numbers end at the same column.
    static func table(_ reading: AggregateReading) -> [String] {
        let head = ["GROUP"] + reading.definition.values.map { VisibleText.line($0.name).uppercased() }
        let rows =
            [head]
            + reading.groups.map { group in
                [VisibleText.line(group.name)] + group.numbers.map(\.text)
            }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let blanks = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + blanks : blanks + row[column]
            }.joined(separator: "  ")
        }
    }

    /// One group as a JSON line.
    static func line(_ group: AggregateReading.Group, of definition: AggregateDefinition) -> [UInt8] {
        SessionLines.object("aggregate", at: nil) { json in
            json.name("group")
            json.string(group.name)
            json.name("values")
            json.beginObject()
            for (value, number) in zip(definition.values, group.numbers) {
                json.name(value.name)
                json.string(number.text)
            }
            json.endObject()
            json.name("parts")
            json.number(group.parts)
        }
    }
}
