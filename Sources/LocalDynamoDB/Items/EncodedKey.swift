// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A primary key as bytes that sort as a table is read: by the hash of the partition key, then by the sort key.
struct EncodedKey {
    /// Eight bytes of hash, the partition key with its length, the sort key.
    let bytes: [UInt8]
    /// The hash of the partition key; decides on the scan segment and on the stream's shard.
    let hash: UInt64

    /// Encodes the key attributes of a checked item.
    init(partition: AttributeValue, sort: AttributeValue?) {
        let encoded = Self.sortable(partition)
        let hash = Self.partitionHash.hash(encoded)
        var bytes = Self.prefix(hash)
        bytes.reserveCapacity(bytes.count + encoded.count + 42)
        bytes.append(UInt8(truncatingIfNeeded: encoded.count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: encoded.count))
        bytes.append(contentsOf: encoded)
        if let sort { bytes.append(contentsOf: Self.sortable(sort)) }
        self.bytes = bytes
        self.hash = hash
    }

    /// The bytes with which all keys of a hash begin.
    static func prefix(_ hash: UInt64) -> [UInt8] {
        withUnsafeBytes(of: hash.bigEndian) { [UInt8]($0) }
    }

    // The same for all stores, so that a data file means the same to each of them.
    private static let partitionHash = SipHash(key0: 0x5765_6972, key1: 0x6b65_7973)

    private static func sortable(_ value: AttributeValue) -> [UInt8] {
        switch value {
        case .string(let text): [UInt8](text.utf8)
        case .binary(let bytes): bytes
        case .number(let number): Self.sortable(number)
        default: preconditionFailure("a key attribute of type \(value.typeName) passed the check")
        }
    }

    /// A number as bytes in numeric order: sign, exponent, pairs of digits; complemented below zero.
    static func sortable(_ number: DecimalNumber) -> [UInt8] {
        let parts = DecimalParts(number.text)
        guard !parts.digits.isEmpty else { return [1] }
        // The exponent is within -130...126, so two bytes around 1000 hold it.
        let exponent = UInt16(clamping: parts.exponent + 1000)
        var bytes = [UInt8(truncatingIfNeeded: exponent >> 8), UInt8(truncatingIfNeeded: exponent)]
        var index = 0
        while index < parts.digits.count {
            let second = index + 1 < parts.digits.count ? parts.digits[index + 1] : 0
            bytes.append(parts.digits[index] * 10 + second + 1)
            index += 2
        }
        bytes.append(0)
        guard parts.isNegative else { return [2] + bytes }
        return [0] + bytes.map { ~$0 }
    }
}

/// A decimal number taken apart.
///
/// Its value is 0.`digits` × 10^`exponent`; zero has no digits.
struct DecimalParts {
    var isNegative = false
    var digits: [UInt8] = []
    var exponent = 0

    /// Takes a valid number apart.
    init(_ text: String) {
        var pointSeen = false
        var exponentText: [UInt8]?
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "e"), UInt8(ascii: "E"): exponentText = []
            case _ where exponentText != nil: exponentText?.append(byte)
            case UInt8(ascii: "-"): self.isNegative = true
            case UInt8(ascii: "."): pointSeen = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = byte - UInt8(ascii: "0")
                if self.digits.isEmpty, digit == 0 {
                    // A zero in front: behind the point it moves the exponent.
                    if pointSeen { self.exponent -= 1 }
                } else {
                    self.digits.append(digit)
                    if !pointSeen { self.exponent += 1 }
                }
            default: break
            }
        }
        while self.digits.last == 0 { self.digits.removeLast() }
        if let exponentText { self.exponent += Int(String(decoding: exponentText, as: UTF8.self)) ?? 0 }
        if self.digits.isEmpty {
            self.exponent = 0
            self.isNegative = false
        }
    }
}
