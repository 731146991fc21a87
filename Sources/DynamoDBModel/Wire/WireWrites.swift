// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// What a write says as an operation of its own and as an action of a transaction alike.

extension JSONWriter {
    mutating func members(of request: PutItemRequest) {
        self.member("TableName", request.tableName)
        self.member("Item", request.item)
        self.expressions(request)
    }

    mutating func members(of request: DeleteItemRequest) {
        self.member("TableName", request.tableName)
        self.name("Key")
        if let encodedKey = request.encodedKey { self.item(encodedKey) } else { self.item(request.key) }
        self.expressions(request)
    }

    mutating func members(of request: UpdateItemRequest) {
        self.member("TableName", request.tableName)
        self.member("Key", request.key)
        self.member("UpdateExpression", request.updateExpression)
        self.expressions(request)
    }

    mutating func members(of check: ConditionCheck) {
        self.member("TableName", check.tableName)
        self.member("Key", check.key)
        self.member("ConditionExpression", check.conditionExpression)
        self.placeholders(check.attributeNames, check.attributeValues)
        self.failureReturnValues(check.returnValuesOnConditionCheckFailure)
    }
}

extension PutItemRequest {
    init(_ body: WireObject) throws(JSONFault) {
        self.init(
            tableName: try body.tableName(),
            item: try body.required("Item").item(isStrict: true),
            conditionExpression: try body.string("ConditionExpression"),
            attributeNames: try body.attributeNames(of: ["ConditionExpression"]),
            attributeValues: try body.attributeValues(of: ["ConditionExpression"]),
            returnValuesOnConditionCheckFailure: try body.failureReturnValues()
        )
    }
}

extension DeleteItemRequest {
    init(_ body: WireObject) throws(JSONFault) {
        self.init(
            tableName: try body.tableName(),
            key: try body.required("Key").item(isStrict: true),
            conditionExpression: try body.string("ConditionExpression"),
            attributeNames: try body.attributeNames(of: ["ConditionExpression"]),
            attributeValues: try body.attributeValues(of: ["ConditionExpression"]),
            returnValuesOnConditionCheckFailure: try body.failureReturnValues()
        )
    }
}

extension UpdateItemRequest {
    init(_ body: WireObject) throws(JSONFault) {
        self.init(
            tableName: try body.tableName(),
            key: try body.required("Key").item(isStrict: true),
            updateExpression: try body.string("UpdateExpression"),
            conditionExpression: try body.string("ConditionExpression"),
            attributeNames: try body.attributeNames(of: ["UpdateExpression", "ConditionExpression"]),
            attributeValues: try body.attributeValues(of: ["UpdateExpression", "ConditionExpression"]),
            returnValuesOnConditionCheckFailure: try body.failureReturnValues()
        )
    }
}

extension ConditionCheck {
    init(_ body: WireObject) throws(JSONFault) {
        self.init(
            tableName: try body.tableName(),
            key: try body.required("Key").item(isStrict: true),
            conditionExpression: try body.required("ConditionExpression").string(),
            attributeNames: try body.attributeNames(of: ["ConditionExpression"]),
            attributeValues: try body.attributeValues(of: ["ConditionExpression"]),
            returnValuesOnConditionCheckFailure: try body.failureReturnValues()
        )
    }
}
