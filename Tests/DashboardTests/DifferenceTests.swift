// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import Testing

@Suite
struct DifferenceTests {
    private static func number(_ text: String) throws -> AttributeValue {
        .number(try #require(DecimalNumber(text)))
    }

    private static func difference(_ old: Item?, _ new: Item?) -> ImageDifference {
        ImageDifference(keys: ["id": .string("1")], keyNames: ["id"], old: old, new: new)
    }

    @Test
    func keysComeFirstThenChangedAddedRemovedUnchanged() {
        let difference = Self.difference(
            ["id": .string("1"), "a": .bool(true), "b": .string("x"), "c": .null],
            ["id": .string("1"), "b": .string("y"), "c": .null, "d": .string("new")]
        )
        #expect(difference.keys.map(\.name) == ["id"])
        #expect(difference.attributes.map(\.name) == ["b", "d", "a", "c"])
        #expect(difference.attributes.map(\.kind) == [.changed, .added, .removed, .unchanged])
        #expect(difference.changeCount == 3)
    }

    @Test
    func numbersCompareByValue() throws {
        let difference = Self.difference(["n": try Self.number("1.0")], ["n": try Self.number("1")])
        #expect(difference.attributes.map(\.kind) == [.unchanged])
        // 38 digits that a floating-point number cannot tell apart.
        let large = "12345678901234567890123456789012345678"
        let other = Self.difference(["n": try Self.number(large)], ["n": try Self.number(large.dropLast() + "9")])
        #expect(other.attributes.map(\.kind) == [.changed])
    }

    @Test
    func setsCompareAsSets() {
        let difference = Self.difference(["s": .stringSet(["a", "b"])], ["s": .stringSet(["b", "c"])])
        #expect(difference.attributes.first?.children.map(\.kind) == [.added, .removed, .unchanged])
    }

    @Test
    func listsOfOneLengthCompareByPlace() {
        let difference = Self.difference(
            ["l": .list([.string("a"), .string("b")])],
            ["l": .list([.string("a"), .string("c")])]
        )
        #expect(difference.attributes.first?.children.map(\.kind) == [.unchanged, .changed])
    }

    @Test
    func anElementInTheMiddleDoesNotChangeThoseBehindIt() {
        let difference = Self.difference(
            ["l": .list([.string("a"), .string("b"), .string("c")])],
            ["l": .list([.string("a"), .string("x"), .string("b"), .string("c")])]
        )
        #expect(difference.attributes.first?.children.map(\.kind) == [.unchanged, .added, .unchanged, .unchanged])
    }

    @Test
    func mapsCompareByKey() {
        let difference = Self.difference(
            ["m": .map(["a": .map(["deep": .bool(true)]), "b": .null])],
            ["m": .map(["a": .map(["deep": .bool(false)]), "b": .null])]
        )
        #expect(difference.changeCount == 1)
        #expect(difference.attributes.first?.children.first?.children.first?.name == "deep")
    }

    @Test
    func aStringThatHoldsJSONIsComparedAsJSON() {
        let difference = Self.difference(
            ["event": .string(#"{"a": 1, "b": [1, 2]}"#)],
            ["event": .string(#"{"b":[1,3],"a":1.0}"#)]
        )
        let event = difference.attributes.first
        #expect(event?.children.map(\.name) == ["b", "a"])
        #expect(event?.children.map(\.kind) == [.changed, .unchanged])
        #expect(difference.changeCount == 1)
    }

    @Test
    func theValuesOfAnOpenedStringStandBelowTheOthers() throws {
        let record = Self.record(
            .insert,
            new: ["messageId": .string("m-1"), "event": .string(#"{"type":"x","source":"y"}"#)]
        )
        let lines = Self.text(record, columns: 78, screenColumns: 80).split(separator: "\n").map(String.init)
        func column(_ value: String) throws -> Int {
            let line = try #require(lines.first { $0.contains(value) })
            return try #require(line.firstRange(of: value)).lowerBound.utf16Offset(in: line)
        }
        #expect(try column("\"x\"") == column("JSON in a string"))
        #expect(try column("\"y\"") == column("JSON in a string"))
    }

    @Test(arguments: ["{", "[1,]", "{\"a\":1}x", "plain", "\"text\"", "12", ""])
    func aStringThatOnlyLooksLikeJSONStaysText(_ text: String) {
        guard case .text = ValueNode(AttributeValue.string(text)) else {
            Issue.record("\(text) was opened")
            return
        }
    }

    @Test
    func binaryComparesByBytes() {
        let difference = Self.difference(["b": .binary([1, 2])], ["b": .binary([1, 3])])
        #expect(difference.attributes.map(\.kind) == [.changed])
    }

    @Test
    func theChangedPartOfATextIsFoundAtWholeCharacters() {
        let difference = TextDifference(old: "cafe\u{301} 👩‍👩‍👧 old!", new: "cafe\u{301} 👩‍👩‍👦 new!")
        #expect(difference.prefix == "cafe\u{301} ")
        #expect(difference.old == "👩‍👩‍👧 old")
        #expect(difference.new == "👩‍👩‍👦 new")
        #expect(difference.suffix == "!")
        #expect(TextDifference(old: "aa", new: "aaa").new == "a")
    }

    /// What changed is what people look for: it must not lie behind the end of the line.
    @Test(arguments: [80, 120, 200], [10, 200, 5000, 300_000])
    func theChangeOfALongTextIsInSight(columns: Int, place: Int) throws {
        func text(_ changed: String) -> String {
            String(repeating: "é", count: place) + changed + String(repeating: "z", count: 300)
        }
        let record = Self.record(
            .modify,
            old: ["id": .string("1"), "a": .string(text("BEFORE"))],
            new: ["id": .string("1"), "a": .string(text("AFTER"))]
        )
        let lines = Self.text(record, columns: columns - 2, screenColumns: columns).split(separator: "\n")
        if columns < 120 {
            #expect(lines.contains { $0.prefix(columns - 2).contains("BEFORE") })
            #expect(lines.contains { $0.prefix(columns - 2).contains("AFTER") })
        } else {
            let line = try #require(lines.first { $0.contains("BEFORE") })
            let sides = line.split(separator: "|")
            #expect(sides.first?.prefix(columns / 2 - 2).contains("BEFORE") == true)
            #expect(sides.last?.prefix(columns / 2 - 2).contains("AFTER") == true)
        }
    }

    @Test
    func theChangeOfLongBytesIsInSight() {
        let before = [UInt8](repeating: 0xAA, count: 40)
        var after = before
        after[36] = 0xBB
        let record = Self.record(
            .modify,
            old: ["id": .string("1"), "a": .binary(before)],
            new: ["id": .string("1"), "a": .binary(after)]
        )
        let text = Self.text(record)
        #expect(text.contains("40 bytes, at 0x22: …aaaaaaaaaaaa"))
        #expect(text.contains("40 bytes, at 0x22: …aaaabbaaaaaa"))
    }

    // MARK: The document

    private static func text(
        _ record: StreamRecord,
        view: DifferenceView = .changes,
        columns: Int = 78,
        screenColumns: Int = 80
    ) -> String {
        let document = RecordDocument(
            RecordEntry(
                record: record,
                shard: ShardID("s"),
                batch: BatchID(1),
                deliveredAt: Timestamp(seconds: 1),
                isDuplicate: false
            ),
            keyNames: ["id"],
            view: view,
            isUnfolded: false,
            columns: columns,
            screenColumns: screenColumns
        )
        return document.lines.map { line in
            let left = line.left.map(\.text).joined()
            return line.right.map { left + " | " + $0.map(\.text).joined() } ?? left
        }.joined(separator: "\n")
    }

    private static func record(
        _ kind: ChangeKind,
        old: Item? = nil,
        new: Item? = nil,
        viewType: StreamViewType = .newAndOldImages,
        isTimeToLive: Bool = false
    ) -> StreamRecord {
        StreamRecord(
            eventID: EventID("e"),
            kind: kind,
            keys: RawItem(["id": .string("1")]),
            oldImage: old.map { RawItem($0) },
            newImage: new.map { RawItem($0) },
            sequenceNumber: SessionScript.sequence(1),
            createdAt: Timestamp(seconds: 1),
            size: ByteCount(10),
            isTimeToLive: isTimeToLive,
            viewType: viewType
        )
    }

    @Test(
        arguments: [
            (ChangeKind.insert, StreamViewType.newAndOldImages, false, "no old image: the item was created"),
            (.remove, .newAndOldImages, false, "no new image: the item was deleted"),
            (.remove, .newAndOldImages, true, "no new image: the item expired and the service deleted it (TTL)"),
            (.modify, .newImage, false, "old image: not in this stream's view type (NEW_IMAGE)"),
            (.modify, .oldImage, false, "new image: not in this stream's view type (OLD_IMAGE)"),
            (.remove, .keysOnly, false, "old image: not in this stream's view type (KEYS_ONLY)"),
        ]
    )
    func anAbsentImageIsSaidInWords(
        _ kind: ChangeKind,
        _ viewType: StreamViewType,
        _ isTimeToLive: Bool,
        _ words: String
    ) {
        let item: Item = ["id": .string("1"), "a": .null]
        let record = Self.record(
            kind,
            old: kind != .insert && viewType.hasOldImage ? item : nil,
            new: kind != .remove && viewType.hasNewImage ? item : nil,
            viewType: viewType,
            isTimeToLive: isTimeToLive
        )
        #expect(Self.text(record).contains(words))
        #expect(Self.text(record, columns: 198, screenColumns: 200).contains(words))
    }

    @Test
    func oneImageOfAChangeSaysNothingAboutTheChange() {
        let text = Self.text(Self.record(.modify, new: ["id": .string("1"), "a": .null], viewType: .newImage))
        #expect(text.contains("  a   null"))
        #expect(!text.contains("+"))
    }

    @Test
    func imagesStandSideBySideFrom120Columns() {
        let record = Self.record(
            .modify,
            old: ["id": .string("1"), "a": .string("x")],
            new: ["id": .string("1"), "a": .string("y")]
        )
        #expect(Self.text(record, columns: 118, screenColumns: 120).contains("~ a   \"x\" | ~ a   \"y\""))
        #expect(Self.text(record, columns: 117, screenColumns: 119).contains("~ a   \"x\" → \"y\""))
    }

    @Test
    func typesAreShownInTheTypedViewOnly() {
        let record = Self.record(
            .insert,
            new: ["id": .string("1"), "n": .number(DecimalNumber(5)), "b": .binary([0, 255])]
        )
        #expect(Self.text(record, view: .typed).contains("n   N    5"))
        #expect(Self.text(record, view: .typed).contains("0000  00 ff"))
        #expect(Self.text(record).contains("n   5"))
        #expect(Self.text(record).contains("b   2 bytes 00ff"))
    }

    @Test
    func rawAndPlainJSONAreTheRecords() {
        let record = Self.record(.insert, new: ["id": .string("1"), "n": .number(DecimalNumber(5))])
        #expect(Self.text(record, view: .raw).contains("\"N\": \"5\""))
        #expect(Self.text(record, view: .plain).contains("\"n\": 5"))
    }

    @Test
    func anImageThatIsNoItemIsSaidToBeSo() {
        var record = Self.record(.insert)
        record.newImage = RawItem(unchecked: Array("{\"a\":{\"X\":1}}".utf8)[...])
        #expect(Self.text(record).contains("cannot be decoded"))
        #expect(Self.text(record, view: .plain).contains("cannot be decoded"))
    }

    // MARK: Values that become another kind

    private static func change(_ old: AttributeValue, _ new: AttributeValue) -> StreamRecord {
        Self.record(.modify, old: ["id": .string("1"), "v": old], new: ["id": .string("1"), "v": new])
    }

    /// The lines between the keys and the details.
    private static func rows(_ text: String) -> [String] {
        Array(
            text.split(separator: "\n").map(String.init).drop { !$0.hasPrefix("~") }.prefix {
                !$0.hasPrefix("  created")
            }
        )
    }

    @Test(
        arguments: [
            (
                .map(["x": .string("secretvalue"), "y": .number(DecimalNumber(5))]), .string("gone"),
                ["~ v   map, 2 members → \"gone\"", "-   x  \"secretvalue\"", "-   y  5"]
            ),
            (
                .list([.number(DecimalNumber(7))]), .map(["a": .null]),
                ["~ v   list, 1 element → map, 1 member", "-   [0]  7", "+   a  null"]
            ),
            (
                .numberSet([DecimalNumber(1)]), .number(DecimalNumber(1)),
                ["~ v   number set, 1 member → 1", "-   1"]
            ),
            (
                .stringSet(["1"]), .numberSet([DecimalNumber(1)]),
                ["~ v   string set, 1 member → number set, 1 member", "-   \"1\"", "+   1"]
            ),
            (
                .string(#"{"a":1}"#), .string("not json {"),
                ["~ v   JSON in a string, 1 member → \"not json {\"", "-   a  1"]
            ),
            (
                .string("not json {"), .string(#"[1,{"b":2}]"#),
                [
                    "~ v   \"not json {\" → JSON in a string, 2 elements", "+   [0]  1", "+   [1]  1 member",
                    "+     b  2",
                ]
            ),
            (.string("{}"), .map([:]), ["~ v   JSON in a string, 0 members → map, 0 members"]),
        ] as [(AttributeValue, AttributeValue, [String])]
    )
    func bothContentsOfAValueThatBecameAnotherKindAreShown(
        _ old: AttributeValue,
        _ new: AttributeValue,
        _ rows: [String]
    ) {
        #expect(Self.rows(Self.text(Self.change(old, new))) == rows)
        #expect(Self.difference(["v": old], ["v": new]).changeCount == 1)
    }

    @Test
    func theTypedViewOpensBothContentsToo() {
        let text = Self.text(
            Self.change(.string(#"{"a":1}"#), .list([.numberSet([DecimalNumber(7)])])),
            view: .typed
        )
        #expect(
            Self.rows(text) == [
                "~ v   S    JSON in a string, 1 member → L    list, 1 element", "-   a       1",
                "+   [0]  NS   set of 1", "+     N    7",
            ]
        )
    }

    @Test
    func contentsThatReplaceEachOtherStandSideBySide() {
        let record = Self.change(
            .map(["x": .string("secretvalue"), "y": .number(DecimalNumber(5))]),
            .list([.bool(true)])
        )
        #expect(
            Self.rows(Self.text(record, columns: 118, screenColumns: 120)) == [
                "~ v   map, 2 members | ~ v   list, 1 element", "-   x  \"secretvalue\" | +   [0]  true", "-   y  5 | ",
            ]
        )
    }

    @Test
    func theContentFollowsItsOwnLineIfBothDoNotFitInOne() {
        let long = String(repeating: "z", count: 100)
        #expect(
            Self.rows("~\n" + Self.text(Self.change(.list([.null]), .string(long)))).dropFirst(2) == [
                "- v   list, 1 element", "-   [0]  null", "+ v   \"\(long)\"",
            ]
        )
    }

    @Test(
        arguments: [
            (
                .string(#"{"a":1,"b":2,"c":3}"#), .string(#"{"a":1}"#),
                "~ v   JSON in a string, 3 members | ~ v   JSON in a string, 1 member"
            ),
            (.list([.null, .bool(true)]), .list([.null]), "~ v   2 elements | ~ v   1 element"),
            (.map(["a": .null]), .map(["a": .null, "b": .null]), "~ v   1 member | ~ v   2 members"),
            (.stringSet(["a"]), .stringSet(["a", "b"]), "~ v   set of 1 | ~ v   set of 2"),
        ] as [(AttributeValue, AttributeValue, String)]
    )
    func eachSideTellsItsOwnSize(_ old: AttributeValue, _ new: AttributeValue, _ row: String) {
        let text = Self.text(Self.change(old, new), columns: 118, screenColumns: 120)
        #expect(Self.rows(text).first == row)
    }

    @Test
    func emptyJSONInAStringIsShownAsAString() {
        let text = Self.text(Self.record(.insert, new: ["id": .string("1"), "v": .string("{}"), "w": .map([:])]))
        #expect(text.contains("+ v   \"{}\"\n+ w   {}"))
    }
}
