// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// An item as the store keeps it.
struct StoredItem {
    /// By the item size rule.
    var size: Int
    /// Bytes of the JSON that hold the key attributes, without the brace that ends the object.
    var keysEnd: Int
    /// DynamoDB JSON, key attributes first.
    var json: [UInt8]

    /// The key attributes alone, as JSON.
    var keysJSON: [UInt8] {
        self.json.prefix(self.keysEnd) + [UInt8(ascii: "}")]
    }
}

extension ChangeKind {
    /// The number in the database.
    var code: Int64 {
        switch self {
        case .insert: 1
        case .modify: 2
        case .remove: 3
        }
    }

    /// Reads the number in the database.
    init(code: Int64) {
        switch code {
        case 1: self = .insert
        case 2: self = .modify
        default: self = .remove
        }
    }
}

extension StoreCore {
    /// The number in the database of a removal by the service itself, because the item expired.
    static let expiryCode: Int64 = 4

    /// Adds a change to a table's stream.
    func record(
        _ stream: OpenStream,
        hash: UInt64,
        keysSize: Int,
        before: StoredItem?,
        after: StoredItem?,
        isExpiry: Bool = false
    ) throws(DynamoDBError) {
        let kind: ChangeKind
        switch (before, after) {
        case (nil, .some): kind = .insert
        case (.some, .some): kind = .modify
        case (.some, nil): kind = .remove
        case (nil, nil): return
        }
        let oldImage = stream.viewType.hasOldImage ? before : nil
        let newImage = stream.viewType.hasNewImage ? after : nil
        // The keys stand at the beginning of each image; only a record without one has to hold them itself.
        let keys = oldImage == nil && newImage == nil ? (after ?? before)?.keysJSON : nil
        let insert = self.statements.insertRecord
        insert.bind(1, stream.shard(for: hash).id)
        insert.bind(2, self.takeNumber())
        insert.bind(3, isExpiry ? Self.expiryCode : kind.code)
        insert.bind(4, self.now.milliseconds)
        insert.bind(5, Int64(keysSize + (oldImage?.size ?? 0) + (newImage?.size ?? 0)))
        insert.bind(6, Int64((newImage ?? oldImage)?.keysEnd ?? 0))
        insert.bind(7, keys)
        insert.bind(8, oldImage?.json)
        insert.bind(9, newImage?.json)
        try insert.run()
        self.expectTrim(after: self.now)
    }
}
