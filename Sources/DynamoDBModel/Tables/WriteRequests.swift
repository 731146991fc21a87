// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The input of PutItem.
public struct PutItemRequest: Hashable, Sendable {
    /// The table's name or ARN.
    public var tableName: String
    /// The whole new item.
    public var item: Item
    /// What has to hold of the item there is; nil: nothing.
    ///
    /// Up to 4,096 bytes with 300 operators and functions.
    public var conditionExpression: String?
    /// What `#name` stands for in the expressions.
    public var attributeNames: [String: String]
    /// What `:value` stands for in the expressions.
    public var attributeValues: Item
    /// `NONE` or `ALL_OLD`.
    public var returnValues: ReturnValues
    /// `ALL_OLD`: a condition that does not hold gives the item as it is, in ``DynamoDBError/detail``.
    public var returnValuesOnConditionCheckFailure: ReturnValues
    /// Which capacity to tell.
    public var returnConsumedCapacity: ReturnConsumedCapacity

    /// Creates a request.
    public init(
        tableName: String,
        item: Item,
        conditionExpression: String? = nil,
        attributeNames: [String: String] = [:],
        attributeValues: Item = [:],
        returnValues: ReturnValues = .none,
        returnValuesOnConditionCheckFailure: ReturnValues = .none,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.item = item
        self.conditionExpression = conditionExpression
        self.attributeNames = attributeNames
        self.attributeValues = attributeValues
        self.returnValues = returnValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

/// The input of DeleteItem.
public struct DeleteItemRequest: Hashable, Sendable {
    /// The table's name or ARN.
    public var tableName: String
    /// The key attributes, exactly; empty when ``encodedKey`` takes their place.
    public var key: Item
    /// The key as the bytes that a stream record brought, sent on as they are; nil: ``key`` holds it.
    public var encodedKey: RawItem?
    /// What has to hold of the item there is; nil: nothing.
    ///
    /// Up to 4,096 bytes with 300 operators and functions.
    public var conditionExpression: String?
    /// What `#name` stands for in the expressions.
    public var attributeNames: [String: String]
    /// What `:value` stands for in the expressions.
    public var attributeValues: Item
    /// `NONE` or `ALL_OLD`.
    public var returnValues: ReturnValues
    /// `ALL_OLD`: a condition that does not hold gives the item as it is, in ``DynamoDBError/detail``.
    public var returnValuesOnConditionCheckFailure: ReturnValues
    /// Which capacity to tell.
    public var returnConsumedCapacity: ReturnConsumedCapacity

    /// Creates a request.
    public init(
        tableName: String,
        key: Item,
        conditionExpression: String? = nil,
        attributeNames: [String: String] = [:],
        attributeValues: Item = [:],
        returnValues: ReturnValues = .none,
        returnValuesOnConditionCheckFailure: ReturnValues = .none,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.key = key
        self.encodedKey = nil
        self.conditionExpression = conditionExpression
        self.attributeNames = attributeNames
        self.attributeValues = attributeValues
        self.returnValues = returnValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    /// Creates a request for a key that goes on as the bytes it came in: nothing is decoded.
    public init(
        tableName: String,
        encodedKey: RawItem,
        conditionExpression: String? = nil,
        attributeNames: [String: String] = [:],
        attributeValues: Item = [:],
        returnValues: ReturnValues = .none,
        returnValuesOnConditionCheckFailure: ReturnValues = .none,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.key = [:]
        self.encodedKey = encodedKey
        self.conditionExpression = conditionExpression
        self.attributeNames = attributeNames
        self.attributeValues = attributeValues
        self.returnValues = returnValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    /// The key attributes, decoded if they came as bytes.
    public func keyItem() throws(DynamoDBError) -> Item {
        try self.encodedKey?.decoded() ?? self.key
    }
}

/// The input of UpdateItem.
public struct UpdateItemRequest: Hashable, Sendable {
    /// The table's name or ARN.
    public var tableName: String
    /// The key attributes, exactly.
    public var key: Item
    /// `SET … REMOVE … ADD … DELETE …`; nil creates a missing item with its key alone.
    public var updateExpression: String?
    /// What has to hold of the item there is; nil: nothing.
    ///
    /// Up to 4,096 bytes with 300 operators and functions.
    public var conditionExpression: String?
    /// What `#name` stands for in both expressions.
    public var attributeNames: [String: String]
    /// What `:value` stands for in both expressions.
    public var attributeValues: Item
    /// What to return.
    public var returnValues: ReturnValues
    /// `ALL_OLD`: a condition that does not hold gives the item as it is, in ``DynamoDBError/detail``.
    public var returnValuesOnConditionCheckFailure: ReturnValues
    /// Which capacity to tell.
    public var returnConsumedCapacity: ReturnConsumedCapacity

    /// Creates a request.
    public init(
        tableName: String,
        key: Item,
        updateExpression: String? = nil,
        conditionExpression: String? = nil,
        attributeNames: [String: String] = [:],
        attributeValues: Item = [:],
        returnValues: ReturnValues = .none,
        returnValuesOnConditionCheckFailure: ReturnValues = .none,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.key = key
        self.updateExpression = updateExpression
        self.conditionExpression = conditionExpression
        self.attributeNames = attributeNames
        self.attributeValues = attributeValues
        self.returnValues = returnValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}
