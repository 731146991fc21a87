// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension WireOperation<ScanRequest, ScanResult> {
    /// Scan.
    package static var scan: Self {
        Self(
            "Scan",
            of: .tables,
            encodeInput: { request, writer in
                writer.member("TableName", request.tableName)
                writer.member("Limit", request.limit)
                writer.member("ExclusiveStartKey", request.exclusiveStartKey)
                writer.member("ConsistentRead", ifTrue: request.isConsistent)
                writer.member("Select", request.countsOnly ? "COUNT" : nil)
                writer.member("Segment", request.segment)
                writer.member("TotalSegments", request.totalSegments)
                writer.options(.none, request.returnConsumedCapacity)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: [
                    "TableName", "Limit", "ExclusiveStartKey", "ConsistentRead", "Select", "Segment", "TotalSegments",
                    "ReturnConsumedCapacity",
                ])
                let select = try body.string("Select")
                try body.check(
                    "Select",
                    among: ["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"]
                )
                if let select, select != "COUNT", select != "ALL_ATTRIBUTES" {
                    throw JSONFault(.validation, "Select \(select) is not supported by this endpoint")
                }
                return ScanRequest(
                    tableName: try body.tableName(),
                    limit: try body.integer("Limit"),
                    exclusiveStartKey: try body.item("ExclusiveStartKey", isStrict: true),
                    isConsistent: try body.bool("ConsistentRead") ?? false,
                    countsOnly: select == "COUNT",
                    segment: try body.integer("Segment"),
                    totalSegments: try body.integer("TotalSegments"),
                    returnConsumedCapacity: try body.choice("ReturnConsumedCapacity") ?? .none
                )
            },
            encodeOutput: { result, writer in
                if !result.countsOnly {
                    writer.name("Items")
                    writer.array(result.items) { $1.item($0) }
                }
                writer.member("Count", result.count)
                writer.member("ScannedCount", result.count)
                writer.member("LastEvaluatedKey", result.lastEvaluatedKey)
                if let capacity = result.consumedCapacity {
                    writer.name("ConsumedCapacity")
                    writer.capacity(capacity)
                }
            },
            decodeOutput: { (body: WireObject) throws(JSONFault) in
                var items: [Item] = []
                for element in try body.elements("Items") ?? [] { items.append(try element.item(isStrict: false)) }
                return ScanResult(
                    items: items,
                    count: try body.integer("Count") ?? items.count,
                    lastEvaluatedKey: try body.item("LastEvaluatedKey", isStrict: false),
                    consumedCapacity: try body.object("ConsumedCapacity").map { (object) throws(JSONFault) in
                        try object.capacity()
                    }
                )
            }
        )
    }
}

extension ScanResult {
    /// Whether the answer is one to `Select` = `COUNT`, which has no items at all.
    fileprivate var countsOnly: Bool { self.items.isEmpty && self.count > 0 }
}
