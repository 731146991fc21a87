// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

/// JSON that a terminal cannot be harmed with says the same as before.
struct TerminalSafeJSONTests {
    @Test(arguments: [
        ("\u{7F}", "\\u007f"), ("\u{9B}2J", "\\u009b2J"), ("\u{80}\u{9F}", "\\u0080\\u009f"),
        ("a\u{202E}b", "a\\u202eb"), ("\u{2066}\u{2069}", "\\u2066\\u2069"), ("\u{61C}", "\\u061c"),
        ("\u{200E}\u{200F}", "\\u200e\\u200f"), ("\u{2028}\u{2029}", "\\u2028\\u2029"),
        ("\u{AD}\u{200B}", "\\u00ad\\u200b"), ("\u{2060}\u{2064}", "\\u2060\\u2064"), ("\u{FEFF}", "\\ufeff"),
        ("\u{E0001}\u{E007F}", "\\udb40\\udc01\\udb40\\udc7f"),
    ])
    func whatATerminalObeysIsEscaped(text: String, escaped: String) {
        #expect(Self.escaped("\"\(text)\"") == "\"\(escaped)\"")
    }

    /// Neighbours of the characters above, and characters that share their first bytes.
    @Test(arguments: [
        "", "plain", "é", "\u{A0}", "\u{A9}", "\u{60C}", "\u{61D}", "\u{2010}", "\u{200D}", "…", "⣀", "日本", "👨‍👩‍👧",
        "\u{200C}", "\u{205F}", "\u{FF21}", "\u{FEFE}", "\u{E0100}", "\u{F0000}",
    ])
    func everythingElseStays(text: String) {
        #expect(Self.escaped("\"\(text)\"") == "\"\(text)\"")
    }

    @Test func everyScalarIsReadBackAsItWas() throws {
        for value in (0x20 as UInt32)...0x2FFF {
            guard let scalar = Unicode.Scalar(value), scalar != "\"", scalar != "\\" else { continue }
            let json = TerminalSafeJSON.escaped(Array("\"\(Character(scalar))\"".utf8))
            #expect(try JSONValue(parsing: json) == .string(String(Character(scalar))), "\(value)")
        }
    }

    private static func escaped(_ text: String) -> String {
        String(decoding: TerminalSafeJSON.escaped(Array(text.utf8)), as: UTF8.self)
    }
}
