// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Puts the records of a batch together again.
struct RecordUnpacking {
    private typealias Fault = PackedReader.Fault

    /// What one record is, but for its items.
    private struct Head {
        var shape: Int
        var createdAt: Timestamp
        var size: ByteCount
        var sequenceNumber: SequenceNumber
        var eventID: EventID
    }

    private var reader: PackedReader
    private let identities: [UInt8]
    private var shapes: [RecordShape] = []
    /// Where the next text of each column of each shape begins.
    private var columns: [[Int]] = []
    /// The items of all records, one behind the other.
    private var page: [UInt8] = []

    init(_ body: [UInt8], identities: [UInt8]) {
        self.reader = PackedReader(body)
        self.identities = identities
    }

    mutating func records() throws(PackedReader.Fault) -> [StreamRecord] {
        let count = try self.reader.count(RecordingFormat.batchLimit)
        for _ in 0..<(try self.reader.count(self.reader.left)) {
            guard let shape = RecordShape(try self.reader.text()) else { throw Fault() }
            self.shapes.append(shape)
        }
        let heads = try self.heads(count)
        for shape in self.shapes { try self.readColumns(shape.texts) }
        self.page.reserveCapacity(min(RecordingFormat.recordsLimit, self.reader.bytes.count * 3))
        var ranges: [[Range<Int>?]] = []
        ranges.reserveCapacity(count)
        for head in heads { ranges.append(try self.items(head.shape)) }
        var records: [StreamRecord] = []
        records.reserveCapacity(count)
        for (head, ranges) in zip(heads, ranges) { records.append(try self.record(head, ranges)) }
        return records
    }

    // MARK: Columns

    private mutating func heads(_ count: Int) throws(PackedReader.Fault) -> [Head] {
        let members = try self.members(count)
        var times: [Timestamp] = []
        var time: Int64 = 0
        for _ in 0..<count {
            time = time &+ (try self.reader.signedNumber())
            guard RecordingFormat.times.contains(time) else { throw Fault() }
            times.append(Timestamp(milliseconds: time))
        }
        var sizes: [ByteCount] = []
        for _ in 0..<count { sizes.append(ByteCount(try self.reader.count(1 << 50))) }
        let numbers = try self.sequenceNumbers(count)
        let identities = try self.eventIDs(count)
        return members.indices.map {
            Head(
                shape: members[$0],
                createdAt: times[$0],
                size: sizes[$0],
                sequenceNumber: numbers[$0],
                eventID: identities[$0]
            )
        }
    }

    private mutating func members(_ count: Int) throws(PackedReader.Fault) -> [Int] {
        guard count == 0 || !self.shapes.isEmpty else { throw Fault() }
        guard self.shapes.count > 1 else { return Array(repeating: 0, count: count) }
        var members: [Int] = []
        for _ in 0..<count { members.append(try self.reader.count(self.shapes.count - 1)) }
        return members
    }

    private mutating func sequenceNumbers(_ count: Int) throws(PackedReader.Fault) -> [SequenceNumber] {
        var numbers: [SequenceNumber] = []
        var digits: [UInt8] = []
        for _ in 0..<count {
            digits.removeLast(digits.count - (try self.reader.count(digits.count)))
            digits.append(contentsOf: try self.reader.text())
            guard let number = digits.withUnsafeBufferPointer({ SequenceNumber(digits: $0) }) else { throw Fault() }
            numbers.append(number)
        }
        return numbers
    }

    private mutating func eventIDs(_ count: Int) throws(PackedReader.Fault) -> [EventID] {
        var identities: [EventID] = []
        if self.identities.isEmpty {
            for _ in 0..<count {
                guard let text = String(validating: try self.reader.text(), as: UTF8.self) else { throw Fault() }
                identities.append(EventID(text))
            }
            return identities
        }
        guard self.identities.count == 16 * count else { throw Fault() }
        self.identities.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: 16) {
                identities.append(
                    EventID(
                        high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)),
                        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self))
                    )
                )
            }
        }
        return identities
    }

    private mutating func readColumns(_ count: Int) throws(PackedReader.Fault) {
        var starts: [Int] = []
        for _ in 0..<count {
            let same = try self.reader.count(starts.count)
            if same > 0 {
                starts.append(starts[same - 1])
            } else {
                starts.append(try self.reader.text().startIndex)
            }
        }
        self.columns.append(starts)
    }

    // MARK: Records

    /// Writes the items of the next record of a shape; says where they are: new image, old image, keys.
    private mutating func items(_ shape: Int) throws(PackedReader.Fault) -> [Range<Int>?] {
        var column = 0
        var ranges: [Range<Int>?] = []
        for form in self.shapes[shape].forms {
            guard let form else {
                ranges.append(nil)
                continue
            }
            let start = self.page.count
            for (index, part) in form.enumerated() {
                if index > 0 {
                    try self.appendText(shape, column)
                    column += 1
                }
                self.page.append(contentsOf: part)
            }
            guard self.page.count <= RecordingFormat.recordsLimit else { throw Fault() }
            ranges.append(start..<self.page.count)
        }
        return ranges
    }

    private mutating func appendText(_ shape: Int, _ column: Int) throws(PackedReader.Fault) {
        let start = self.columns[shape][column]
        let end = self.reader.bytes.withUnsafeBufferPointer { bytes in
            var end = start
            while end < bytes.count, bytes[end] != PackedRecords.textEnd { end += 1 }
            return end
        }
        guard end < self.reader.bytes.count else { throw Fault() }
        self.page.append(contentsOf: self.reader.bytes[start..<end])
        self.columns[shape][column] = end + 1
    }

    private func record(_ head: Head, _ ranges: [Range<Int>?]) throws(PackedReader.Fault) -> StreamRecord {
        let shape = self.shapes[head.shape]
        guard let keys = try self.item(ranges[2], isKeys: true) else { throw Fault() }
        return StreamRecord(
            eventID: head.eventID,
            kind: shape.kind,
            keys: keys,
            oldImage: try self.item(ranges[1]),
            newImage: try self.item(ranges[0]),
            sequenceNumber: head.sequenceNumber,
            createdAt: head.createdAt,
            size: head.size,
            isTimeToLive: shape.isTimeToLive,
            viewType: shape.viewType,
            region: shape.region
        )
    }

    /// An item, checked as one that comes from the service.
    private func item(_ range: Range<Int>?, isKeys: Bool = false) throws(PackedReader.Fault) -> RawItem? {
        guard let range else { return nil }
        do throws(JSONFault) {
            try JSONScanner.checkObject(self.page[range])
        } catch {
            throw Fault()
        }
        return RawItem(sharing: self.page, range: range, isKeys: isKeys)
    }
}
