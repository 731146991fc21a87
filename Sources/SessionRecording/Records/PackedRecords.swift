// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Records of a batch by columns, which takes less room and time than their JSON.
///
/// Items of one table have the same attributes: their form is written once, and the texts of the first attribute of all records
/// stand together, then those of the second. What is random by nature, the identities, is not deflated. FileFormat.md has it in full.
struct PackedRecords {
    /// The first byte; what is deflated begins with another.
    static let layout: UInt8 = 1
    /// Ends each text of a column: within a string of JSON it would be escaped.
    static let textEnd = UInt8(ascii: "\n")

    /// As many columns are looked through for one that is the same: what has more is a long list.
    private static let comparedColumns = 256

    private struct Group {
        var shape: [UInt8]
        var columns: [[UInt8]]
    }

    private var groups: [Group] = []
    private var numbers: [[UInt8]: Int] = [:]
    private var members: [Int] = []
    // Of one record, used again and again.
    private var shape: [UInt8] = []
    private var texts: [UInt8] = []
    private var ends: [Int] = []

    private init() {}

    /// Packs records; nil if there is one whose items are no JSON, or no memory.
    static func encode(_ records: [StreamRecord]) -> [UInt8]? {
        var packed = Self()
        do throws(JSONFault) {
            for record in records { try packed.add(record) }
        } catch {
            return nil
        }
        guard records.allSatisfy({ $0.size.bytes >= 0 && $0.region.utf8.allSatisfy { $0 >= 0x20 } }),
            let body = Compression.deflate(packed.body(records))
        else { return nil }
        var data = PackedBytes()
        data.count(Int(Self.layout))
        let identities = Self.identities(records)
        data.text(identities ?? [])
        data.append(body)
        return data.bytes
    }

    private mutating func add(_ record: StreamRecord) throws(JSONFault) {
        self.shape.removeAll(keepingCapacity: true)
        self.texts.removeAll(keepingCapacity: true)
        self.ends.removeAll(keepingCapacity: true)
        self.shape.append(RecordShape.flags(of: record))
        self.shape.append(contentsOf: record.viewType.rawValue.utf8)
        self.shape.append(RecordShape.end)
        self.shape.append(contentsOf: record.region.utf8)
        self.shape.append(RecordShape.end)
        for item in [record.newImage, record.oldImage, record.keys] {
            if let item {
                try JSONScanner.takeApart(item.bytes, form: &self.shape, texts: &self.texts, ends: &self.ends)
            }
            self.shape.append(RecordShape.end)
        }
        let group = self.group()
        self.members.append(group)
        var start = 0
        for (column, end) in self.ends.enumerated() {
            self.groups[group].columns[column].append(contentsOf: self.texts[start..<end])
            self.groups[group].columns[column].append(Self.textEnd)
            start = end
        }
    }

    /// The group of the record that was just taken apart.
    private mutating func group() -> Int {
        if let last = self.members.last, self.groups[last].shape == self.shape { return last }
        if let number = self.numbers[self.shape] { return number }
        self.numbers[self.shape] = self.groups.count
        self.groups.append(Group(shape: self.shape, columns: Array(repeating: [], count: self.ends.count)))
        return self.groups.count - 1
    }

    /// 16 bytes a record; nil if there is one that has another identity.
    private static func identities(_ records: [StreamRecord]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16 * records.count)
        for record in records {
            guard let (high, low) = record.eventID.digits else { return nil }
            withUnsafeBytes(of: high.bigEndian) { bytes.append(contentsOf: $0) }
            withUnsafeBytes(of: low.bigEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    private func body(_ records: [StreamRecord]) -> [UInt8] {
        var body = PackedBytes()
        body.count(records.count)
        body.count(self.groups.count)
        for group in self.groups { body.text(group.shape) }
        if self.groups.count > 1 { for number in self.members { body.count(number) } }
        var before: Int64 = 0
        for record in records {
            body.signedNumber(record.createdAt.milliseconds &- before)
            before = record.createdAt.milliseconds
        }
        for record in records { body.count(record.size.bytes) }
        var last: [UInt8] = []
        for record in records {
            let digits = Array(record.sequenceNumber.text.utf8)
            let shared = zip(last, digits).prefix { $0 == $1 }.count
            body.count(shared)
            body.text(digits[shared...])
            last = digits
        }
        if !records.allSatisfy({ $0.eventID.digits != nil }) {
            for record in records { body.text(record.eventID.text.utf8) }
        }
        for group in self.groups { Self.append(group.columns, to: &body) }
        return body.bytes
    }

    /// Each column behind its length, or which one before it is the same: keys stand in images as well.
    private static func append(_ columns: [[UInt8]], to body: inout PackedBytes) {
        for (index, column) in columns.enumerated() {
            if let same = columns[..<min(index, Self.comparedColumns)].firstIndex(of: column) {
                body.count(same + 1)
            } else {
                body.count(0)
                body.text(column)
            }
        }
    }
}
