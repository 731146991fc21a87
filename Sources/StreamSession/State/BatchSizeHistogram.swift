// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Number of batches by size: 1, 2-5, 6-10, 11-25, 26-50, 51-100, 101-500, 501-1000, 1001-10000.
public struct BatchSizeHistogram: Hashable, Sendable, Codable {
    /// The largest size of each class.
    public static let upperBounds = [1, 5, 10, 25, 50, 100, 500, 1000, 10_000]
    /// Batches in each class.
    public var counts = Array(repeating: 0, count: BatchSizeHistogram.upperBounds.count)

    /// Creates an empty histogram.
    public init() {}

    /// Counts a batch.
    public mutating func add(_ size: Int) {
        let last = Self.upperBounds.count - 1
        self.counts[Self.upperBounds.firstIndex { size <= $0 } ?? last] += 1
    }
}
