// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension WireOperation<TransactWriteItemsRequest, TransactWriteItemsResult> {
    /// TransactWriteItems.
    package static var transactWriteItems: Self {
        Self(
            "TransactWriteItems",
            of: .tables,
            encodeInput: { request, writer in
                writer.name("TransactItems")
                writer.array(request.actions) { action, writer in writer.object { $0.action(action) } }
                writer.member("ClientRequestToken", request.clientRequestToken)
                writer.options(.none, request.returnConsumedCapacity)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: [
                    "TransactItems", "ClientRequestToken", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics",
                ])
                var actions: [TransactWriteAction] = []
                for element in try body.required("TransactItems").elements() {
                    actions.append(try TransactWriteAction(try element.object()))
                }
                return TransactWriteItemsRequest(
                    actions: actions,
                    clientRequestToken: try body.string("ClientRequestToken"),
                    returnConsumedCapacity: try body.writeOptions()
                )
            },
            encodeOutput: { result, writer in
                guard !result.consumedCapacity.isEmpty else { return }
                writer.name("ConsumedCapacity")
                writer.array(result.consumedCapacity) { $1.capacity($0) }
            },
            decodeOutput: { (body: WireObject) throws(JSONFault) in
                TransactWriteItemsResult(
                    consumedCapacity: try body.objects("ConsumedCapacity") { (object) throws(JSONFault) in
                        try object.capacity()
                    } ?? []
                )
            }
        )
    }
}

extension JSONWriter {
    fileprivate mutating func action(_ action: TransactWriteAction) {
        switch action {
        case .put(let request):
            self.name("Put")
            self.object { $0.members(of: request) }
        case .update(let request):
            self.name("Update")
            self.object { $0.members(of: request) }
        case .delete(let request):
            self.name("Delete")
            self.object { $0.members(of: request) }
        case .check(let check):
            self.name("ConditionCheck")
            self.object { $0.members(of: check) }
        }
    }
}

extension TransactWriteAction {
    private static let members: Set<String> = [
        "TableName", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues",
        "ReturnValuesOnConditionCheckFailure",
    ]

    fileprivate init(_ object: WireObject) throws(JSONFault) {
        try object.allow(only: ["Put", "Update", "Delete", "ConditionCheck"])
        let present = object.members.filter { !$0.value.isNull }
        guard present.count == 1 else {
            throw JSONFault(.validation, "TransactItems can only contain one of Check, Put, Update or Delete")
        }
        let body = try present[0].value.object()
        switch present[0].name {
        case "Put":
            try body.allow(only: Self.members.union(["Item"]))
            self = .put(try PutItemRequest(body))
        case "Update":
            try body.allow(only: Self.members.union(["Key", "UpdateExpression"]))
            _ = try body.required("UpdateExpression")
            self = .update(try UpdateItemRequest(body))
        case "Delete":
            try body.allow(only: Self.members.union(["Key"]))
            self = .delete(try DeleteItemRequest(body))
        default:
            try body.allow(only: Self.members.union(["Key"]))
            self = .check(try ConditionCheck(body))
        }
    }
}
