// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension StoreCore {
    /// A page reads no more than this many bytes of items.
    static let largestScan = 1 << 20

    func scan(_ request: ScanRequest) throws(DynamoDBError) -> ScanResult {
        let table = try self.table(request.tableName)
        if let limit = request.limit { try checkRange(limit, 1...Int(Int32.max), member: "limit") }
        let hashes = try Self.hashes(request)
        var after = EncodedKey.prefix(hashes.lowerBound)
        if let start = request.exclusiveStartKey {
            do throws(DynamoDBError) {
                try ItemChecks.checkKey(start, schema: table.keySchema)
            } catch {
                throw invalid("The provided starting key is invalid: \(error.message)")
            }
            let key = LocatedKey(start, in: table).encoded
            guard hashes.contains(key.hash) else {
                throw invalid(
                    """
                    The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey \
                    with correct Segment. TotalSegments: \(request.totalSegments ?? 1) Segment: \(request.segment ?? 0)
                    """
                )
            }
            after = key.bytes
        }
        return try self.page(request, table: table, after: after, last: hashes.upperBound)
    }

    private func page(
        _ request: ScanRequest,
        table: TableEntry,
        after: [UInt8],
        last: UInt64
    ) throws(DynamoDBError) -> ScanResult {
        let rows = self.statements.scanItems
        defer { rows.reset() }
        rows.bind(1, table.id)
        rows.bind(2, after)
        // Behind every key of the last hash: no key is as long as that.
        rows.bind(3, EncodedKey.prefix(last) + [UInt8](repeating: 0xff, count: 3))
        var items: [Item] = []
        var count = 0
        var size = 0
        var lastJSON: [UInt8] = []
        var hasMore = false
        while try rows.step() {
            if count == request.limit || size >= Self.largestScan {
                hasMore = true
                break
            }
            let json = rows.bytes(2) ?? []
            if !request.countsOnly { items.append(try ItemCodec.decode(json)) }
            lastJSON = json
            count += 1
            size += Int(rows.integer(0))
        }
        // A page that its limit ended names a key even if nothing follows, as the service's do.
        var lastKey: Item?
        if hasMore || count == request.limit {
            let item = try ItemCodec.decode(lastJSON)
            lastKey = [:]
            for attribute in table.keySchema.attributes { lastKey?[attribute.name] = item[attribute.name] }
        }
        let units = CapacityRules.read(size: size, isConsistent: request.isConsistent)
        try self.charge(units, .read, of: table)
        return ScanResult(
            items: items,
            count: count,
            lastEvaluatedKey: lastKey,
            consumedCapacity: Self.capacity(request.returnConsumedCapacity, table, units)
        )
    }

    /// The hashes of a segment; all of them without one.
    private static func hashes(_ request: ScanRequest) throws(DynamoDBError) -> ClosedRange<UInt64> {
        switch (request.segment, request.totalSegments) {
        case (nil, nil): return 0...UInt64.max
        case (.some, nil):
            throw invalid(
                "The TotalSegments parameter is required but was not present in the request when parameter Segment is present"
            )
        case (nil, .some):
            throw invalid(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments is present"
            )
        case (.some(let segment), .some(let total)):
            try checkRange(total, 1...1_000_000, member: "totalSegments")
            guard (0..<total).contains(segment) else {
                throw invalid(
                    """
                    The Segment parameter is zero-based and must be less than parameter TotalSegments: \
                    Segment: \(segment) is not less than TotalSegments: \(total)
                    """
                )
            }
            let width = UInt64.max / UInt64(total)
            let low = width * UInt64(segment)
            return low...(segment == total - 1 ? UInt64.max : low + width - 1)
        }
    }
}
