// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_767_323_045_678, "2026-01-02T03:04:05.678Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (4_107_542_399_999, "2100-02-28T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (1_709_164_800_000, "2024-02-29T00:00:00.000Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    ])
    func isWrittenAndReadAsISO8601(milliseconds: Int64, text: String) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(time.iso8601 == text)
        #expect(time.label + "Z" == text)
        #expect(time.clock == text.dropFirst(11).prefix(8) + "Z")
        #expect(Timestamp(iso8601: text) == time)
        #expect(Timestamp(iso8601: time.label) == time)
    }

    @Test(arguments: [
        "", "2026-01-02", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-02T24:00:00Z",
        "2026-01-02T00:60:00Z",
        "2026-01-02T00:00:00+01:00", "2026-01-02T00:00:00.Z", "2026-01-02T00:00:00.1x", "２026-01-02T00:00:00Z",
    ])
    func otherTextsAreNoTimes(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test(arguments: [
        ("1730000000", 1_730_000_000_000), ("1730000000.5", 1_730_000_000_500), ("1.46480646E9", 1_464_806_460_000),
        ("1767225600.0", 1_767_225_600_000), ("1730000000.1234", 1_730_000_000_123), ("-1.5", -1500), ("0", 0),
    ])
    func epochSecondsMayHaveFractionAndExponent(text: String, milliseconds: Int64) {
        #expect(Timestamp(epochSeconds: text) == Timestamp(milliseconds: milliseconds))
    }

    @Test(arguments: [
        (1_730_000_000_000, "1730000000"), (1_730_000_000_120, "1730000000.12"), (5, "0.005"), (-1500, "-1.5"),
    ])
    func epochSecondsAreWrittenExactly(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).epochSeconds == text)
    }
}

@Suite struct Base64Tests {
    @Test(
        arguments: [
            ([], ""), ([102], "Zg=="), ([102, 111], "Zm8="), ([102, 111, 111], "Zm9v"),
            ([255, 254, 253, 0], "//79AA=="),
            ([251, 239], "++8="),
        ] as [([UInt8], String)]
    )
    func bothWays(bytes: [UInt8], text: String) {
        #expect(Base64.encode(bytes) == text)
        #expect(Base64.decode(text.utf8) == bytes)
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "====", "Z===", "Zg=A", "Zm9v\n", " Zm9v", "Zm-_", "Zm9v====",
    ])
    func otherTextIsRefused(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test func randomBytesComeBack() {
        var generator = SplitMix64(seed: 1)
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
        }
    }
}

@Suite struct SequenceNumberTests {
    @Test(arguments: [
        ("9", "10"), ("007", "8"), ("99999999999999999999", "100000000000000000000"),
        ("1", "1" + String(repeating: "0", count: 40)),
    ])
    func comparesAsANumber(smaller: String, larger: String) throws {
        let left = try #require(SequenceNumber(smaller))
        let right = try #require(SequenceNumber(larger))
        #expect(left < right)
        #expect(left.text == smaller)
        #expect(right.text == larger)
    }

    @Test func leadingZerosDoNotCountButAreKept() throws {
        let number = try #require(SequenceNumber("000100000000000000000001"))
        #expect(number == SequenceNumber("100000000000000000001"))
        #expect(number.text == "000100000000000000000001")
    }

    @Test func allLengthsAreReadDigitByDigit() throws {
        var generator = SplitMix64(seed: 2)
        for count in 1...57 {
            var text = ""
            for _ in 0..<count { text += String(Int.random(in: 0...9, using: &generator)) }
            #expect(SequenceNumber(text)?.text == text)
            for wrong in ["/", ":", "a", " ", "-", "é"] {
                var broken = Array(text)
                broken[Int.random(in: 0..<count, using: &generator)] = Character(wrong)
                #expect(SequenceNumber(String(broken)) == nil)
            }
        }
        #expect(SequenceNumber("") == nil)
        #expect(SequenceNumber(String(repeating: "1", count: 58)) == nil)
    }
}

