// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The service's limits of items and keys.
enum ItemChecks {
    /// The largest item, names included: 400 KB.
    static let largestItem = 409_600
    /// Attributes nest no deeper.
    static let deepestNesting = 32

    /// Checks a whole item that is about to be written and returns its size.
    static func check(_ item: Item, schema: KeySchema) throws(DynamoDBError) -> Int {
        try Self.checkSchema(of: item, schema)
        try Self.checkKeyValues(item, schema: schema)
        for (name, value) in item {
            guard (1...65_535).contains(name.utf8.count) else {
                throw invalid("One or more parameter values were invalid: Attribute name is empty or too long")
            }
            try Self.check(value, depth: 0)
        }
        let size = item.size.bytes
        guard size <= Self.largestItem else {
            throw invalid("Item size has exceeded the maximum allowed size")
        }
        return size
    }

    /// Checks that a key holds exactly the key attributes, of the right types, with values that keys can have.
    static func checkKey(_ key: Item, schema: KeySchema) throws(DynamoDBError) {
        try Self.checkSchema(ofKey: key, schema)
        try Self.checkKeyValues(key, schema: schema)
    }

    /// Checks that an item has the key attributes, of the right types.
    static func checkSchema(of item: Item, _ schema: KeySchema) throws(DynamoDBError) {
        for attribute in schema.attributes {
            guard let value = item[attribute.name] else {
                throw invalid(
                    "One or more parameter values were invalid: Missing the key \(attribute.name) in the item"
                )
            }
            guard value.typeName == attribute.type.rawValue else {
                throw invalid(
                    """
                    One or more parameter values were invalid: Type mismatch for key \(attribute.name) \
                    expected: \(attribute.type.rawValue) actual: \(value.typeName)
                    """
                )
            }
        }
    }

    /// Checks that a key holds exactly the key attributes, of the right types.
    static func checkSchema(ofKey key: Item, _ schema: KeySchema) throws(DynamoDBError) {
        let attributes = schema.attributes
        guard key.count == attributes.count,
            attributes.allSatisfy({ key[$0.name]?.typeName == $0.type.rawValue })
        else {
            throw invalid("The provided key element does not match the schema")
        }
    }

    /// Checks a value: no empty set, no nesting beyond the limit.
    static func check(_ value: AttributeValue, depth: Int = 0) throws(DynamoDBError) {
        guard depth <= Self.deepestNesting else {
            throw invalid(
                "Nesting Levels have exceeded supported limits: Attributes have nesting deeper than 32 levels"
            )
        }
        switch value {
        case .stringSet(let members) where members.isEmpty: throw Self.emptySet("string")
        case .numberSet(let members) where members.isEmpty: throw Self.emptySet("number")
        case .binarySet(let members) where members.isEmpty: throw Self.emptySet("binary")
        case .list(let members):
            for member in members { try Self.check(member, depth: depth + 1) }
        case .map(let members):
            for (_, member) in members { try Self.check(member, depth: depth + 1) }
        default: break
        }
    }

    private static func emptySet(_ kind: String) -> DynamoDBError {
        invalid("One or more parameter values were invalid: An \(kind) set  may not be empty")
    }

    private static func checkKeyValues(_ item: Item, schema: KeySchema) throws(DynamoDBError) {
        if let partition = item[schema.partition.name] {
            try Self.checkKeyValue(partition, name: schema.partition.name, limit: 2048, kind: "hashkey")
        }
        if let sortKey = schema.sort, let sort = item[sortKey.name] {
            try Self.checkKeyValue(sort, name: sortKey.name, limit: 1024, kind: "rangekey")
        }
    }

    private static func checkKeyValue(
        _ value: AttributeValue,
        name: String,
        limit: Int,
        kind: String
    ) throws(DynamoDBError) {
        let count: Int
        switch value {
        case .string(let text): count = text.utf8.count
        case .binary(let bytes): count = bytes.count
        default: return
        }
        guard count > 0 else {
            throw invalid(
                """
                One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an \
                empty \(value.typeName == "S" ? "string" : "binary") value. Key: \(name)
                """
            )
        }
        guard count <= limit else {
            throw invalid(
                """
                One or more parameter values were invalid: Size of \(kind) has exceeded the maximum size limit of \
                \(limit) bytes
                """
            )
        }
    }
}
