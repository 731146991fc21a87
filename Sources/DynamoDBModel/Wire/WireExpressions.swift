// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A request with expressions.
protocol WithExpressions {
    var conditionExpression: String? { get }
    var attributeNames: [String: String] { get }
    var attributeValues: Item { get }
    var returnValuesOnConditionCheckFailure: ReturnValues { get }
}

extension PutItemRequest: WithExpressions {}
extension DeleteItemRequest: WithExpressions {}
extension UpdateItemRequest: WithExpressions {}

extension JSONWriter {
    /// Writes the condition of a write, and what the placeholders of its expressions stand for.
    mutating func expressions(_ request: some WithExpressions) {
        self.member("ConditionExpression", request.conditionExpression)
        self.placeholders(request.attributeNames, request.attributeValues)
        self.failureReturnValues(request.returnValuesOnConditionCheckFailure)
    }

    /// Writes what a condition that does not hold gives back.
    mutating func failureReturnValues(_ values: ReturnValues) {
        guard values != .none else { return }
        self.member("ReturnValuesOnConditionCheckFailure", values.rawValue)
    }

    /// Writes what the placeholders of expressions stand for.
    mutating func placeholders(_ names: [String: String], _ values: Item) {
        if !names.isEmpty {
            self.name("ExpressionAttributeNames")
            self.object { writer in
                for (name, attribute) in names.sorted(by: { $0.key < $1.key }) {
                    writer.name(name)
                    writer.string(attribute)
                }
            }
        }
        if !values.isEmpty { self.member("ExpressionAttributeValues", values) }
    }
}

extension WireObject {
    /// What `#name` stands for; refused where none of the expressions is there.
    func attributeNames(of expressions: [String]) throws(JSONFault) -> [String: String] {
        guard let object = try self.object("ExpressionAttributeNames") else { return [:] }
        guard expressions.contains(where: { self[$0] != nil }) else {
            throw JSONFault(.validation, "ExpressionAttributeNames can only be specified when using expressions")
        }
        guard !object.members.isEmpty else {
            throw JSONFault(.validation, "ExpressionAttributeNames must not be empty")
        }
        var names: [String: String] = [:]
        for member in object.members { names[member.name] = try member.value.string() }
        return names
    }

    /// What `:value` stands for; refused where none of the expressions is there.
    func attributeValues(of expressions: [String]) throws(JSONFault) -> Item {
        guard let values = try self.item("ExpressionAttributeValues", isStrict: true) else { return [:] }
        guard expressions.contains(where: { self[$0] != nil }) else {
            let missing = expressions.joined(separator: " and ") + (expressions.count == 1 ? " is null" : " are null")
            throw JSONFault(
                .validation,
                "ExpressionAttributeValues can only be specified when using expressions: \(missing)"
            )
        }
        guard !values.isEmpty else {
            throw JSONFault(.validation, "ExpressionAttributeValues must not be empty")
        }
        return values
    }

    /// `NONE` or `ALL_OLD`: what a condition that does not hold gives back.
    func failureReturnValues() throws(JSONFault) -> ReturnValues {
        try self.check("ReturnValuesOnConditionCheckFailure", among: ["ALL_OLD", "NONE"])
        return try self.choice("ReturnValuesOnConditionCheckFailure") ?? .none
    }
}
