// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// The types of a session are coded by the compiler, whose calls find these overloads first. Durations become whole
// nanoseconds, which other programs can read, in place of two words of attoseconds. What is read is bounded far above
// what a session can count and far below what a sum of it could overflow: a file comes from anywhere.

extension KeyedEncodingContainer {
    mutating func encode(_ value: Duration, forKey key: Key) throws {
        try self.encode(value.wholeNanoseconds, forKey: key)
    }

    mutating func encodeIfPresent(_ value: Duration?, forKey key: Key) throws {
        try self.encodeIfPresent(value?.wholeNanoseconds, forKey: key)
    }
}

extension KeyedDecodingContainer {
    func decode(_ type: Duration.Type, forKey key: Key) throws -> Duration {
        try self.duration(try self.decode(Int64.self, forKey: key), key)
    }

    func decodeIfPresent(_ type: Duration.Type, forKey key: Key) throws -> Duration? {
        try self.decodeIfPresent(Int64.self, forKey: key).map { try self.duration($0, key) }
    }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        try self.count(Int(truncatingIfNeeded: try self.decode(Int64.self, forKey: key)), key)
    }

    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try self.decodeIfPresent(Int64.self, forKey: key).map { try self.count(Int(truncatingIfNeeded: $0), key) }
    }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        let value = Double(try self.decode(Float64Figure.self, forKey: key).value)
        guard value.magnitude <= 1e12 else { throw self.fault(key) }
        return value
    }

    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        guard self.contains(key), try !self.decodeNil(forKey: key) else { return nil }
        return try self.decode(Double.self, forKey: key)
    }

    private func duration(_ nanoseconds: Int64, _ key: Key) throws -> Duration {
        // Three years.
        guard nanoseconds.magnitude <= 100_000_000_000_000_000 else { throw self.fault(key) }
        return .nanoseconds(nanoseconds)
    }

    private func count(_ value: Int, _ key: Key) throws -> Int {
        guard value.magnitude <= 100_000_000_000 else { throw self.fault(key) }
        return value
    }

    private func fault(_ key: Key) -> DecodingError {
        DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "beyond all bounds")
    }
}

/// A number that is decoded without the bound above, to be bounded there.
private struct Float64Figure: Decodable {
    var value: Double

    init(from decoder: any Decoder) throws {
        self.value = try decoder.singleValueContainer().decode(Double.self)
    }
}

extension Duration {
    /// The duration in nanoseconds, without fractions of one.
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = self.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
