// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What an UpdateExpression does to the top-level attributes of an item.
struct UpdateExpression {
    /// Something that SET computes with.
    indirect enum Operand {
        case value(AttributeValue)
        case attribute(String)
        case ifNotExists(attribute: String, otherwise: Operand)
    }

    /// One change of one attribute.
    enum Action {
        case set(Operand)
        case setSum(Operand, Operand)
        case setDifference(Operand, Operand)
        case remove
        case add(AttributeValue)
        case delete(AttributeValue)
    }

    /// The changes by attribute, in the order of the text; no attribute twice.
    let actions: [(attribute: String, action: Action)]

    /// Whether a missing item stays missing: nothing is set or added.
    var createsNothing: Bool {
        self.actions.allSatisfy { _, action in
            switch action {
            case .remove, .delete: true
            default: false
            }
        }
    }

    /// Refuses to change a key attribute.
    func checkKeys(_ schema: KeySchema) throws(DynamoDBError) {
        for key in schema.attributes where self.actions.contains(where: { $0.attribute == key.name }) {
            throw invalid(
                """
                One or more parameter values were invalid: Cannot update attribute \(key.name). \
                This attribute is part of the key
                """
            )
        }
    }

    /// The item after the changes; all operands refer to the item before them.
    func applied(to item: Item) throws(DynamoDBError) -> Item {
        var result = item
        for (attribute, action) in self.actions {
            switch action {
            case .set(let operand): result[attribute] = try Self.evaluate(operand, in: item)
            case .setSum(let left, let right):
                let (left, right) = try Self.numbers(left, right, in: item)
                result[attribute] = .number(try Self.arithmetic { try left.adding(right) })
            case .setDifference(let left, let right):
                let (left, right) = try Self.numbers(left, right, in: item)
                result[attribute] = .number(try Self.arithmetic { try left.subtracting(right) })
            case .remove: result[attribute] = nil
            case .add(let value): result[attribute] = try Self.add(value, to: item[attribute])
            case .delete(let value):
                if let old = item[attribute] { result[attribute] = try Self.delete(value, from: old) }
            }
        }
        return result
    }

    private static func evaluate(_ operand: Operand, in item: Item) throws(DynamoDBError) -> AttributeValue {
        switch operand {
        case .value(let value): return value
        case .attribute(let name):
            guard let value = item[name] else {
                throw invalid("The provided expression refers to an attribute that does not exist in the item")
            }
            return value
        case .ifNotExists(let name, let otherwise):
            if let value = item[name] { return value }
            return try Self.evaluate(otherwise, in: item)
        }
    }

    private static func numbers(
        _ left: Operand,
        _ right: Operand,
        in item: Item
    ) throws(DynamoDBError) -> (DecimalNumber, DecimalNumber) {
        guard case .number(let left) = try Self.evaluate(left, in: item),
            case .number(let right) = try Self.evaluate(right, in: item)
        else { throw Self.wrongType }
        return (left, right)
    }

    private static func arithmetic(_ body: () throws -> DecimalNumber) throws(DynamoDBError) -> DecimalNumber {
        do {
            return try body()
        } catch let error as DynamoDBError {
            throw error
        } catch {
            throw invalid("Number overflow. Attempting to store a number with magnitude or precision beyond 38 digits")
        }
    }

    private static func add(_ value: AttributeValue, to old: AttributeValue?) throws(DynamoDBError) -> AttributeValue {
        guard let old else { return value }
        switch (old, value) {
        case (.number(let left), .number(let right)):
            return .number(try Self.arithmetic { try left.adding(right) })
        case (.stringSet(let left), .stringSet(let right)): return .stringSet(left.union(right))
        case (.numberSet(let left), .numberSet(let right)): return .numberSet(left.union(right))
        case (.binarySet(let left), .binarySet(let right)): return .binarySet(left.union(right))
        default: throw Self.wrongType
        }
    }

    private static func delete(
        _ value: AttributeValue,
        from old: AttributeValue
    ) throws(DynamoDBError) -> AttributeValue? {
        switch (old, value) {
        case (.stringSet(let left), .stringSet(let right)):
            let rest = left.subtracting(right)
            return rest.isEmpty ? nil : .stringSet(rest)
        case (.numberSet(let left), .numberSet(let right)):
            let rest = left.subtracting(right)
            return rest.isEmpty ? nil : .numberSet(rest)
        case (.binarySet(let left), .binarySet(let right)):
            let rest = left.subtracting(right)
            return rest.isEmpty ? nil : .binarySet(rest)
        default: throw Self.wrongType
        }
    }

    private static var wrongType: DynamoDBError {
        invalid("An operand in the update expression has an incorrect data type")
    }
}
