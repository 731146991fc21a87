// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A text in which `*` stands for any number of characters, none included; `\*` is an asterisk, `\\` a backslash.
struct WildcardText: Hashable, Sendable {
    /// Why a text is none.
    enum Fault: Error, Hashable {
        case consecutiveAsterisks
        case unknownEscape
    }

    /// What stands between the asterisks, in order; one more than there are asterisks.
    private let parts: [[UInt8]]

    init(_ text: String) throws(Fault) {
        let bytes = Array(text.utf8)
        let asterisk = UInt8(ascii: "*")
        let backslash = UInt8(ascii: "\\")
        var parts: [[UInt8]] = [[]]
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : nil
            if byte == asterisk {
                guard next != asterisk else { throw .consecutiveAsterisks }
                parts.append([])
            } else if byte == backslash {
                guard let next, next == asterisk || next == backslash else { throw .unknownEscape }
                parts[parts.count - 1].append(next)
                index += 1
            } else {
                parts[parts.count - 1].append(byte)
            }
            index += 1
        }
        self.parts = parts
    }

    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        guard let last = self.parts.last, self.parts.count > 1 else { return text.elementsEqual(self.parts[0]) }
        let first = self.parts[0]
        guard text.count >= first.count + last.count, text.starts(with: first),
            text.suffix(last.count).elementsEqual(last)
        else { return false }
        // Between the two ends, the first place where a part occurs leaves the most room for the others.
        var rest = text.dropFirst(first.count).dropLast(last.count)
        for part in self.parts.dropFirst().dropLast() {
            guard let end = Self.end(of: part, in: rest) else { return false }
            rest = rest[end...]
        }
        return true
    }

    /// Where the first occurrence ends.
    private static func end(of part: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard let first = part.first else { return text.startIndex }
        var start = text.startIndex
        while start + part.count <= text.endIndex {
            if text[start] == first, text[start..<start + part.count].elementsEqual(part) { return start + part.count }
            start += 1
        }
        return nil
    }
}
