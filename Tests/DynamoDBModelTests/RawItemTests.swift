// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct RawItemTests {
    private let item: Item = [
        "s": .string("a\"b\\\u{7}\u{1F600}é"), "n": .number(DecimalNumber(-5)), "b": .binary([0, 255]),
        "t": .bool(false),
        "z": .null, "m": .map(["x": .list([.string(""), .map([:])])]), "ss": .stringSet(["b", "a"]),
        "ns": .numberSet([DecimalNumber(10), DecimalNumber(9)]), "bs": .binarySet([[1], [0, 2]]),
    ]

    @Test func anItemComesBack() throws {
        let raw = RawItem(self.item)
        #expect(try raw.decoded() == self.item)
        #expect(try RawItem(parsing: raw.bytes).decoded() == self.item)
        #expect(raw.detached() == raw)
        #expect(raw.count == raw.bytes.count)
    }

    @Test func equalItemsBecomeEqualBytes() {
        #expect(
            String(decoding: RawItem(self.item).bytes, as: UTF8.self)
                == #"{"b":{"B":"AP8="},"bs":{"BS":["AAI=","AQ=="]},"m":{"M":{"x":{"L":[{"S":""},{"M":{}}]}}},"n":{"N":"-5"},"#
                + #""ns":{"NS":["9","10"]},"s":{"S":"a\"b\\\u0007"# + "\u{1F600}é"
                + #""},"ss":{"SS":["a","b"]},"t":{"BOOL":false},"z":{"NULL":true}}"#
        )
    }

    @Test(arguments: [
        "", "{", "[]", "{}x", #"{"a":1}"#, #"{"a":{"S":1}}"#, #"{"a":{"S":"x"},"a":{"S":"y"}}"#, #"{"a":{}}"#,
    ])
    func whatIsNoItemIsRefused(json: String) {
        let error = #expect(throws: DynamoDBError.self) { try RawItem(parsing: json.utf8) }
        #expect(error?.code == .malformedResponse)
    }

    @Test func plainJSONLosesTheTypes() {
        #expect(
            JSONWriter.compact(self.item.plainJSON)
                == #"{"b":"AP8=","bs":["AAI=","AQ=="],"m":{"x":["",{}]},"n":-5,"ns":[9,10],"s":"a\"b\\\u0007"#
                + "\u{1F600}é" + #"","ss":["a","b"],"t":false,"z":null}"#
        )
        #expect(JSONWriter.compact(self.item.dynamoDBJSON).utf8.elementsEqual(RawItem(self.item).bytes))
    }

    @Test func prettyJSONHasALinePerMember() throws {
        let value = try JSONValue(parsing: #"{"a":[1,{"b":null}],"c":{},"d":[]}"#.utf8)
        #expect(
            JSONWriter.pretty(value) == """
                {
                  "a": [
                    1,
                    {
                      "b": null
                    }
                  ],
                  "c": {},
                  "d": []
                }
                """
        )
    }

    @Test func onlyImagesCountAsDecoded() async {
        await #expect(processExitsWith: .success) {
            let page = try StoryRecords.decode(StoryRecords.page([StoryRecords.insert, StoryRecords.expired]))
            for record in page.records {
                _ = try record.keys.primaryKey(StoryRecords.keyNames)
                _ = try record.keys.decoded()
            }
            guard DecodedImageCounter.count == 0 else { exit(2) }
            _ = try page.records[0].newImage?.decoded()
            _ = try page.records[1].oldImage?.detached().decoded()
            exit(DecodedImageCounter.count == 2 ? 0 : 3)
        }
    }
}
