// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What a ConditionExpression or a FilterExpression asks of an item, checked and ready to be evaluated.
indirect enum ConditionExpression {
    /// How two values are compared.
    enum Comparator: String {
        case equal = "="
        case unequal = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    case comparison(ConditionOperand, Comparator, ConditionOperand)
    case between(ConditionOperand, ConditionOperand, ConditionOperand)
    case among(ConditionOperand, [ConditionOperand])
    case exists(DocumentPath)
    case hasType(ConditionOperand, String)
    case beginsWith(ConditionOperand, ConditionOperand)
    case contains(ConditionOperand, ConditionOperand)
    case not(ConditionExpression)
    case all([ConditionExpression])
    case any([ConditionExpression])
}

/// A value that a condition looks at.
indirect enum ConditionOperand {
    case value(AttributeValue)
    case path(DocumentPath)
    case size(ConditionOperand)

    /// The type that is known before there is an item: that of a constant, and the number that `size` gives.
    var knownType: String? {
        switch self {
        case .value(let value): value.typeName
        case .path: nil
        case .size: "N"
        }
    }

    /// The value, seen from an item; nil if there is none.
    func value(in item: Item) -> AttributeValue? {
        switch self {
        case .value(let value): value
        case .path(let path): path.value(in: item)
        case .size(let operand): operand.value(in: item).flatMap { Self.length(of: $0) }
        }
    }

    /// What `size` gives; nil for types that have none.
    private static func length(of value: AttributeValue) -> AttributeValue? {
        let length: Int
        switch value {
        // The service counts as Java does.
        case .string(let text): length = text.utf16.count
        case .binary(let bytes): length = bytes.count
        case .list(let elements): length = elements.count
        case .map(let members): length = members.count
        case .stringSet(let members): length = members.count
        case .numberSet(let members): length = members.count
        case .binarySet(let members): length = members.count
        case .number, .bool, .null: return nil
        }
        return .number(DecimalNumber(length))
    }
}
