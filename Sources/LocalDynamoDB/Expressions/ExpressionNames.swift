// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What `#name` and `:value` stand for, and which of them an expression used.
struct ExpressionNames {
    private let names: [String: String]
    private let values: Item
    private var usedNames: Set<String> = []
    private var usedValues: Set<String> = []

    /// Checks the spelling of the placeholders.
    init(names: [String: String], values: Item) throws(DynamoDBError) {
        for name in names.keys where !name.hasPrefix("#") || name.utf8.count < 2 {
            throw invalid("ExpressionAttributeNames contains invalid key: Syntax error; key: \"\(name)\"")
        }
        for value in values.keys where !value.hasPrefix(":") || value.utf8.count < 2 {
            throw invalid("ExpressionAttributeValues contains invalid key: Syntax error; key: \"\(value)\"")
        }
        for (name, value) in values {
            do throws(DynamoDBError) {
                try ItemChecks.check(value)
            } catch {
                throw invalid("ExpressionAttributeValues contains invalid value: \(error.message) for key \(name)")
            }
        }
        self.names = names
        self.values = values
    }

    /// The attribute that a placeholder stands for.
    mutating func attribute(_ placeholder: String, kind: String) throws(DynamoDBError) -> String {
        guard let name = self.names[placeholder] else {
            throw invalid(
                """
                Invalid \(kind): An expression attribute name used in the document path is not defined; \
                attribute name: \(placeholder)
                """
            )
        }
        self.usedNames.insert(placeholder)
        return name
    }

    /// The value that a placeholder stands for.
    mutating func value(_ placeholder: String, kind: String) throws(DynamoDBError) -> AttributeValue {
        guard let value = self.values[placeholder] else {
            throw invalid(
                """
                Invalid \(kind): An expression attribute value used in expression is not defined; \
                attribute value: \(placeholder)
                """
            )
        }
        self.usedValues.insert(placeholder)
        return value
    }

    /// Refuses placeholders that no expression used.
    func checkAllUsed() throws(DynamoDBError) {
        let unusedNames = self.names.keys.filter { !self.usedNames.contains($0) }.sorted()
        guard unusedNames.isEmpty else {
            throw invalid(
                """
                Value provided in ExpressionAttributeNames unused in expressions: \
                keys: {\(unusedNames.joined(separator: ", "))}
                """
            )
        }
        let unusedValues = self.values.keys.filter { !self.usedValues.contains($0) }.sorted()
        guard unusedValues.isEmpty else {
            throw invalid(
                """
                Value provided in ExpressionAttributeValues unused in expressions: \
                keys: {\(unusedValues.joined(separator: ", "))}
                """
            )
        }
    }

    /// Refuses placeholders of a request without any expression.
    func checkNone() throws(DynamoDBError) {
        guard self.names.isEmpty else {
            throw invalid("ExpressionAttributeNames can only be specified when using expressions")
        }
        guard self.values.isEmpty else {
            throw invalid("ExpressionAttributeValues can only be specified when using expressions")
        }
    }
}
