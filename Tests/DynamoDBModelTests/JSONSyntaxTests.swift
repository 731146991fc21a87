// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

/// The two readers, the plain one and the one of the hot path, each against the same tables.
@Suite struct JSONSyntaxTests {
    static let valid: [String] = [
        "null", "true", "false", "0", "-0", "10", "1.5", "1e5", "1E+5", "1.25e-7", "\"\"", "[]", "{}", " [ 1 , 2 ] ",
        "\t{\r\n\"a\" : { } }\n", #""\"\\\/\b\f\n\r\t\u0041\uD83D\uDE00""#, "\"é€😀\u{7F}\"", "[[[[]]]]",
        #"{"a":[{"b":null},-0.0]}"#, "\"sixteen bytes and more of plain text\"",
        "\"\u{10FFFF}\u{FFFF}\u{D7FF}\u{E000}\"",
        "123456789012345678901234567890",
    ]

    static let invalid: [[UInt8]] =
        [
            "", " ", "nul", "nulll", "True", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "1 2", "[", "]", "[1",
            "[1,",
            "[1,]", "[,1]", "[1 2]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}",
            "{\"a\" 1}",
            "{1:2}", "{\"a\":1 \"b\":2}", "\"", "\"abc", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\uD800\"",
            "\"\\uD800\\u0041\"", "\"\\uDC00\"", "\"\\uD800\\uD800\"", "\"a\nb\"", "\"\u{0}\"",
            "\"\u{1F}padding to sixteen\"",
            "'a'", "NaN", "Infinity", "/**/1", "\u{FEFF}1", "\u{A0}1", "1\u{0}", "tru", "[true,fals]", "\"\\",
        ].map { Array($0.utf8) } + [
            [0x22, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xC1, 0xBF, 0x22], [0x22, 0xC3, 0x22],
            [0x22, 0xE2, 0x82, 0x22],
            [0x22, 0xE0, 0x80, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF0, 0x80, 0x80, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0xFF, 0x22],
            [0x22, 0xC3],
            [0x22, 0xE2, 0x28, 0xA1, 0x22], [0x22, 0xF0, 0x9F, 0x98, 0x22],
        ]

    /// A page in which the hot path has to step over the value.
    private func isSteppedOver(_ value: [UInt8]) -> Bool {
        let page = Array(#"{"Records":[],"Other":"#.utf8) + value + Array("}".utf8)
        return (try? StoryRecords.decode(page)) != nil
    }

    @Test(arguments: Self.valid)
    func isAccepted(text: String) {
        #expect((try? JSONValue(parsing: text.utf8)) != nil)
        #expect(self.isSteppedOver(Array(text.utf8)))
    }

    @Test(arguments: Self.invalid)
    func isRefused(bytes: [UInt8]) {
        #expect(throws: JSONFault.self) { try JSONValue(parsing: bytes) }
        #expect(!self.isSteppedOver(bytes))
    }

    @Test func escapesBecomeWhatTheyStandFor() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD83D\uDE00z""#
        let expected = "\"\\/\u{8}\u{C}\n\r\tAé€\u{1F600}z"
        #expect(try JSONValue(parsing: text.utf8) == .string(expected))
        let list = try WireOperation.listTables.decodeOutput(Array("{\"TableNames\":[\(text)]}".utf8))
        #expect(list.tableNames == [expected])
    }

    @Test func stringsOfAllLengthsKeepTheirBytes() throws {
        for count in 0..<70 {
            for tail in ["", "\"", "\\", "é", "😀", "\u{1}"] {
                let text = String(repeating: "x", count: count) + tail + String(repeating: "y", count: count % 5)
                let body = WireOperation.listTables.encodeOutput(TableList(tableNames: [text]))
                #expect(try WireOperation.listTables.decodeOutput(body).tableNames == [text])
                #expect(try JSONValue(parsing: body)["TableNames"]?[0] == .string(text))
            }
        }
    }

    @Test func depthIsBounded() {
        let deep = { (levels: Int) in
            Array(String(repeating: "[", count: levels).utf8) + Array(String(repeating: "]", count: levels).utf8)
        }
        #expect((try? JSONValue(parsing: deep(JSONLimits.maximumDepth))) != nil)
        #expect(throws: JSONFault.self) { try JSONValue(parsing: deep(JSONLimits.maximumDepth + 1)) }
        #expect(throws: JSONFault.self) { try JSONValue(parsing: deep(3), maximumDepth: 2) }
        // The page around the value takes one level.
        #expect(self.isSteppedOver(deep(JSONLimits.maximumDepth - 1)))
        #expect(!self.isSteppedOver(deep(JSONLimits.maximumDepth)))
        #expect(!self.isSteppedOver([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)))
    }

    @Test func depthIsGivenBackBehindAContainer() {
        let wide = "[" + String(repeating: "[[]],{\"a\":{}},", count: 1000) + "[]]"
        #expect((try? JSONValue(parsing: wide.utf8, maximumDepth: 4)) != nil)
        #expect(self.isSteppedOver(Array(wide.utf8)))
    }

    @Test func sizeIsBounded() {
        #expect(throws: JSONFault.self) { try JSONValue(parsing: "[1,2]".utf8, maximumBytes: 4) }
        #expect((try? JSONValue(parsing: "[1,2]".utf8, maximumBytes: 5)) != nil)
        let large = [UInt8](repeating: UInt8(ascii: " "), count: JSONLimits.maximumBytes + 1)
        #expect(throws: DynamoDBError.self) { try WireOperation.getRecords.decodeOutput(large) }
        #expect(throws: DynamoDBError.self) { try WireOperation.putItem.decodeInput(large) }
    }

    @Test(arguments: [#"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"[{"x":{"a":1,"b":2,"a":3}}]"#])
    func namesMustNotOccurTwice(text: String) {
        #expect(throws: JSONFault.self) { try JSONValue(parsing: text.utf8) }
    }

    @Test func numbersStayTextAndMembersStayInOrder() throws {
        let text = #"{"z":1.50,"a":-0,"m":1E2}"#
        let value = try JSONValue(parsing: text.utf8)
        #expect(JSONWriter.compact(value) == text)
        #expect(value["z"]?.number == "1.50")
        #expect(value.members?.map(\.name) == ["z", "a", "m"])
        #expect(value["none"] == nil)
        #expect(value[0] == nil)
    }
}
