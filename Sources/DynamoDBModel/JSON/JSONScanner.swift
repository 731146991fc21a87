// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Walks over a JSON document and checks it on the way: syntax, UTF-8, escapes, depth.
///
/// Makes no values by itself. The unsafe memory accesses of the readers are confined to this file and its extensions:
/// every read is preceded by a comparison with ``end``. Works only inside the closure of ``read(_:maximumDepth:_:)``;
/// whoever uses it must not let it out.
package struct JSONScanner {
    /// A string in the document, without its quotation marks.
    package struct Text {
        /// First byte.
        package var start: Int
        /// Behind the last byte.
        package var end: Int
        /// Whether it holds escapes, so that the bytes are not the text.
        package var hasEscapes: Bool
    }

    let base: UnsafePointer<UInt8>
    let end: Int
    /// Where it is, in bytes from the start of what it reads.
    package internal(set) var position = 0
    /// How many more levels may be opened.
    var depthLeft: Int

    /// Runs `body` over the bytes.
    @inline(__always)
    package static func read<Result>(
        _ bytes: ArraySlice<UInt8>,
        maximumDepth: Int = JSONLimits.maximumDepth,
        _ body: (inout JSONScanner) throws(JSONFault) -> Result
    ) throws(JSONFault) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONFault) -> Result in
            guard let base = buffer.baseAddress else { throw .syntax("no JSON", at: 0) }
            var scanner = JSONScanner(base: base, end: buffer.count, depthLeft: maximumDepth)
            return try body(&scanner)
        }
    }

    @inline(__always)
    private init(base: UnsafePointer<UInt8>, end: Int, depthLeft: Int) {
        self.base = base
        self.end = end
        self.depthLeft = depthLeft
    }

    // MARK: Structure

    /// Steps over white space and returns the byte behind it; nil at the end.
    @inline(__always)
    package mutating func peek() -> UInt8? {
        while self.position < self.end {
            let byte = self.base[self.position]
            if byte > 0x20 { return byte }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            self.position &+= 1
        }
        return nil
    }

    /// Steps over `{`; false if the object is empty, which then is stepped over as a whole.
    @inline(__always)
    package mutating func beginObject() throws(JSONFault) -> Bool {
        try self.begin("{", "}")
    }

    /// Steps over `[`; false if the array is empty, which then is stepped over as a whole.
    @inline(__always)
    package mutating func beginArray() throws(JSONFault) -> Bool {
        try self.begin("[", "]")
    }

    @inline(__always)
    private mutating func begin(_ open: Unicode.Scalar, _ close: Unicode.Scalar) throws(JSONFault) -> Bool {
        guard self.peek() == UInt8(ascii: open) else { throw self.unexpected() }
        guard self.depthLeft > 0 else { throw .syntax("nested too deeply", at: self.position) }
        self.position &+= 1
        guard self.peek() == UInt8(ascii: close) else {
            self.depthLeft &-= 1
            return true
        }
        self.position &+= 1
        return false
    }

    /// Steps behind a member: true at a comma, false at the end of the object.
    @inline(__always)
    package mutating func nextMember() throws(JSONFault) -> Bool {
        try self.next("}")
    }

    /// Steps behind an element: true at a comma, false at the end of the array.
    @inline(__always)
    package mutating func nextElement() throws(JSONFault) -> Bool {
        try self.next("]")
    }

    @inline(__always)
    private mutating func next(_ close: Unicode.Scalar) throws(JSONFault) -> Bool {
        let byte = self.peek()
        if byte == UInt8(ascii: ",") {
            self.position &+= 1
            return true
        }
        guard byte == UInt8(ascii: close) else { throw self.unexpected() }
        self.position &+= 1
        self.depthLeft &+= 1
        return false
    }

    /// Steps over a member's name and the colon behind it.
    @inline(__always)
    package mutating func memberName() throws(JSONFault) -> Text {
        guard self.peek() == UInt8(ascii: "\"") else { throw self.unexpected() }
        let name = try self.string()
        guard self.peek() == UInt8(ascii: ":") else { throw self.unexpected() }
        self.position &+= 1
        return name
    }

    /// Checks that only white space follows.
    package mutating func finish() throws(JSONFault) {
        guard self.peek() == nil else { throw .syntax("something follows the value", at: self.position) }
    }

    // MARK: Values

    /// Steps over any value and returns where it lies.
    @inline(__always)
    package mutating func skipValue() throws(JSONFault) -> Range<Int> {
        _ = self.peek()
        let start = self.position
        try self.stepOverValue()
        return Range(uncheckedBounds: (start, self.position))
    }

    private mutating func stepOverValue() throws(JSONFault) {
        guard let byte = self.peek() else { throw self.unexpected() }
        switch byte {
        case UInt8(ascii: "\""):
            _ = try self.string()
        case UInt8(ascii: "{"):
            var more = try self.beginObject()
            while more {
                _ = try self.memberName()
                try self.stepOverValue()
                more = try self.nextMember()
            }
        case UInt8(ascii: "["):
            var more = try self.beginArray()
            while more {
                try self.stepOverValue()
                more = try self.nextElement()
            }
        case UInt8(ascii: "t"): try self.literal("true")
        case UInt8(ascii: "f"): try self.literal("false")
        case UInt8(ascii: "n"): try self.literal("null")
        default: _ = try self.number()
        }
    }

    /// Steps over `true`, `false` or `null`.
    package mutating func literal(_ text: StaticString) throws(JSONFault) {
        guard self.end - self.position >= text.utf8CodeUnitCount else { throw self.unexpected() }
        for index in 0..<text.utf8CodeUnitCount where self.base[self.position + index] != text.utf8Start[index] {
            throw self.unexpected()
        }
        self.position += text.utf8CodeUnitCount
    }

    /// Steps over a number and returns where it lies.
    package mutating func number() throws(JSONFault) -> Range<Int> {
        let start = self.position
        var index = start
        if index < self.end, self.base[index] == UInt8(ascii: "-") { index &+= 1 }
        guard let first = self.digit(at: index) else { throw self.unexpected() }
        index &+= 1
        if first != 0 { self.stepOverDigits(&index) }
        if index < self.end, self.base[index] == UInt8(ascii: ".") {
            index &+= 1
            guard self.digit(at: index) != nil else { throw .syntax("a number ends with its point", at: index) }
            self.stepOverDigits(&index)
        }
        if index < self.end, self.base[index] | 0x20 == UInt8(ascii: "e") {
            index &+= 1
            if index < self.end, self.base[index] == UInt8(ascii: "+") || self.base[index] == UInt8(ascii: "-") {
                index &+= 1
            }
            guard self.digit(at: index) != nil else { throw .syntax("a number has no exponent", at: index) }
            self.stepOverDigits(&index)
        }
        self.position = index
        return Range(uncheckedBounds: (start, index))
    }

    @inline(__always)
    private func digit(at index: Int) -> UInt8? {
        guard index < self.end else { return nil }
        let value = self.base[index] &- UInt8(ascii: "0")
        return value < 10 ? value : nil
    }

    @inline(__always)
    private func stepOverDigits(_ index: inout Int) {
        while self.digit(at: index) != nil { index &+= 1 }
    }

    /// The fault of the byte at ``position``.
    @inline(never)
    func unexpected() -> JSONFault {
        guard self.position < self.end else { return .syntax("the document ends too early", at: self.position) }
        return .syntax("unexpected byte", at: self.position)
    }
}
