// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How a table is paid for.
public enum BillingMode: String, Hashable, Sendable, CaseIterable {
    /// Capacity units are set beforehand.
    case provisioned = "PROVISIONED"
    /// Capacity follows the use.
    case payPerRequest = "PAY_PER_REQUEST"
}

/// Capacity set beforehand, in units per second.
public struct ProvisionedThroughput: Hashable, Sendable {
    /// Read capacity units per second, at least 1.
    public var readCapacityUnits: Int
    /// Write capacity units per second, at least 1.
    public var writeCapacityUnits: Int

    /// Creates a setting.
    public init(readCapacityUnits: Int, writeCapacityUnits: Int) {
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
    }
}

/// The wish for a stream: its view type, or nil to switch it off.
public struct StreamSpecification: Hashable, Sendable {
    /// What records hold; nil: no stream.
    public var viewType: StreamViewType?

    /// Creates a wish.
    public init(viewType: StreamViewType?) {
        self.viewType = viewType
    }
}

/// A tag of a table.
public struct TableTag: Hashable, Sendable {
    /// The tag's name.
    public var key: String
    /// The tag's value.
    public var value: String

    /// Creates a tag.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

/// The input of CreateTable.
public struct CreateTableRequest: Hashable, Sendable {
    /// The name, 3 to 255 of `a-zA-Z0-9_.-`.
    public var tableName: String
    /// The primary key.
    public var keySchema: KeySchema
    /// How it is paid for.
    public var billingMode: BillingMode
    /// Capacity; needed when provisioned, forbidden on demand.
    public var provisionedThroughput: ProvisionedThroughput?
    /// The stream; nil: none asked for.
    public var stream: StreamSpecification?
    /// Tags.
    public var tags: [TableTag]
    /// Whether DeleteTable is refused.
    public var isDeletionProtected: Bool

    /// Creates a request.
    public init(
        tableName: String,
        keySchema: KeySchema,
        billingMode: BillingMode = .provisioned,
        provisionedThroughput: ProvisionedThroughput? = nil,
        stream: StreamSpecification? = nil,
        tags: [TableTag] = [],
        isDeletionProtected: Bool = false
    ) {
        self.tableName = tableName
        self.keySchema = keySchema
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.stream = stream
        self.tags = tags
        self.isDeletionProtected = isDeletionProtected
    }
}

/// The input of UpdateTable.
public struct UpdateTableRequest: Hashable, Sendable {
    /// The table's name or ARN.
    public var tableName: String
    /// A new billing mode; nil: unchanged.
    public var billingMode: BillingMode?
    /// New capacity; nil: unchanged.
    public var provisionedThroughput: ProvisionedThroughput?
    /// Stream on or off; nil: unchanged.
    public var stream: StreamSpecification?
    /// Deletion protection; nil: unchanged.
    public var isDeletionProtected: Bool?

    /// Creates a request.
    public init(
        tableName: String,
        billingMode: BillingMode? = nil,
        provisionedThroughput: ProvisionedThroughput? = nil,
        stream: StreamSpecification? = nil,
        isDeletionProtected: Bool? = nil
    ) {
        self.tableName = tableName
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.stream = stream
        self.isDeletionProtected = isDeletionProtected
    }
}

/// What DescribeTable and its kin tell of a table.
public struct TableDescription: Hashable, Sendable {
    /// The table's name.
    public var tableName: String
    /// Its ARN.
    public var arn: String
    /// Its id, a UUID.
    public var id: String
    /// `ACTIVE`, `CREATING`, `UPDATING`, `DELETING` or another text of the service.
    public var status: String
    /// The primary key.
    public var keySchema: KeySchema
    /// How it is paid for.
    public var billingMode: BillingMode
    /// When on-demand mode began; nil if it never did.
    public var payPerRequestSince: Timestamp?
    /// Capacity units per second; 0 on demand.
    public var provisionedThroughput: ProvisionedThroughput
    /// When it was created.
    public var createdAt: Timestamp
    /// Number of items, as the service last counted.
    public var itemCount: Int
    /// Bytes of all items, as the service last counted.
    public var size: ByteCount
    /// The current stream's view type; nil when there is none.
    public var streamViewType: StreamViewType?
    /// The newest stream; may still be named after it was disabled.
    public var latestStreamARN: StreamARN?
    /// The newest stream's label.
    public var latestStreamLabel: String?
    /// Whether DeleteTable is refused.
    public var isDeletionProtected: Bool
    /// The other regions of a global table; empty if it is none.
    public var replicaRegions: [String]

    /// Creates a description.
    public init(
        tableName: String,
        arn: String,
        id: String,
        status: String = "ACTIVE",
        keySchema: KeySchema,
        billingMode: BillingMode,
        payPerRequestSince: Timestamp? = nil,
        provisionedThroughput: ProvisionedThroughput = ProvisionedThroughput(
            readCapacityUnits: 0,
            writeCapacityUnits: 0
        ),
        createdAt: Timestamp,
        itemCount: Int = 0,
        size: ByteCount = ByteCount(0),
        streamViewType: StreamViewType? = nil,
        latestStreamARN: StreamARN? = nil,
        latestStreamLabel: String? = nil,
        isDeletionProtected: Bool = false,
        replicaRegions: [String] = []
    ) {
        self.tableName = tableName
        self.arn = arn
        self.id = id
        self.status = status
        self.keySchema = keySchema
        self.billingMode = billingMode
        self.payPerRequestSince = payPerRequestSince
        self.provisionedThroughput = provisionedThroughput
        self.createdAt = createdAt
        self.itemCount = itemCount
        self.size = size
        self.streamViewType = streamViewType
        self.latestStreamARN = latestStreamARN
        self.latestStreamLabel = latestStreamLabel
        self.isDeletionProtected = isDeletionProtected
        self.replicaRegions = replicaRegions
    }
}

/// The input of ListTables.
public struct ListTablesRequest: Hashable, Sendable {
    /// Page size, 1...100; nil for 100.
    public var limit: Int?
    /// Continue after this table.
    public var exclusiveStartTableName: String?

    /// Creates a request.
    public init(limit: Int? = nil, exclusiveStartTableName: String? = nil) {
        self.limit = limit
        self.exclusiveStartTableName = exclusiveStartTableName
    }
}

/// One page of the answer of ListTables.
public struct TableList: Hashable, Sendable {
    /// Names in order.
    public var tableNames: [String]
    /// Where the next page starts; nil on the last one.
    public var lastEvaluatedTableName: String?

    /// Creates a page.
    public init(tableNames: [String], lastEvaluatedTableName: String? = nil) {
        self.tableNames = tableNames
        self.lastEvaluatedTableName = lastEvaluatedTableName
    }
}
