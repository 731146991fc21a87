// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Counts the batches of a session from 1.
public struct BatchID: Hashable, Comparable, Sendable {
    /// The number.
    public var number: UInt64

    /// Creates a number.
    public init(_ number: UInt64) {
        self.number = number
    }

    /// Orders by number.
    public static func < (left: BatchID, right: BatchID) -> Bool {
        left.number < right.number
    }
}

extension BatchID: Codable {
    /// Reads the number.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(UInt64.self))
    }

    /// Writes the number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.number)
    }
}
