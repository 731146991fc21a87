// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Filter {
    /// A text that is looked for in others.
    package struct Word: Hashable, Sendable {
        private let bytes: [UInt8]
        private let isCaseSensitive: Bool
        /// Whether bytes alone decide: letters beyond ASCII have capitals of their own.
        private let isBytes: Bool

        /// Whether the bytes of JSON have it as it is: nothing in it would be escaped, or stand in two values.
        var isPlain: Bool {
            self.bytes.allSatisfy { byte in
                byte > 0x20 && byte < 0x7F
                    && ![UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte)
            }
        }

        /// Prepares a text; one in small letters is also found in capitals unless they count.
        package init(_ text: String, isCaseSensitive: Bool) {
            self.bytes = Array((isCaseSensitive ? text : text.lowercased()).utf8)
            self.isCaseSensitive = isCaseSensitive
            self.isBytes = isCaseSensitive || self.bytes.allSatisfy { $0 < 0x80 }
        }

        /// Whether it is in a text.
        package func isIn(_ text: String) -> Bool {
            guard self.isBytes else { return self.isIn(Array(text.lowercased().utf8), ignoringCase: false) }
            var text = text
            return text.withUTF8 { self.isIn($0, ignoringCase: !self.isCaseSensitive) }
        }

        /// Whether it is in a text in UTF-8, which is not copied unless it has to be.
        package func isIn(_ text: ArraySlice<UInt8>) -> Bool {
            guard self.isBytes else { return self.isIn(String(decoding: text, as: UTF8.self)) }
            return text.withUnsafeBufferPointer { self.isIn($0, ignoringCase: !self.isCaseSensitive) }
        }

        private func isIn(_ text: some RandomAccessCollection<UInt8>, ignoringCase: Bool) -> Bool {
            guard let first = self.bytes.first else { return true }
            guard text.count >= self.bytes.count else { return false }
            var start = text.startIndex
            let end = text.index(text.endIndex, offsetBy: 1 - self.bytes.count)
            while start < end {
                if Self.small(text[start], ignoringCase) == first {
                    var place = text.index(after: start)
                    var count = 1
                    while count < self.bytes.count, Self.small(text[place], ignoringCase) == self.bytes[count] {
                        place = text.index(after: place)
                        count += 1
                    }
                    if count == self.bytes.count { return true }
                }
                start = text.index(after: start)
            }
            return false
        }

        private static func small(_ byte: UInt8, _ ignoringCase: Bool) -> UInt8 {
            ignoringCase && byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        }
    }
}
