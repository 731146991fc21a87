// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension TOMLScanner {
    /// Whether the text ends a line here.
    var isAtLineEnd: Bool {
        self.isAt("\n") || (self.isAt("\r") && self.text.dropFirst(self.index + 1).first == UInt8(ascii: "\n"))
    }

    /// Whether three quotation marks are next.
    var startsMultiline: Bool {
        guard let byte else { return false }
        return self.text.dropFirst(self.index).starts(with: [byte, byte, byte])
    }

    mutating func skipBlanks() {
        while self.isAt(" ") || self.isAt("\t") { self.index += 1 }
    }

    mutating func skipSpaceAndComments() throws(TOMLFault) {
        while true {
            self.skipBlanks()
            try self.comment()
            guard self.isAtLineEnd else { return }
            self.index += self.isAt("\r") ? 2 : 1
        }
    }

    /// Steps over a comment, if one is next.
    mutating func comment() throws(TOMLFault) {
        guard self.take("#") else { return }
        while let byte, !self.isAtLineEnd {
            try self.checkCharacter(byte)
            self.index += 1
        }
    }

    /// Steps over a text of any kind; its escapes are checked by who reads them.
    mutating func string() throws(TOMLFault) {
        let start = self.index
        guard let quote = self.byte else { return }
        let isMultiline = self.startsMultiline
        let hasEscapes = quote == UInt8(ascii: "\"")
        self.index += isMultiline ? 3 : 1
        while let byte {
            if byte == quote, !isMultiline {
                self.index += 1
                return
            }
            if byte == quote, self.startsMultiline {
                self.index += 3
                // One or two more belong to the text.
                for _ in 0..<2 where self.byte == quote { self.index += 1 }
                return
            }
            if byte == UInt8(ascii: "\\"), hasEscapes {
                self.index += 1
                guard let escaped = self.byte, isMultiline || !self.isAtLineEnd else { break }
                if !self.isAtLineEnd { try self.checkCharacter(escaped) }
            } else if self.isAtLineEnd {
                guard isMultiline else { break }
                self.index += self.isAt("\r") ? 1 : 0
            } else {
                try self.checkCharacter(byte)
            }
            self.index += 1
        }
        throw TOMLFault("a text has no end: its closing quotation mark is missing", at: start)
    }

    /// Steps over `true`, `false` or a number.
    mutating func plainValue() throws(TOMLFault) {
        let start = self.index
        while let byte, !Self.endsPlainValue(byte) { self.index += 1 }
        let word = self.text[start..<self.index]
        guard !word.isEmpty else { throw TOMLFault("a value is missing", at: start) }
        if word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8) || TOMLNumber.isNumber(word) { return }
        throw TOMLFault(
            "neither a number nor true or false; text, and dates and durations with it, stands in quotation marks",
            at: start
        )
    }

    private static func endsPlainValue(_ byte: UInt8) -> Bool {
        byte <= 0x20 || [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#")].contains(byte)
    }

    private func checkCharacter(_ byte: UInt8) throws(TOMLFault) {
        guard (byte >= 0x20 && byte != 0x7F) || byte == 0x09 else {
            throw TOMLFault("a control character", at: self.index)
        }
    }
}
