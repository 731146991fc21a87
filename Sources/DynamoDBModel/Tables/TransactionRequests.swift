// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A condition in a transaction on an item that the transaction does not change.
public struct ConditionCheck: Hashable, Sendable {
    /// The table's name or ARN.
    public var tableName: String
    /// The key attributes, exactly.
    public var key: Item
    /// What has to hold of the item there is; up to 4,096 bytes with 300 operators and functions.
    public var conditionExpression: String
    /// What `#name` stands for in the expression.
    public var attributeNames: [String: String]
    /// What `:value` stands for in the expression.
    public var attributeValues: Item
    /// `ALL_OLD`: a condition that does not hold gives the item as it is, in its ``CancellationReason``.
    public var returnValuesOnConditionCheckFailure: ReturnValues

    /// Creates a check.
    public init(
        tableName: String,
        key: Item,
        conditionExpression: String,
        attributeNames: [String: String] = [:],
        attributeValues: Item = [:],
        returnValuesOnConditionCheckFailure: ReturnValues = .none
    ) {
        self.tableName = tableName
        self.key = key
        self.conditionExpression = conditionExpression
        self.attributeNames = attributeNames
        self.attributeValues = attributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }
}

/// One action of a transaction.
///
/// `returnValues` and `returnConsumedCapacity` of the requests mean nothing here and are not sent.
public enum TransactWriteAction: Hashable, Sendable {
    /// Put an item.
    case put(PutItemRequest)
    /// Change attributes of an item; there must be an update expression.
    case update(UpdateItemRequest)
    /// Delete an item.
    case delete(DeleteItemRequest)
    /// Check an item that stays as it is.
    case check(ConditionCheck)
}

/// The input of TransactWriteItems: all of its actions happen, or none.
public struct TransactWriteItemsRequest: Hashable, Sendable {
    /// 1 to 100 actions, each on another item, whose items have up to 4 MB together (service limits).
    public var actions: [TransactWriteAction]
    /// Makes the transaction happen once however often it is sent within ten minutes.
    ///
    /// 1 to 36 characters. The client makes one for each call if it is nil, so that the attempts of one call count once.
    public var clientRequestToken: String?
    /// Which capacity to tell.
    public var returnConsumedCapacity: ReturnConsumedCapacity

    /// Creates a request.
    public init(
        actions: [TransactWriteAction],
        clientRequestToken: String? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.actions = actions
        self.clientRequestToken = clientRequestToken
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

/// The answer of TransactWriteItems.
public struct TransactWriteItemsResult: Hashable, Sendable {
    /// Units used, one entry a table; empty if not asked for.
    ///
    /// Write units, twice those of the single writes; read units where the token says that all was done before.
    public var consumedCapacity: [ConsumedCapacity]

    /// Creates an answer.
    public init(consumedCapacity: [ConsumedCapacity] = []) {
        self.consumedCapacity = consumedCapacity
    }
}
