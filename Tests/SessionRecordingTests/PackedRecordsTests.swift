// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// Records by columns.
@Suite("Packed records", .timeLimit(.minutes(2)))
struct PackedRecordsTests {
    private static func item(_ json: String) -> RawItem {
        RawItem(unchecked: Array(json.utf8)[...])
    }

    private static func record(
        _ number: Int,
        eventID: String? = nil,
        keys: String = #"{"id":{"S":"1"}}"#,
        old: String? = nil,
        new: String? = nil
    ) -> StreamRecord {
        StreamRecord(
            eventID: EventID(eventID ?? String(repeating: "0", count: 30) + "\(number % 90 + 10)"),
            kind: old == nil ? .insert : new == nil ? .remove : .modify,
            keys: Self.item(keys),
            oldImage: old.map(Self.item),
            newImage: new.map(Self.item),
            sequenceNumber: SessionScript.number(number),
            createdAt: Timestamp(milliseconds: 1_767_225_600_000 + Int64(number) * 250),
            size: ByteCount(number),
            isTimeToLive: number.isMultiple(of: 3),
            viewType: .newAndOldImages,
            region: "eu-central-1"
        )
    }

    /// Forms that differ, images that are missing, and everything that JSON allows within an item.
    private static let records: [StreamRecord] = {
        let images = [
            #"{}"#, #"{"id":{"S":"1"},"a":{"N":"12.50"}}"#,
            #"{"id":{"S":"1"},"a":{"S":"line\nbreak \"quoted\" \u0000 \\"}}"#,
            #"{ "id" : { "S" : "1" } , "l":{"L":[{"S":""},{"BOOL":true},{"NULL":true},{"M":{"":{"B":"AAEC"}}}]}}"#,
            #"{"id":{"S":"1"},"set":{"SS":["ä","漢字","👩‍👩‍👧"]},"n":{"NS":["1","2"]}}"#, "{\t\"id\"\n:\r{\"S\":\"1\"}}",
        ]
        return images.enumerated().flatMap { number, image in
            [
                Self.record(3 * number, new: image), Self.record(3 * number + 1, old: image, new: images[0]),
                Self.record(3 * number + 2, keys: image, old: image),
            ]
        }
    }()

    @Test func recordsComeBackAsTheyWere() throws {
        for count in 1...Self.records.count {
            let records = Array(Self.records.prefix(count))
            let row = try #require(BatchRow(records, of: BatchID(1)))
            #expect(row.data.first == PackedRecords.layout)
            #expect(row.records == records, "\(count)")
        }
    }

    @Test(arguments: ["", "event-1", "ABCDEF0123456789ABCDEF0123456789", "\n\u{1B}[2J\u{0}"])
    func anIdentityMayBeAnyText(text: String) throws {
        let records = [Self.record(1, new: "{}"), Self.record(2, eventID: text, new: "{}")]
        #expect(try #require(BatchRow(records, of: BatchID(1))).records == records)
    }

    @Test func recordsOfAScriptComeBackAsTheyWere() async throws {
        let recorded = try await RecordedScript(seed: 9, steps: 200)
        let batches = recorded.events.values.compactMap { event -> BatchDescription? in
            if case .batchFormed(let batch) = event.kind { batch } else { nil }
        }
        #expect(batches.count > 20)
        for batch in batches {
            #expect(PackedRecords.decode(try #require(PackedRecords.encode(batch.records))) == batch.records)
        }
    }

    /// What does not fit into columns is stored as JSON, as in format 2.
    @Test func aRegionWithControlCharactersIsStoredAsJSON() throws {
        var record = Self.record(1, new: "{}")
        record.region = "eu\u{1}west"
        let row = try #require(BatchRow([record], of: BatchID(1)))
        #expect(row.data.first != PackedRecords.layout)
        #expect(row.records == [record])
    }

    @Test func alikeRecordsTakeLessThanTheirJSONDeflated() throws {
        var random = SplitMix64(seed: 1)
        func hexadecimal(_ digits: Int) -> String {
            (0..<digits).map { _ in String(Int.random(in: 0..<16, using: &random), radix: 16) }.joined()
        }
        let records = (0..<100).map { number in
            let id = "msg-\(hexadecimal(10))"
            let event = #"{\"type\":\"message\",\"user\":\"\#(hexadecimal(8))\"}"#
            return Self.record(
                number,
                eventID: hexadecimal(32),
                keys: #"{"id":{"S":"\#(id)"}}"#,
                new: #"{"id":{"S":"\#(id)"},"event":{"S":"\#(event)"}}"#
            )
        }
        let packed = try #require(PackedRecords.encode(records))
        let deflated = try #require(Compression.deflate(RecordList.encode(records), level: 6))
        #expect(packed.count * 10 < deflated.count * 8, "\(packed.count) of \(deflated.count)")
    }

    /// A stranger's file: whatever the bytes are, there are records whose items are JSON, or none.
    @Test func changedBytesNeverMakeItemsThatAreNoJSON() throws {
        var random = SplitMix64(seed: 5)
        let whole = try #require(PackedRecords.encode(Self.records))
        var reader = PackedReader(whole, position: 1)
        let identities = Array(try reader.text())
        let body = try #require(Compression.inflate(Array(try reader.take(reader.left)), limit: 1 << 20))
        var readable = 0
        for _ in 0..<3000 {
            var changed = body
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                switch Int.random(in: 0..<3, using: &random) {
                case 0:
                    changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(
                        in: 0...255,
                        using: &random
                    )
                case 1: changed.removeLast(Int.random(in: 0...(changed.count - 1), using: &random) / 8)
                default:
                    changed.insert(UInt8.random(in: 0...255, using: &random), at: Int.random(in: 0...8, using: &random))
                }
            }
            var unpacking = RecordUnpacking(changed, identities: identities)
            guard let records = try? unpacking.records() else { continue }
            readable += 1
            for item in records.flatMap({ [$0.keys, $0.newImage, $0.oldImage] }).compactMap(\.self) {
                #expect(throws: Never.self) { try JSONScanner.checkObject(item.bytes) }
            }
        }
        #expect(readable > 0)
    }

    /// Few bytes that claim to be many records, or many texts.
    @Test(arguments: [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x01], [0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], [0x05, 0x00], [],
    ])
    func hugeNumbersAreRefused(body: [UInt8]) {
        var unpacking = RecordUnpacking(body, identities: [])
        #expect(throws: PackedReader.Fault.self) { try unpacking.records() }
    }
}
