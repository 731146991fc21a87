// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// What stands for the text of a string in a form; no JSON document holds it.
    package static let placeholder: UInt8 = 0

    /// Takes an object apart into its form and the texts of its strings; names of members belong to the form.
    ///
    /// Objects of the same table mostly have the same form. The texts are as they were written, escapes included.
    ///
    /// - Parameters:
    ///   - bytes: The object and nothing else, checked on the way.
    ///   - form: Gets the object, each text replaced by ``placeholder``.
    ///   - texts: Gets the texts in order, one behind the other.
    ///   - ends: Gets where each text ends in `texts`.
    /// - Throws: What is wrong with it; what was appended by then is of no use.
    package static func takeApart(
        _ bytes: ArraySlice<UInt8>,
        form: inout [UInt8],
        texts: inout [UInt8],
        ends: inout [Int]
    ) throws(JSONFault) {
        try Self.read(bytes) { (scanner) throws(JSONFault) in
            guard scanner.peek() == UInt8(ascii: "{") else { throw scanner.unexpected() }
            var formEnd = 0
            try scanner.takeApart(&formEnd, &form, &texts, &ends)
            try scanner.finish()
            form.append(contentsOf: UnsafeBufferPointer(start: scanner.base + formEnd, count: scanner.end - formEnd))
        }
    }

    /// Checks that bytes are one object and nothing else.
    package static func checkObject(_ bytes: ArraySlice<UInt8>) throws(JSONFault) {
        try Self.read(bytes) { (scanner) throws(JSONFault) in
            guard scanner.peek() == UInt8(ascii: "{") else { throw scanner.unexpected() }
            _ = try scanner.skipValue()
            try scanner.finish()
        }
    }

    /// Steps over a value; what lies between `formEnd` and the next text was not yet put into the form.
    private mutating func takeApart(
        _ formEnd: inout Int,
        _ form: inout [UInt8],
        _ texts: inout [UInt8],
        _ ends: inout [Int]
    ) throws(JSONFault) {
        switch self.peek() {
        case UInt8(ascii: "\""):
            let text = try self.string()
            form.append(contentsOf: UnsafeBufferPointer(start: self.base + formEnd, count: text.start - formEnd))
            form.append(Self.placeholder)
            texts.append(contentsOf: self.buffer(of: text))
            ends.append(texts.count)
            formEnd = text.end
        case UInt8(ascii: "{"):
            var more = try self.beginObject()
            while more {
                _ = try self.memberName()
                try self.takeApart(&formEnd, &form, &texts, &ends)
                more = try self.nextMember()
            }
        case UInt8(ascii: "["):
            var more = try self.beginArray()
            while more {
                try self.takeApart(&formEnd, &form, &texts, &ends)
                more = try self.nextElement()
            }
        default: _ = try self.skipValue()
        }
    }
}
