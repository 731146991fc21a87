// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the answer of GetRecords in one pass over its bytes.
///
/// Keys and images are checked but not decoded: a record keeps where they lie and shares the page.
enum RecordPageDecoder {
    static func decode(_ page: [UInt8]) throws(JSONFault) -> RecordPage {
        guard page.count <= JSONLimits.maximumBytes else {
            throw JSONFault(.syntax, "longer than \(JSONLimits.maximumBytes) bytes")
        }
        return try JSONScanner.read(page[...]) { (scanner) throws(JSONFault) in
            var records: [StreamRecord]?
            var next: ShardIterator?
            var hasNext = false
            var more = try scanner.beginObject()
            while more {
                let name = try scanner.memberName()
                if scanner.text(name, is: "Records") {
                    guard records == nil else { throw .duplicateName(at: name.start) }
                    records = try Self.records(&scanner, page)
                } else if scanner.text(name, is: "NextShardIterator") {
                    guard !hasNext else { throw .duplicateName(at: name.start) }
                    hasNext = true
                    // The service leaves it out at the end of a shard; others write null.
                    if try !scanner.isNull() { next = ShardIterator(scanner.value(of: try scanner.expectString())) }
                } else {
                    _ = try scanner.skipValue()
                }
                more = try scanner.nextMember()
            }
            try scanner.finish()
            guard let records else { throw JSONFault(.type, "Records is missing") }
            return RecordPage(records: records, next: next)
        }
    }

    private static func records(_ scanner: inout JSONScanner, _ page: [UInt8]) throws(JSONFault) -> [StreamRecord] {
        guard scanner.peek() == UInt8(ascii: "[") else { throw scanner.typeFault(.list) }
        var builder = RecordBuilder(page: page)
        var records: [StreamRecord] = []
        let start = scanner.position
        var more = try scanner.beginArray()
        while more {
            guard let position = scanner.peek().map({ _ in scanner.position }) else { throw scanner.unexpected() }
            let fields = try scanner.recordFields()
            records.append(try builder.record(fields, scanner, at: position))
            if records.count == 1 {
                // Records of a page are alike: the first one tells about how many there are.
                let estimate = (page.count &- start) / max(scanner.position &- start, 1)
                records.reserveCapacity(min(estimate &+ estimate / 8 &+ 1, 1024))
            }
            more = try scanner.nextElement()
        }
        return records
    }
}
