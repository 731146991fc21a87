// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension WireOperation<BatchWriteItemRequest, BatchWriteItemResult> {
    /// BatchWriteItem.
    package static var batchWriteItem: Self {
        Self(
            "BatchWriteItem",
            of: .tables,
            encodeInput: { request, writer in
                writer.name("RequestItems")
                WireBatch.write(request.requestItems, into: &writer)
                writer.options(.none, request.returnConsumedCapacity)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: ["RequestItems", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"])
                return BatchWriteItemRequest(
                    requestItems: try WireBatch.requests(try body.required("RequestItems").object(), isStrict: true),
                    returnConsumedCapacity: try body.writeOptions()
                )
            },
            encodeOutput: { result, writer in
                writer.name("UnprocessedItems")
                WireBatch.write(result.unprocessedItems, into: &writer)
                if !result.consumedCapacity.isEmpty {
                    writer.name("ConsumedCapacity")
                    writer.array(result.consumedCapacity) { $1.capacity($0) }
                }
            },
            decodeOutput: { (body: WireObject) throws(JSONFault) in
                BatchWriteItemResult(
                    unprocessedItems: try body.object("UnprocessedItems").map { (object) throws(JSONFault) in
                        try WireBatch.requests(object, isStrict: false)
                    } ?? [:],
                    consumedCapacity: try body.objects("ConsumedCapacity") { (object) throws(JSONFault) in
                        try object.capacity()
                    } ?? []
                )
            }
        )
    }
}

/// Puts and deletes by table, as BatchWriteItem has them in both directions.
enum WireBatch {
    static func write(_ requests: [String: [WriteRequest]], into writer: inout JSONWriter) {
        writer.beginObject()
        for (table, writes) in requests.sorted(by: { $0.key < $1.key }) {
            writer.name(table)
            writer.beginArray()
            for write in writes {
                writer.beginObject()
                switch write {
                case .put(let item):
                    writer.name("PutRequest")
                    writer.object { $0.member("Item", item) }
                case .delete(let key):
                    writer.name("DeleteRequest")
                    writer.object { $0.member("Key", key) }
                case .deleteEncoded(let key):
                    writer.name("DeleteRequest")
                    writer.beginObject()
                    writer.name("Key")
                    writer.item(key)
                    writer.endObject()
                }
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endObject()
    }

    static func requests(_ object: WireObject, isStrict: Bool) throws(JSONFault) -> [String: [WriteRequest]] {
        var requests: [String: [WriteRequest]] = [:]
        for member in object.members where !member.value.isNull {
            var writes: [WriteRequest] = []
            for element in try member.value.elements() {
                writes.append(try Self.request(try element.object(), isStrict: isStrict))
            }
            requests[member.name] = writes
        }
        return requests
    }

    private static func request(_ object: WireObject, isStrict: Bool) throws(JSONFault) -> WriteRequest {
        if isStrict { try object.allow(only: ["PutRequest", "DeleteRequest"]) }
        switch (try object.object("PutRequest"), try object.object("DeleteRequest")) {
        case (let put?, nil):
            if isStrict { try put.allow(only: ["Item"]) }
            return .put(try put.required("Item").item(isStrict: isStrict))
        case (nil, let delete?):
            if isStrict { try delete.allow(only: ["Key"]) }
            return .delete(try delete.required("Key").item(isStrict: isStrict))
        case (nil, nil), (.some, .some):
            throw JSONFault(
                .validation,
                "Supplied WriteRequest must contain exactly one of PutRequest and DeleteRequest"
            )
        }
    }
}
