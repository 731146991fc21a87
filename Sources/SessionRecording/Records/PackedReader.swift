// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Reads what ``PackedBytes`` has written; it may come from anywhere, so nothing in it is trusted.
struct PackedReader {
    /// The bytes are not what they should be.
    struct Fault: Error {}

    let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8], position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// How many bytes are left.
    var left: Int { self.bytes.count - self.position }

    mutating func number() throws(Fault) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while self.position < self.bytes.count, shift < 64 {
            let byte = self.bytes[self.position]
            self.position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw Fault()
    }

    mutating func signedNumber() throws(Fault) -> Int64 {
        let folded = try self.number()
        return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
    }

    /// A count of at most `limit`.
    mutating func count(_ limit: Int) throws(Fault) -> Int {
        guard let value = Int(exactly: try self.number()), value <= limit else { throw Fault() }
        return value
    }

    /// Bytes behind their number.
    mutating func text() throws(Fault) -> ArraySlice<UInt8> {
        try self.take(try self.count(self.left))
    }

    /// So many bytes.
    mutating func take(_ count: Int) throws(Fault) -> ArraySlice<UInt8> {
        guard count <= self.left else { throw Fault() }
        defer { self.position += count }
        return self.bytes[self.position..<self.position + count]
    }
}
