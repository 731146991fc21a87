// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalDriver
import Testing

struct ClipboardSequenceTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("é\u{1B}", "w6kb"),
        ("~~~", "fn5+"),
    ])
    func theTextIsSentEncoded(text: String, encoded: String) {
        let bytes = ClipboardSequence.bytes(for: text)
        #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == "\u{1B}]52;c;\(encoded)\u{07}")
    }

    @Test
    func aTextThatIsTooLongIsRefused() {
        let limit = ClipboardSequence.encodedLimit / 4 * 3
        #expect(ClipboardSequence.bytes(for: String(repeating: "x", count: limit)) != nil)
        #expect(ClipboardSequence.bytes(for: String(repeating: "x", count: limit + 1)) == nil)
    }
}