@Suite struct EventIDTests {
    @Test(arguments: [
        "c4ca4238a0b923820dcc509a6f75849b", "00000000000000000000000000000000", "ffffffffffffffffffffffffffffffff",
        "C4CA4238A0B923820DCC509A6F75849B", "c4ca4238-a0b9-2382-0dcc-509a6f75849b", "", "x",
        "c4ca4238a0b923820dcc509a6f75849g",
        "c4ca4238a0b923820dcc509a6f75849:", "c4ca4238a0b923820dcc509a6f75849/", "c4ca4238a0b923820dcc509a6f75849`",
    ])
    func keepsItsText(text: String) {
        #expect(EventID(text).text == text)
        #expect(EventID(text) == EventID(text))
    }

    @Test func lettersCountAsTheyAreWritten() {
        #expect(EventID("c4ca4238a0b923820dcc509a6f75849b") != EventID("C4CA4238A0B923820DCC509A6F75849B"))
    }
}

@Suite struct StreamARNTests {
    @Test func streamsOfOneTableDifferInTheirLabelOnly() {
        let table = "arn:aws:dynamodb:us-west-2:111122223333:table/Orders/stream/"
        let one = StreamARN(table + "2015-05-11T21:21:33.291")
        #expect(one.hasSameTable(as: StreamARN(table + "2016-01-01T00:00:00.1")))
        #expect(one.hasSameTable(as: one))
        for other in [
            one.text.replacing("Orders", with: "Order"), one.text.replacing("us-west-2", with: "us-west-1"),
            one.text.replacing("111122223333", with: "111122223334"), "x", "",
        ] {
            #expect(!one.hasSameTable(as: StreamARN(other)))
        }
        #expect(!StreamARN("x").hasSameTable(as: StreamARN("x")))
    }

    @Test func hasPartsAlthoughItsLabelHoldsColons() {
        let arn = StreamARN("arn:aws:dynamodb:us-west-2:111122223333:table/Orders/stream/2015-05-11T21:21:33.291")
        #expect(arn.region == "us-west-2")
        #expect(arn.account == "111122223333")
        #expect(arn.tableName == "Orders")
        #expect(arn.label == "2015-05-11T21:21:33.291")
        #expect(StreamARN("nonsense").tableName == nil)
    }
}

@Suite struct PrimaryKeyTests {
    private func key(_ json: String, _ names: [String] = ["k"]) throws -> PrimaryKey {
        try RawItem(parsing: json.utf8).primaryKey(names)
    }

    @Test func numbersAreEqualByValue() throws {
        #expect(try self.key(#"{"k":{"N":"1000"}}"#) == self.key(#"{"k":{"N":"1e3"}}"#))
        #expect(try self.key(#"{"k":{"N":"1"}}"#) != self.key(#"{"k":{"S":"1"}}"#))
    }

    @Test func textsAreEqualByBytes() throws {
        let composed = try self.key(#"{"k":{"S":"\u00e9"}}"#)
        let decomposed = try self.key(#"{"k":{"S":"e\u0301"}}"#)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(composed == (try self.key("{\"k\":{\"S\":\"\u{e9}\"}}")))
    }

    @Test func otherMembersAreSteppedOver() throws {
        let json = #"{"a":{"L":[{"M":{"k":{"S":"no"}}}]}, "\u006b" : {"B":"AQI="} ,"s":{"N":"7"}}"#
        #expect(
            try self.key(json, ["k", "s"])
                == PrimaryKey(partition: .binary([1, 2]), sort: .number(DecimalNumber(7)))
        )
    }

    @Test(arguments: [#"{"a":{"S":"x"}}"#, #"{"k":{"BOOL":true}}"#, #"{"k":{"L":[]}}"#])
    func whatIsNoKeyIsRefused(json: String) throws {
        let item = try RawItem(parsing: json.utf8)
        #expect(throws: DynamoDBError.self) { try item.primaryKey(["k"]) }
        let decoded = try item.decoded()
        #expect(throws: DynamoDBError.self) { try PrimaryKey(item: decoded, keyNames: ["k"]) }
    }

    @Test func goesBackIntoAnItem() throws {
        let item: Item = ["k": .string("a"), "s": .number(DecimalNumber(7)), "other": .null]
        let key = try PrimaryKey(item: item, keyNames: ["k", "s"])
        #expect(key.item(keyNames: ["k", "s"]) == ["k": .string("a"), "s": .number(DecimalNumber(7))])
    }
}
