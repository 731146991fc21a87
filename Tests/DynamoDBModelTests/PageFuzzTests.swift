// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

/// The fast reader against the plain one on broken input: it never crashes, and what it accepts says the same.
@Suite struct PageFuzzTests {
    private static let duplicate = "a name occurs twice in an object"

    /// Checks one page.
    ///
    /// The fast reader does not look for duplicate names in what it only steps over.
    private func compare(_ page: [UInt8]) throws {
        let reference: JSONValue?
        do throws(JSONFault) {
            reference = try JSONValue(parsing: page)
        } catch {
            if error.message == Self.duplicate {
                _ = try? StoryRecords.decode(page)
                return
            }
            reference = nil
        }
        guard let decoded = try? StoryRecords.decode(page) else { return }
        let tree = try #require(reference, "accepted what is no JSON: \(String(decoding: page, as: UTF8.self))")
        #expect(decoded.next?.text == tree["NextShardIterator"]?.string)
        let records = try #require(tree["Records"]?.array)
        #expect(decoded.records.count == records.count)
        for (record, tree) in zip(decoded.records, records) {
            let change = try #require(tree["dynamodb"])
            #expect(record.eventID.text == tree["eventID"]?.string)
            #expect(record.kind.rawValue == tree["eventName"]?.string)
            #expect(record.region == tree["awsRegion"]?.string ?? "")
            #expect(record.sequenceNumber.text == change["SequenceNumber"]?.string)
            #expect(try JSONValue(parsing: record.keys.bytes) == change["Keys"])
            try self.compare(record.newImage, change["NewImage"])
            try self.compare(record.oldImage, change["OldImage"])
            let seconds = try #require(change["ApproximateCreationDateTime"]?.number.flatMap { Double($0) })
            #expect(abs(Double(record.createdAt.milliseconds) - seconds * 1000) <= 0.5 + seconds.magnitude * 1e-12)
            if let size = change["SizeBytes"]?.number {
                #expect(Double(record.size.bytes) == Double(size))
            }
            if let item = try? record.keys.decoded() {
                let again = try #require(change["Keys"]?.members).count
                #expect(item.count == again)
                #expect(try RawItem(item).decoded() == item)
            }
        }
    }

    private func compare(_ image: RawItem?, _ tree: JSONValue?) throws {
        guard let image else {
            #expect(tree == nil || tree == .null)
            return
        }
        #expect(try JSONValue(parsing: image.bytes) == tree)
        _ = try? image.decoded()
    }

    @Test(arguments: 0..<8)
    func mutatedPages(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let valid = StoryRecords.page([StoryRecords.insert, StoryRecords.expired])
        let alphabet =
            Array("\"\\{}[]:,0123456789eE+-.u /ntrfalsé\u{1}SNBKeys".utf8) + [0x00, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF]
        for _ in 0..<400 {
            var page = valid
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<page.count, using: &generator)
                let byte = alphabet.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: page[index] = byte
                case 1: page.insert(byte, at: index)
                case 2: page.remove(at: index)
                case 3:
                    let end = min(page.count, index + Int.random(in: 1...40, using: &generator))
                    page.removeSubrange(index..<end)
                default:
                    let end = min(page.count, index + Int.random(in: 1...60, using: &generator))
                    page.insert(contentsOf: page[index..<end], at: Int.random(in: 0...page.count, using: &generator))
                }
                if page.isEmpty { page = valid }
            }
            try self.compare(page)
        }
    }

    @Test func randomBytes() {
        var generator = SplitMix64(seed: 99)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...80, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect((try? StoryRecords.decode(bytes)) == nil)
            #expect((try? WireOperation.batchWriteItem.decodeInput(bytes)) == nil || bytes.isEmpty)
            _ = try? RawItem(parsing: bytes)
            _ = DynamoDBError(status: 400, body: bytes, requestID: nil, operation: nil)
        }
    }

    /// Random strings, written by us, read by both.
    @Test func randomTexts() throws {
        var generator = SplitMix64(seed: 5)
        let scalars: [ClosedRange<UInt32>] = [
            0...0x7F, 0x20...0x7E, 0x22...0x22, 0x5C...0x5C, 0x80...0x7FF, 0xE000...0x10FFFF,
        ]
        for _ in 0..<600 {
            var text = ""
            for _ in 0..<Int.random(in: 0...40, using: &generator) {
                let range = scalars.randomElement(using: &generator) ?? 0...0
                text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: range, using: &generator)) ?? "x")
            }
            let raw = RawItem(["k": .string(text)])
            #expect(try raw.decoded() == ["k": .string(text)])
            #expect(try raw.primaryKey(["k"]).partition == .string(text))
            #expect(try JSONValue(parsing: raw.bytes)["k"]?["S"]?.string.map { Array($0.utf8) } == Array(text.utf8))
        }
    }
}
