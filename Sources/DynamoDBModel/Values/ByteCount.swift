// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A size in bytes.
public struct ByteCount: Hashable, Comparable, Sendable {
    /// The number of bytes.
    public var bytes: Int

    /// Creates a size.
    public init(_ bytes: Int) {
        self.bytes = bytes
    }

    /// Orders sizes.
    public static func < (left: ByteCount, right: ByteCount) -> Bool {
        left.bytes < right.bytes
    }

    /// Adds two sizes.
    public static func + (left: ByteCount, right: ByteCount) -> ByteCount {
        ByteCount(left.bytes + right.bytes)
    }
}
