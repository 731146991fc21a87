// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells
import Testing

struct CellRectTests {
    @Test
    func sizesAreNeverNegative() {
        let rect = CellRect(row: 2, column: 3, rows: -4, columns: -1)
        #expect(rect.rows == 0 && rect.columns == 0 && rect.isEmpty)
        #expect(ScreenSize(columns: -2, rows: -1) == ScreenSize(columns: 0, rows: 0))
        #expect(CellRect(row: 0, column: 0, rows: 1, columns: 1).interior.isEmpty)
    }

    @Test
    func rectanglesThatDoNotMeetHaveNothingInCommon() {
        let left = CellRect(row: 0, column: 0, rows: 2, columns: 2)
        let right = CellRect(row: 5, column: 5, rows: 2, columns: 2)
        #expect(left.intersection(right).isEmpty)
        #expect(
            left.intersection(CellRect(row: 1, column: 1, rows: 9, columns: 9))
                == CellRect(row: 1, column: 1, rows: 1, columns: 1)
        )
    }

    @Test(arguments: -12...12)
    func splittingCoversTheWholeWithoutOverlap(count: Int) {
        let rect = CellRect(row: 1, column: 2, rows: 7, columns: 9)
        let (top, below) = rect.splitRows(count)
        #expect(top.rows + below.rows == 7 && below.row == top.endRow && below.endRow == rect.endRow)
        let (left, right) = rect.splitColumns(count)
        #expect(
            left.columns + right.columns == 9 && right.column == left.endColumn && right.endColumn == rect.endColumn
        )
    }

    @Test
    func aNegativeSplitCountsFromTheEnd() {
        #expect(CellRect(row: 0, column: 0, rows: 10, columns: 1).splitRows(-3).rest.rows == 3)
    }

    @Test(arguments: 0...40)
    func sharesCoverTheWholeAndFixedOnesComeFirst(total: Int) {
        let shares: [CellShare] = [.fixed(3), .weight(2), .fixed(5), .weight(1)]
        let lengths = CellShare.lengths(shares, total: total)
        #expect(lengths.allSatisfy { $0 >= 0 })
        #expect(lengths.reduce(0, +) == total)
        if total >= 8 { #expect(lengths[0] == 3 && lengths[2] == 5) }
        let columns = CellRect(row: 0, column: 4, rows: 2, columns: total).dividedColumns(shares)
        #expect(columns.map(\.columns) == lengths)
        #expect(columns.last?.endColumn == 4 + total)
    }
}
