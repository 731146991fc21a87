// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The texts of records, by the records' shapes and their places in these.
struct RecordColumns {
    private struct Group {
        var shape: [UInt8]
        var columns: [[UInt8]]

        /// Adds the texts of a record, which stand one behind the other.
        mutating func add(_ texts: [UInt8], ends: [Int]) {
            texts.withUnsafeBufferPointer { texts in
                var start = 0
                for column in ends.indices {
                    self.columns[column].append(contentsOf: UnsafeBufferPointer(rebasing: texts[start..<ends[column]]))
                    self.columns[column].append(PackedRecords.textEnd)
                    start = ends[column]
                }
            }
        }
    }

    /// As many columns are looked through for one that is the same: what has more is a long list.
    private static let comparedColumns = 256

    private var groups: [Group] = []
    private var numbers: [[UInt8]: Int] = [:]
    private var members: [Int] = []
    // Of one record, used again and again.
    private var shape: [UInt8] = []
    private var texts: [UInt8] = []
    private var ends: [Int] = []

    /// About how many bytes there are.
    var byteCount: Int {
        self.groups.reduce(64) { $0 + $1.shape.count + $1.columns.reduce(0) { $0 + $1.count + 4 } }
    }

    /// Adds the items of a record.
    ///
    /// - Returns: whether it has a shape; not with control characters in the name of its region.
    /// - Throws: What is wrong with an item that is no JSON.
    mutating func add(_ record: StreamRecord) throws(JSONFault) -> Bool {
        self.shape.removeAll(keepingCapacity: true)
        self.texts.removeAll(keepingCapacity: true)
        self.ends.removeAll(keepingCapacity: true)
        self.shape.append(
            RecordShape.flags(
                of: record.kind,
                isTimeToLive: record.isTimeToLive,
                hasNewImage: record.newImage != nil,
                hasOldImage: record.oldImage != nil
            )
        )
        self.appendToShape(record.viewType.rawValue)
        self.appendToShape(record.region)
        if let image = record.newImage { try self.takeApart(image) }
        self.shape.append(RecordShape.end)
        if let image = record.oldImage { try self.takeApart(image) }
        self.shape.append(RecordShape.end)
        try self.takeApart(record.keys)
        self.shape.append(RecordShape.end)
        let group = self.group()
        if group == self.groups.count {
            // The region is a part of the shape: it is looked at once.
            guard record.region.utf8.allSatisfy({ $0 >= 0x20 }) else { return false }
            self.numbers[self.shape] = group
            self.groups.append(Group(shape: self.shape, columns: Array(repeating: [], count: self.ends.count)))
        }
        self.members.append(group)
        self.groups[group].add(self.texts, ends: self.ends)
        return true
    }

    private mutating func takeApart(_ item: RawItem) throws(JSONFault) {
        try JSONScanner.takeApart(item.bytes, form: &self.shape, texts: &self.texts, ends: &self.ends)
    }

    private mutating func appendToShape(_ text: String) {
        var text = text
        text.withUTF8 { self.shape.append(contentsOf: $0) }
        self.shape.append(RecordShape.end)
    }

    /// The group of the record that was just taken apart; behind the last one if there is none yet.
    private func group() -> Int {
        if let last = self.members.last, self.groups[last].shape == self.shape { return last }
        return self.numbers[self.shape] ?? self.groups.count
    }

    /// Writes the shapes, and of each record which one it has.
    func appendShapes(to body: inout PackedBytes) {
        body.count(self.groups.count)
        for group in self.groups { body.text(group.shape) }
        if self.groups.count > 1 { for number in self.members { body.count(number) } }
    }

    /// Writes each column behind its length, or which one before it is the same: keys stand in images as well.
    func appendTexts(to body: inout PackedBytes) {
        for group in self.groups {
            for (index, column) in group.columns.enumerated() {
                if let same = group.columns[..<min(index, Self.comparedColumns)].firstIndex(of: column) {
                    body.count(same + 1)
                } else {
                    body.count(0)
                    body.text(column)
                }
            }
        }
    }
}
