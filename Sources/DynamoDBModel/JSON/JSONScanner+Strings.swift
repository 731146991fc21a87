// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Steps over a string, whose opening quotation mark is at ``position``, and checks escapes and UTF-8.
    @inline(__always)
    package mutating func string() throws(JSONFault) -> Text {
        guard self.position < self.end, self.base[self.position] == UInt8(ascii: "\"") else { throw self.unexpected() }
        let start = self.position &+ 1
        var index = start
        var hasEscapes = false
        while true {
            self.stepOverPlainBytes(&index)
            guard index < self.end else { throw .syntax("a string has no end", at: start) }
            let byte = self.base[index]
            if byte == UInt8(ascii: "\"") {
                self.position = index &+ 1
                return Text(start: start, end: index, hasEscapes: hasEscapes)
            } else if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                // Nearly all escapes are quotation marks and backslashes.
                if index &+ 1 < self.end, self.base[index &+ 1] == UInt8(ascii: "\"") {
                    index &+= 2
                } else {
                    try self.stepOverEscape(&index)
                }
            } else if byte >= 0x80 {
                try self.stepOverMultibyte(&index)
            } else if byte < 0x20 {
                throw .syntax("a control character in a string", at: index)
            } else {
                index &+= 1
            }
        }
    }

    /// Steps over bytes that stand for themselves, sixteen at a time, as far as sixteen are left.
    @inline(__always)
    private func stepOverPlainBytes(_ index: inout Int) {
        // As signed numbers, control characters and all bytes beyond ASCII are less than a blank.
        let quotes = SIMD16<Int8>(repeating: 0x22)
        let backslashes = SIMD16<Int8>(repeating: 0x5C)
        let blanks = SIMD16<Int8>(repeating: 0x20)
        while index &+ 16 <= self.end {
            let bytes = UnsafeRawPointer(self.base + index).loadUnaligned(as: SIMD16<Int8>.self)
            let special = (bytes .== quotes) .| (bytes .== backslashes) .| (bytes .< blanks)
            let halves = withUnsafeBytes(of: special) { $0.loadUnaligned(as: SIMD2<UInt64>.self) }
            let low = UInt64(littleEndian: halves[0])
            if low != 0 {
                index &+= low.trailingZeroBitCount &>> 3
                return
            }
            let high = UInt64(littleEndian: halves[1])
            if high != 0 {
                index &+= 8 &+ high.trailingZeroBitCount &>> 3
                return
            }
            index &+= 16
        }
    }

    @inline(never)
    private func stepOverEscape(_ index: inout Int) throws(JSONFault) {
        guard index &+ 1 < self.end else { throw .syntax("a string has no end", at: index) }
        switch self.base[index &+ 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            index &+= 2
        case UInt8(ascii: "u"):
            guard let unit = self.hexadecimal(at: index &+ 2) else {
                throw .syntax("an escape has no four hexadecimal digits", at: index)
            }
            if unit & 0xF800 == 0xD800 {
                guard unit < 0xDC00, index &+ 7 < self.end, self.base[index &+ 6] == UInt8(ascii: "\\"),
                    self.base[index &+ 7] == UInt8(ascii: "u"), let second = self.hexadecimal(at: index &+ 8),
                    second & 0xFC00 == 0xDC00
                else { throw .syntax("half of a surrogate pair", at: index) }
                index &+= 6
            }
            index &+= 6
        default:
            throw .syntax("an unknown escape", at: index)
        }
    }

    @inline(__always)
    private func hexadecimal(at index: Int) -> UInt32? {
        guard index &+ 4 <= self.end else { return nil }
        var value: UInt32 = 0
        for offset in 0..<4 {
            let byte = self.base[index &+ offset]
            let letter = (byte | 0x20) &- UInt8(ascii: "a")
            let digit = byte &- UInt8(ascii: "0")
            if digit < 10 {
                value = value &<< 4 | UInt32(digit)
            } else if letter < 6 {
                value = value &<< 4 | UInt32(letter &+ 10)
            } else {
                return nil
            }
        }
        return value
    }

    /// Steps over one character of two to four bytes; refuses overlong forms, surrogates and what is beyond U+10FFFF.
    @inline(__always)
    private func stepOverMultibyte(_ index: inout Int) throws(JSONFault) {
        let left = self.end &- index
        let first = self.base[index]
        if first >= 0xC2, first < 0xE0, left > 1 {
            if self.base[index &+ 1] & 0xC0 == 0x80 {
                index &+= 2
                return
            }
        } else if first >= 0xE0, first < 0xF0, left > 2 {
            let second = self.base[index &+ 1]
            if second & 0xC0 == 0x80, self.base[index &+ 2] & 0xC0 == 0x80, first != 0xE0 || second >= 0xA0,
                first != 0xED || second < 0xA0
            {
                index &+= 3
                return
            }
        } else if first >= 0xF0, first < 0xF5, left > 3 {
            let second = self.base[index &+ 1]
            if second & 0xC0 == 0x80, self.base[index &+ 2] & 0xC0 == 0x80, self.base[index &+ 3] & 0xC0 == 0x80,
                first != 0xF0 || second >= 0x90, first != 0xF4 || second < 0x90
            {
                index &+= 4
                return
            }
        }
        throw .syntax("not UTF-8", at: index)
    }

    // MARK: Texts and numbers that were stepped over

    /// The text's bytes; they are the text itself only if it has no escapes.
    ///
    /// Valid as long as the scanner is.
    @inline(__always)
    func buffer(of text: Text) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: self.base + text.start, count: text.end &- text.start)
    }

    /// The bytes of a number as text.
    package func plainText(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(start: self.base + range.lowerBound, count: range.count), as: UTF8.self)
    }

    /// The value of a number of at most 18 digits, behind which `.0` may stand; nil for any other.
    @inline(__always)
    func wholeNumber(_ range: Range<Int>) -> Int? {
        var end = range.upperBound
        if range.count > 2, self.base[end &- 1] == UInt8(ascii: "0"), self.base[end &- 2] == UInt8(ascii: ".") {
            end &-= 2
        }
        guard end &- range.lowerBound <= 18 else { return nil }
        var value = 0
        for index in range.lowerBound..<end {
            let digit = self.base[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }

    /// The text itself, escapes resolved.
    package func value(of text: Text) -> String {
        let bytes = self.buffer(of: text)
        guard text.hasEscapes else { return String(decoding: bytes, as: UTF8.self) }
        return String(unsafeUninitializedCapacity: bytes.count) { self.unescape(text, into: $0) }
    }

    /// The text's UTF-8, escapes resolved.
    package func bytes(of text: Text) -> [UInt8] {
        let bytes = self.buffer(of: text)
        guard text.hasEscapes else { return Array(bytes) }
        return Array(unsafeUninitializedCapacity: bytes.count) { buffer, count in
            count = self.unescape(text, into: buffer)
        }
    }

    /// Whether the text is `name`.
    @inline(__always)
    func text(_ text: Text, is name: StaticString) -> Bool {
        if text.hasEscapes { return self.escapedText(text, is: name) }
        guard text.end &- text.start == name.utf8CodeUnitCount else { return false }
        return self.bytes(
            at: text.start,
            equal: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        )
    }

    /// Whether the text is `name`, by its bytes.
    @inline(__always)
    package func text(_ text: Text, is name: String) -> Bool {
        var name = name
        guard !text.hasEscapes else { return self.value(of: text).utf8.elementsEqual(name.utf8) }
        return name.withUTF8 { name in
            text.end &- text.start == name.count && self.bytes(at: text.start, equal: name)
        }
    }

    /// Whether two texts are written in the same way.
    @inline(__always)
    func bytes(of text: Text, equal other: Text) -> Bool {
        text.end &- text.start == other.end &- other.start && self.bytes(at: text.start, equal: self.buffer(of: other))
    }

    /// Compares by words, the last of which overlaps the one before.
    @inline(__always)
    private func bytes(at start: Int, equal other: UnsafeBufferPointer<UInt8>) -> Bool {
        let left = UnsafeRawPointer(self.base + start)
        guard let right = UnsafeRawPointer(other.baseAddress) else {
            return true
        }
        let count = other.count
        var index = 0
        if count >= 8 {
            while index &+ 8 < count {
                if Self.differ(left, right, at: index, UInt64.self) { return false }
                index &+= 8
            }
            return !Self.differ(left, right, at: count &- 8, UInt64.self)
        }
        if count >= 4 {
            return !Self.differ(left, right, at: 0, UInt32.self)
                && !Self.differ(left, right, at: count &- 4, UInt32.self)
        }
        while index < count {
            if Self.differ(left, right, at: index, UInt8.self) { return false }
            index &+= 1
        }
        return true
    }

    @inline(__always)
    private static func differ<Word: FixedWidthInteger & BitwiseCopyable>(
        _ left: UnsafeRawPointer,
        _ right: UnsafeRawPointer,
        at offset: Int,
        _ type: Word.Type
    ) -> Bool {
        left.loadUnaligned(fromByteOffset: offset, as: type) != right.loadUnaligned(fromByteOffset: offset, as: type)
    }

    @inline(never)
    private func escapedText(_ text: Text, is name: StaticString) -> Bool {
        self.value(of: text).utf8.elementsEqual(
            UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        )
    }

    /// Writes the text without escapes, which never needs more room than with them, and returns its length.
    private func unescape(_ text: Text, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var index = text.start
        var count = 0
        func put(_ byte: UInt8) {
            buffer[count] = byte
            count &+= 1
        }
        while index < text.end {
            let byte = self.base[index]
            guard byte == UInt8(ascii: "\\") else {
                put(byte)
                index &+= 1
                continue
            }
            let kind = self.base[index &+ 1]
            index &+= 2
            switch kind {
            case UInt8(ascii: "b"): put(0x08)
            case UInt8(ascii: "f"): put(0x0C)
            case UInt8(ascii: "n"): put(0x0A)
            case UInt8(ascii: "r"): put(0x0D)
            case UInt8(ascii: "t"): put(0x09)
            case UInt8(ascii: "u"):
                var code = self.hexadecimal(at: index) ?? 0xFFFD
                index &+= 4
                if code & 0xFC00 == 0xD800 {
                    code = 0x10000 + (code & 0x3FF) << 10 + (self.hexadecimal(at: index &+ 2) ?? 0) & 0x3FF
                    index &+= 6
                }
                for unit in UTF8.encode(Unicode.Scalar(code) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
                    put(unit)
                }
            default: put(kind)
            }
        }
        return count
    }
}
