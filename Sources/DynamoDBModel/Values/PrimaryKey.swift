// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The values of an item's key attributes.
///
/// Two keys are equal when DynamoDB calls them equal: numbers by value (`1000` equals `1e3`), texts by their bytes.
public struct PrimaryKey: Hashable, Sendable {
    /// The partition key's value: a string, a number or bytes.
    public var partition: AttributeValue
    /// The sort key's value; nil if the table has none.
    public var sort: AttributeValue?

    /// Creates a key.
    public init(partition: AttributeValue, sort: AttributeValue? = nil) {
        self.partition = partition
        self.sort = sort
    }

    /// Takes the key out of an item.
    ///
    /// - Parameters:
    ///   - item: The item; may hold other attributes.
    ///   - keyNames: The names of partition and sort key, one or two.
    /// - Throws: `validation` if one is missing or has no key type.
    public init(item: Item, keyNames: [String]) throws(DynamoDBError) {
        func value(_ name: String) throws(DynamoDBError) -> AttributeValue {
            guard let value = item[name] else {
                throw DynamoDBError(
                    .validation,
                    "One or more parameter values were invalid: Missing the key \(name) in the item"
                )
            }
            guard KeyType(rawValue: value.typeName) != nil else {
                throw DynamoDBError(
                    .validation,
                    "One or more parameter values were invalid: the key \(name) has the type \(value.typeName)"
                )
            }
            return value
        }
        guard let partitionName = keyNames.first, keyNames.count <= 2 else {
            throw DynamoDBError(.validation, "A primary key has one or two attributes, not \(keyNames.count)")
        }
        self.partition = try value(partitionName)
        self.sort = keyNames.count == 2 ? try value(keyNames[1]) : nil
    }

    /// The key as an item; `keyNames` are the names of partition and sort key.
    public func item(keyNames: [String]) -> Item {
        var item: Item = [:]
        for (name, value) in zip(keyNames, [self.partition, self.sort]) { item[name] = value }
        return item
    }
}
