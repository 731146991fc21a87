// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension AttributeValue: Hashable {
    /// Whether DynamoDB calls the values equal: the same type, numbers by value, texts by their bytes.
    ///
    /// Swift alone would call two texts equal that are different spellings of the same characters; to DynamoDB those are
    /// two values, and two different keys.
    public static func == (left: AttributeValue, right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.number(let left), .number(let right)): left == right
        case (.binary(let left), .binary(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        case (.map(let left), .map(let right)): left == right
        case (.list(let left), .list(let right)): left == right
        case (.stringSet(let left), .stringSet(let right)): left == right
        case (.numberSet(let left), .numberSet(let right)): left == right
        case (.binarySet(let left), .binarySet(let right)): left == right
        default: false
        }
    }

    /// Hashes type and value.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .string(let text):
            hasher.combine(0 as UInt8)
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        case .number(let number):
            hasher.combine(1 as UInt8)
            hasher.combine(number)
        case .binary(let bytes):
            hasher.combine(2 as UInt8)
            hasher.combine(bytes)
        case .bool(let flag):
            hasher.combine(3 as UInt8)
            hasher.combine(flag)
        case .null:
            hasher.combine(4 as UInt8)
        case .map(let members):
            hasher.combine(5 as UInt8)
            hasher.combine(members)
        case .list(let elements):
            hasher.combine(6 as UInt8)
            hasher.combine(elements)
        case .stringSet(let members):
            hasher.combine(7 as UInt8)
            hasher.combine(members)
        case .numberSet(let members):
            hasher.combine(8 as UInt8)
            hasher.combine(members)
        case .binarySet(let members):
            hasher.combine(9 as UInt8)
            hasher.combine(members)
        }
    }
}
