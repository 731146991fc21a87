// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A block of IP addresses, `10.0.0.0/24` or `2001:db8::/32`.
struct AddressBlock: Hashable, Sendable {
    private let address: [UInt8]
    private let bits: Int

    /// Reads a block; nil if it is none.
    ///
    /// - Parameter text: Address, slash, number of leading bits: 0 to 31 for version 4, 0 to 127 for version 6.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = Self.address(Array(parts[0].utf8)[...]),
            !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let bits = Int(parts[1]), bits < address.count * 8
        else { return nil }
        self.address = address
        self.bits = bits
    }

    /// Whether the text is an address of the block; another text, or an address of the other version, is not.
    func contains(_ text: ArraySlice<UInt8>) -> Bool {
        guard let other = Self.address(text), other.count == self.address.count else { return false }
        for bit in stride(from: 0, to: self.bits, by: 8) {
            let mask: UInt8 = self.bits - bit >= 8 ? 0xFF : ~(0xFF >> UInt8(self.bits - bit))
            if (self.address[bit / 8] ^ other[bit / 8]) & mask != 0 { return false }
        }
        return true
    }

    /// The bytes of an address, 4 or 16.
    private static func address(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        // The longest is eight groups of four digits.
        guard text.count <= 39 else { return nil }
        return text.contains(UInt8(ascii: ":")) ? Self.version6(text) : Self.version4(text)
    }

    private static func version4(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard let value = Self.number(part, radix: 10, digits: 3), value < 256 else { return nil }
            bytes.append(UInt8(value))
        }
        return bytes
    }

    private static func version6(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let colon = UInt8(ascii: ":")
        guard let gap = text.indices.first(where: { text[$0...].starts(with: [colon, colon]) }) else {
            return Self.groups(text).flatMap { $0.count == 16 ? $0 : nil }
        }
        let head = text[..<gap]
        let tail = text[(gap + 2)...]
        guard let left = head.isEmpty ? [] : Self.groups(head), let right = tail.isEmpty ? [] : Self.groups(tail),
            left.count + right.count <= 14
        else { return nil }
        return left + [UInt8](repeating: 0, count: 16 - left.count - right.count) + right
    }

    private static func groups(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        for group in text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
            guard let value = Self.number(group, radix: 16, digits: 4) else { return nil }
            bytes.append(UInt8(value >> 8))
            bytes.append(UInt8(value & 0xFF))
        }
        return bytes
    }

    private static func number(_ text: ArraySlice<UInt8>, radix: Int, digits: Int) -> Int? {
        guard (1...digits).contains(text.count) else { return nil }
        var value = 0
        for byte in text {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix else { return nil }
            value = value * radix + digit
        }
        return value
    }
}
