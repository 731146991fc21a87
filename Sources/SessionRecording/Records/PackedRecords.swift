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

    private var columns = RecordColumns()
    private var identities = PackedBytes()
    private var hasOtherIdentities = false
    private var times = PackedBytes()
    private var sizes = PackedBytes()
    private var numbers = PackedBytes()
    // Of the record before.
    private var time: Int64 = 0
    private var digits: [UInt8] = []
    // Used again and again.
    private var nextDigits: [UInt8] = []

    private init() {}

    /// Packs records; nil if there is one whose items are no JSON, or no memory.
    static func encode(_ records: [StreamRecord], with deflater: Deflater = Deflater()) -> [UInt8]? {
        var packed = Self()
        packed.identities.reserve(16 * records.count)
        do throws(JSONFault) {
            // By their places: a loop over the elements would copy each, which takes longer than to pack it.
            for index in records.indices {
                guard records[index].size.bytes >= 0 else { return nil }
                guard try packed.columns.add(records[index]) else { return nil }
                packed.add(records[index])
            }
        } catch {
            return nil
        }
        guard let body = deflater.deflate(packed.body(records)) else { return nil }
        var data = PackedBytes()
        data.reserve(packed.identities.bytes.count + body.count + 8)
        data.count(Int(Self.layout))
        data.text(packed.hasOtherIdentities ? [] : packed.identities.bytes)
        data.append(body)
        return data.bytes
    }

    /// What is not in the columns.
    private mutating func add(_ record: StreamRecord) {
        if let (high, low) = record.eventID.digits {
            self.identities.word(high)
            self.identities.word(low)
        } else {
            self.hasOtherIdentities = true
        }
        self.times.signedNumber(record.createdAt.milliseconds &- self.time)
        self.time = record.createdAt.milliseconds
        self.sizes.count(record.size.bytes)
        self.nextDigits.removeAll(keepingCapacity: true)
        record.sequenceNumber.append(to: &self.nextDigits)
        var shared = 0
        while shared < min(self.digits.count, self.nextDigits.count), self.digits[shared] == self.nextDigits[shared] {
            shared += 1
        }
        self.numbers.count(shared)
        self.numbers.text(self.nextDigits[shared...])
        swap(&self.digits, &self.nextDigits)
    }

    private func body(_ records: [StreamRecord]) -> [UInt8] {
        var body = PackedBytes()
        body.reserve(
            self.columns.byteCount + self.times.bytes.count + self.sizes.bytes.count + self.numbers.bytes.count
        )
        body.count(records.count)
        self.columns.appendShapes(to: &body)
        body.append(self.times.bytes)
        body.append(self.sizes.bytes)
        body.append(self.numbers.bytes)
        if self.hasOtherIdentities {
            for record in records { body.text(record.eventID.text.utf8) }
        }
        self.columns.appendTexts(to: &body)
        return body.bytes
    }
}
