// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Makes records out of what was read of them.
struct RecordBuilder {
    private let page: [UInt8]
    // Regions hardly ever differ within a page.
    private var region = ""
    private var regionText: JSONScanner.Text?

    init(page: [UInt8]) {
        self.page = page
    }

    /// The record, or a fault that names what is missing.
    ///
    /// Emulators leave size and view type out: the size is then counted, the view type is what the images tell.
    @inline(__always)
    mutating func record(
        _ fields: RecordFields,
        _ scanner: JSONScanner,
        at offset: Int
    ) throws(JSONFault) -> StreamRecord {
        guard let eventID = fields.eventID, let kind = fields.kind, let keys = fields.keys,
            let sequenceNumber = fields.sequenceNumber, let createdAt = fields.createdAt
        else { throw Self.missing(fields, at: offset) }
        self.setRegion(fields.region, scanner)
        let hasOldImage = fields.oldImage != nil
        let hasNewImage = fields.newImage != nil
        return StreamRecord(
            eventID: Self.eventID(eventID, scanner),
            kind: kind,
            keys: RawItem(page: self.page, range: keys, isKeys: true),
            oldImage: fields.oldImage.map { RawItem(page: self.page, range: $0, isKeys: false) },
            newImage: fields.newImage.map { RawItem(page: self.page, range: $0, isKeys: false) },
            sequenceNumber: sequenceNumber,
            createdAt: createdAt,
            size: ByteCount(try self.size(fields, at: offset)),
            isTimeToLive: fields.isTimeToLive,
            viewType: fields.viewType ?? Self.viewType(hasOldImage, hasNewImage),
            region: self.region
        )
    }

    @inline(__always)
    private mutating func setRegion(_ text: JSONScanner.Text?, _ scanner: JSONScanner) {
        if let text, let regionText, scanner.bytes(of: text, equal: regionText) { return }
        self.region = text.map { scanner.value(of: $0) } ?? ""
        self.regionText = text
    }

    @inline(__always)
    private static func eventID(_ text: JSONScanner.Text, _ scanner: JSONScanner) -> EventID {
        guard !text.hasEscapes, let id = EventID(digits: scanner.buffer(of: text)) else {
            return EventID(scanner.value(of: text))
        }
        return id
    }

    @inline(__always)
    private func size(_ fields: RecordFields, at offset: Int) throws(JSONFault) -> Int {
        if let size = fields.size { return size }
        return try self.count([fields.keys, fields.oldImage, fields.newImage], at: offset)
    }

    @inline(never)
    private func count(_ ranges: [Range<Int>?], at offset: Int) throws(JSONFault) -> Int {
        var size = ByteCount(0)
        for case let range? in ranges {
            do throws(DynamoDBError) {
                size = size + (try RawItem(page: self.page, range: range, isKeys: true).decoded()).size
            } catch {
                throw JSONFault(.type, "a record has no SizeBytes, and: \(error.message)", offset: offset)
            }
        }
        return size.bytes
    }

    private static func viewType(_ hasOld: Bool, _ hasNew: Bool) -> StreamViewType {
        switch (hasOld, hasNew) {
        case (true, true): .newAndOldImages
        case (true, false): .oldImage
        case (false, true): .newImage
        case (false, false): .keysOnly
        }
    }

    @inline(never)
    private static func missing(_ fields: RecordFields, at offset: Int) -> JSONFault {
        let members: [(name: String, isMissing: Bool)] = [
            ("eventID", fields.eventID == nil), ("eventName", fields.kind == nil),
            ("dynamodb.Keys", fields.keys == nil), ("dynamodb.SequenceNumber", fields.sequenceNumber == nil),
            ("dynamodb.ApproximateCreationDateTime", fields.createdAt == nil),
        ]
        let names = members.filter(\.isMissing).map(\.name).joined(separator: ", ")
        return JSONFault(.type, "a record has no \(names)", offset: offset)
    }
}
