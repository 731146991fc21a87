// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Tables of text for people.
enum TextTable {
    /// Lines in which the cells of a column begin below each other.
    ///
    /// - Parameter rows: The cells, as visible text; as many in each row.
    /// - Returns: as many lines.
    static func lines(_ rows: [[String]]) -> [String] {
        guard let head = rows.first else { return [] }
        let widths = head.indices.map { column in rows.map { VisibleText.columns($0[column]) }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                guard column < row.count - 1 else { return row[column] }
                return row[column]
                    + String(repeating: " ", count: widths[column] - VisibleText.columns(row[column]))
            }.joined(separator: "  ")
        }
    }
}
