// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Walks over `{"name":{"S":"text"},"name":{"N":"123"}}` without decoding; gives up at anything that has another form.
struct PlainKeyScanner {
    /// One attribute of a key.
    struct Member {
        var name: Range<Int>
        var type: UInt8
        var value: Range<Int>
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The first attribute.
    mutating func first() -> Member? {
        guard self.take(UInt8(ascii: "{")) else { return nil }
        return self.member()
    }

    /// The attribute behind the first.
    mutating func second() -> Member? {
        guard self.take(UInt8(ascii: ",")) else { return nil }
        return self.member()
    }

    /// Whether the object ends here.
    mutating func isAtEnd() -> Bool {
        self.take(UInt8(ascii: "}")) && self.position == self.bytes.count
    }

    private mutating func member() -> Member? {
        guard let name = self.text(), self.take(UInt8(ascii: ":")), self.take(UInt8(ascii: "{")),
            let type = self.text(), type.count == 1, self.take(UInt8(ascii: ":")),
            let value = self.text(), self.take(UInt8(ascii: "}"))
        else { return nil }
        let letter = self.bytes[type.lowerBound]
        switch letter {
        case UInt8(ascii: "S"): break
        case UInt8(ascii: "N"): guard self.isWholeNumber(value) else { return nil }
        default: return nil
        }
        return Member(name: name, type: letter, value: value)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard self.position < self.bytes.count, self.bytes[self.position] == byte else { return false }
        self.position += 1
        return true
    }

    /// A string without escapes.
    private mutating func text() -> Range<Int>? {
        guard self.take(UInt8(ascii: "\"")) else { return nil }
        let start = self.position
        while self.position < self.bytes.count {
            let byte = self.bytes[self.position]
            self.position += 1
            if byte == UInt8(ascii: "\"") { return start..<(self.position - 1) }
            if byte == UInt8(ascii: "\\") { return nil }
        }
        return nil
    }

    /// Whether it is written as DynamoDB writes it: 1 to 38 digits, no sign, no leading zero.
    private func isWholeNumber(_ range: Range<Int>) -> Bool {
        guard (1...38).contains(range.count) else { return false }
        if self.bytes[range.lowerBound] == UInt8(ascii: "0") { return range.count == 1 }
        return self.bytes[range].allSatisfy { $0 >= 48 && $0 <= 57 }
    }
}
