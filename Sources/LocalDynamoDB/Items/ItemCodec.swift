// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Items as the store keeps them.
enum ItemCodec {
    /// Encodes a checked item: key attributes first, then the others by name, so that equal items are equal bytes.
    static func encode(_ item: Item, schema: KeySchema, size: Int) -> StoredItem {
        var writer = JSONWriter(capacity: size + 16 * item.count + 2)
        writer.beginObject()
        let partition = schema.partition.name
        let sort = schema.sort?.name
        Self.write(partition, of: item, into: &writer)
        if let sort { Self.write(sort, of: item, into: &writer) }
        let keysEnd = writer.bytes.count
        if item.count > (sort == nil ? 1 : 2) {
            var names: [String] = []
            names.reserveCapacity(item.count)
            for name in item.keys where name != partition && name != sort { names.append(name) }
            if names.count > 1 { names.sort() }
            for name in names { Self.write(name, of: item, into: &writer) }
        }
        writer.endObject()
        return StoredItem(size: size, keysEnd: keysEnd, json: writer.bytes)
    }

    private static func write(_ name: String, of item: Item, into writer: inout JSONWriter) {
        guard let value = item[name] else { preconditionFailure("an item without its key passed the check") }
        writer.name(name)
        writer.attributeValue(value)
    }

    /// Decodes what ``encode(_:schema:size:)`` made.
    static func decode(_ json: [UInt8]) throws(DynamoDBError) -> Item {
        try RawItem(unchecked: json[...]).decodedUncounted()
    }
}
