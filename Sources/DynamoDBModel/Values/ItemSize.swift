// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Sizes by DynamoDB's rule, which capacity units, the limit of an item and a record's `SizeBytes` are counted with.
///
/// Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats". The extra byte of a negative number is not
/// confirmed by a recording.
extension AttributeValue {
    /// The value's size in bytes, without the attribute's name.
    public var size: ByteCount {
        switch self {
        case .string(let text): ByteCount(text.utf8.count)
        case .binary(let bytes): ByteCount(bytes.count)
        case .number(let number): number.size
        case .bool, .null: ByteCount(1)
        case .stringSet(let members): members.reduce(ByteCount(0)) { $0 + ByteCount($1.utf8.count) }
        case .numberSet(let members): members.reduce(ByteCount(0)) { $0 + $1.size }
        case .binarySet(let members): members.reduce(ByteCount(0)) { $0 + ByteCount($1.count) }
        case .list(let elements): elements.reduce(ByteCount(3)) { $0 + $1.size + ByteCount(1) }
        case .map(let members): ByteCount(3 + members.count) + members.size
        }
    }
}

extension [String: AttributeValue] {
    /// The item's size in bytes: names and values; at most 409,600 in a table.
    public var size: ByteCount {
        self.reduce(ByteCount(0)) { $0 + ByteCount($1.key.utf8.count) + $1.value.size }
    }
}

extension DecimalNumber {
    /// One byte, one for each two significant digits, and one for a minus sign; 21 at most.
    public var size: ByteCount {
        var first = -1
        var last = -1
        var position = 0
        for byte in self.text.utf8 {
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") { continue }
            if byte != UInt8(ascii: "0") {
                if first < 0 { first = position }
                last = position
            }
            position += 1
        }
        guard first >= 0 else { return ByteCount(1) }
        return ByteCount(1 + (last - first + 2) / 2 + (self.text.utf8.first == UInt8(ascii: "-") ? 1 : 0))
    }
}
