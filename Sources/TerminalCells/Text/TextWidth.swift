// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How many columns characters take, as the C library behind the screen sees it.
package enum TextWidth {
    /// Columns of one scalar: 0 for combining and other marks without a width of their own, 1, 2, or nil if it is not
    /// printable or not assigned.
    package static func columns(of scalar: Unicode.Scalar) -> Int? {
        let value = scalar.value
        if value >= 0x20, value < 0x7F { return 1 }
        var low = 0
        var high = textWidthRuns.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if textWidthRuns[middle] >> 2 <= value { low = middle } else { high = middle }
        }
        let width = Int(textWidthRuns[low] & 3)
        return width == 3 ? nil : width
    }

    /// Columns that a text takes once it is shown by `displayCells`.
    package static func columns(of text: String, policy: TextPolicy = .safe) -> Int {
        displayCells(text, role: .plain, policy: policy).columns
    }
}

extension Sequence<Cell> {
    /// Columns that the cells take together.
    package var columns: Int {
        self.reduce(0) { $0 + $1.width }
    }
}
