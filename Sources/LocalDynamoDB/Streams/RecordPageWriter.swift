// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Writes the JSON of a GetRecords answer from the rows of a page; images are copied as they are stored.
struct RecordPageWriter {
    private var bytes: [UInt8]
    private var isFirst = true
    private let afterName: [UInt8]
    private let end: [UInt8]

    /// Begins a page.
    init(region: String, viewType: StreamViewType) {
        self.bytes = Array(#"{"Records":["#.utf8)
        self.bytes.reserveCapacity(256 << 10)
        self.afterName = Array(
            (#"","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":""# + region
                + #"","dynamodb":{"ApproximateCreationDateTime":"#).utf8
        )
        self.end = Array(#","StreamViewType":"\#(viewType.rawValue)"}"#.utf8)
    }

    /// Appends a row of `selectRecords`.
    mutating func append(_ row: SQLStatement, eventID: (high: UInt64, low: UInt64), number: Int64) {
        if self.isFirst { self.isFirst = false } else { self.bytes.append(UInt8(ascii: ",")) }
        self.append(#"{"eventID":""#)
        self.appendHexadecimal(eventID.high)
        self.appendHexadecimal(eventID.low)
        self.append(#"","eventName":""#)
        switch ChangeKind(code: row.integer(1)) {
        case .insert: self.append("INSERT")
        case .modify: self.append("MODIFY")
        case .remove: self.append("REMOVE")
        }
        self.bytes.append(contentsOf: self.afterName)
        self.append(decimal: row.integer(2) / 1000)
        self.append(#","Keys":"#)
        if row.byteCount(5) > 0 {
            self.appendColumn(row, 5, prefix: nil)
        } else {
            self.appendColumn(row, row.byteCount(7) > 0 ? 7 : 6, prefix: Int(row.integer(4)))
            self.bytes.append(UInt8(ascii: "}"))
        }
        if row.byteCount(7) > 0 {
            self.append(#","NewImage":"#)
            self.appendColumn(row, 7, prefix: nil)
        }
        if row.byteCount(6) > 0 {
            self.append(#","OldImage":"#)
            self.appendColumn(row, 6, prefix: nil)
        }
        self.append(#","SequenceNumber":""#)
        self.append(UInt8(ascii: "1"))
        self.append(decimal: number, digits: 20)
        self.append(#"","SizeBytes":"#)
        self.append(decimal: row.integer(3))
        self.bytes.append(contentsOf: self.end)
        if row.integer(1) == StoreCore.expiryCode {
            self.append(#","userIdentity":{"PrincipalId":"dynamodb.amazonaws.com","Type":"Service"}"#)
        }
        self.bytes.append(UInt8(ascii: "}"))
    }

    /// Ends the page.
    mutating func finish(next: ShardIterator?) -> [UInt8] {
        self.bytes.append(UInt8(ascii: "]"))
        if let next {
            // An iterator of ours holds nothing that JSON would escape.
            self.append(#","NextShardIterator":""#)
            self.bytes.append(contentsOf: next.text.utf8)
            self.append(#"""#)
        }
        self.bytes.append(UInt8(ascii: "}"))
        return self.bytes
    }

    private mutating func append(_ text: StaticString) {
        self.bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func append(_ byte: UInt8) {
        self.bytes.append(byte)
    }

    /// Appends a number that is not negative, with zeros in front up to so many digits.
    private mutating func append(decimal value: Int64, digits: Int = 1) {
        let start = self.bytes.count
        var rest = UInt64(max(0, value))
        while rest > 0 || self.bytes.count - start < digits {
            self.bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        self.bytes[start...].reverse()
    }

    private mutating func appendColumn(_ row: SQLStatement, _ column: Int32, prefix: Int?) {
        row.withBytes(column) { buffer in
            guard let buffer else { return }
            self.bytes.append(contentsOf: prefix.map { buffer.prefix($0) } ?? buffer[...])
        }
    }

    private mutating func appendHexadecimal(_ word: UInt64) {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: word >> shift) & 15
            self.bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
    }
}
