// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Which consumed capacity an answer should tell.
public enum ReturnConsumedCapacity: String, Hashable, Sendable, CaseIterable {
    /// None.
    case none = "NONE"
    /// The sum.
    case total = "TOTAL"
    /// The sum, and parts for table and indexes.
    case indexes = "INDEXES"
}

/// Which attributes a write should return.
public enum ReturnValues: String, Hashable, Sendable, CaseIterable {
    /// None.
    case none = "NONE"
    /// The item before the write.
    case allOld = "ALL_OLD"
    /// What an update changed, before it.
    case updatedOld = "UPDATED_OLD"
    /// The item after an update.
    case allNew = "ALL_NEW"
    /// What an update changed, after it.
    case updatedNew = "UPDATED_NEW"
}

/// Capacity units that an operation used on one table.
public struct ConsumedCapacity: Hashable, Sendable {
    /// The table.
    public var tableName: String
    /// Units, halves possible for reads.
    public var capacityUnits: Double
    /// The part that the table itself took, told when `INDEXES` was asked for; nil otherwise.
    public var tableCapacityUnits: Double?
    /// The units for reading, told by transactions alone; nil otherwise.
    public var readCapacityUnits: Double?
    /// The units for writing, told by transactions alone; nil otherwise.
    public var writeCapacityUnits: Double?

    /// Creates a figure.
    public init(
        tableName: String,
        capacityUnits: Double,
        tableCapacityUnits: Double? = nil,
        readCapacityUnits: Double? = nil,
        writeCapacityUnits: Double? = nil
    ) {
        self.tableName = tableName
        self.capacityUnits = capacityUnits
        self.tableCapacityUnits = tableCapacityUnits
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
    }
}

/// The input of GetItem.
public struct GetItemRequest: Hashable, Sendable {
    /// The table's name or ARN.
    public var tableName: String
    /// The key attributes, exactly.
    public var key: Item
    /// Whether the newest state is asked for, at twice the price.
    public var isConsistent: Bool
    /// Which capacity to tell.
    public var returnConsumedCapacity: ReturnConsumedCapacity

    /// Creates a request.
    public init(
        tableName: String,
        key: Item,
        isConsistent: Bool = false,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.key = key
        self.isConsistent = isConsistent
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

/// The answer of PutItem, DeleteItem, UpdateItem and GetItem.
public struct ItemResult: Hashable, Sendable {
    /// The item or the attributes asked for; nil if there are none.
    public var attributes: Item?
    /// Units used; nil if not asked for.
    public var consumedCapacity: ConsumedCapacity?

    /// Creates an answer.
    public init(attributes: Item? = nil, consumedCapacity: ConsumedCapacity? = nil) {
        self.attributes = attributes
        self.consumedCapacity = consumedCapacity
    }
}

/// One write in BatchWriteItem.
public enum WriteRequest: Hashable, Sendable {
    /// Put the item.
    case put(Item)
    /// Delete the item with this key.
    case delete(Item)
    /// Delete the item with this key, which goes on as the bytes that a stream record brought: nothing is decoded.
    case deleteEncoded(RawItem)
}

/// The input of BatchWriteItem.
public struct BatchWriteItemRequest: Hashable, Sendable {
    /// Writes by table, at most 25 in all, no key twice.
    public var requestItems: [String: [WriteRequest]]
    /// Which capacity to tell.
    public var returnConsumedCapacity: ReturnConsumedCapacity

    /// Creates a request.
    public init(requestItems: [String: [WriteRequest]], returnConsumedCapacity: ReturnConsumedCapacity = .none) {
        self.requestItems = requestItems
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

/// The answer of BatchWriteItem.
public struct BatchWriteItemResult: Hashable, Sendable {
    /// What was not done and should be sent again; empty if all was done.
    public var unprocessedItems: [String: [WriteRequest]]
    /// Units used, one entry a table; empty if not asked for.
    public var consumedCapacity: [ConsumedCapacity]

    /// Creates an answer.
    public init(unprocessedItems: [String: [WriteRequest]] = [:], consumedCapacity: [ConsumedCapacity] = []) {
        self.unprocessedItems = unprocessedItems
        self.consumedCapacity = consumedCapacity
    }
}

/// The input of Scan.
public struct ScanRequest: Hashable, Sendable {
    /// The table's name or ARN.
    public var tableName: String
    /// At most so many items, at least 1; nil: as many as 1 MB holds.
    public var limit: Int?
    /// Continue after this key.
    public var exclusiveStartKey: Item?
    /// Whether the newest state is asked for, at twice the price.
    public var isConsistent: Bool
    /// Whether only the number of items is wanted (`Select` = `COUNT`).
    public var countsOnly: Bool
    /// This part of `totalSegments`; nil: the whole table.
    public var segment: Int?
    /// Number of parts, 1...1000000.
    public var totalSegments: Int?
    /// Which capacity to tell.
    public var returnConsumedCapacity: ReturnConsumedCapacity

    /// Creates a request.
    public init(
        tableName: String,
        limit: Int? = nil,
        exclusiveStartKey: Item? = nil,
        isConsistent: Bool = false,
        countsOnly: Bool = false,
        segment: Int? = nil,
        totalSegments: Int? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.limit = limit
        self.exclusiveStartKey = exclusiveStartKey
        self.isConsistent = isConsistent
        self.countsOnly = countsOnly
        self.segment = segment
        self.totalSegments = totalSegments
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

/// One page of the answer of Scan.
public struct ScanResult: Hashable, Sendable {
    /// The items; empty when only counting.
    public var items: [Item]
    /// Number of items in this page.
    public var count: Int
    /// Where the next page starts; nil on the last one.
    public var lastEvaluatedKey: Item?
    /// Units used; nil if not asked for.
    public var consumedCapacity: ConsumedCapacity?

    /// Creates a page.
    public init(
        items: [Item],
        count: Int,
        lastEvaluatedKey: Item? = nil,
        consumedCapacity: ConsumedCapacity? = nil
    ) {
        self.items = items
        self.count = count
        self.lastEvaluatedKey = lastEvaluatedKey
        self.consumedCapacity = consumedCapacity
    }
}
