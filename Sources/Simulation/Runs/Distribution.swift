// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How values are distributed: exact, by nearest rank.
package struct Distribution: Hashable, Sendable {
    /// The mean.
    package var mean = 0.0
    /// Half of the values are not above it.
    package var median = 0
    /// 99 of 100 values are not above it.
    package var percentile99 = 0
    /// The largest one.
    package var largest = 0

    /// The distribution of values, which are put into order; zeros if there are none.
    package init(_ values: inout [UInt32]) {
        guard !values.isEmpty else { return }
        values.sort()
        self.mean = Double(values.reduce(0) { $0 + UInt64($1) }) / Double(values.count)
        self.median = Int(values[(values.count - 1) / 2])
        self.percentile99 = Int(values[(values.count * 99 + 99) / 100 - 1])
        self.largest = Int(values[values.count - 1])
    }
}
