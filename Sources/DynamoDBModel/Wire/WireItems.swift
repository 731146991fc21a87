// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension WireOperation<PutItemRequest, ItemResult> {
    /// PutItem.
    package static var putItem: Self {
        Self(
            "PutItem",
            of: .tables,
            encodeInput: { request, writer in
                writer.members(of: request)
                writer.options(request.returnValues, request.returnConsumedCapacity)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: WireItems.writeMembers.union(["TableName", "Item"]))
                var request = try PutItemRequest(body)
                request.returnValues = try body.oldReturnValues()
                request.returnConsumedCapacity = try body.writeOptions()
                return request
            },
            encodeOutput: { WireItems.write($0, attributes: "Attributes", into: &$1) },
            decodeOutput: { (body: WireObject) throws(JSONFault) in try WireItems.result(body, attributes: "Attributes")
            }
        )
    }
}

extension WireOperation<DeleteItemRequest, ItemResult> {
    /// DeleteItem.
    package static var deleteItem: Self {
        Self(
            "DeleteItem",
            of: .tables,
            encodeInput: { request, writer in
                writer.members(of: request)
                writer.options(request.returnValues, request.returnConsumedCapacity)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: WireItems.writeMembers.union(["TableName", "Key"]))
                var request = try DeleteItemRequest(body)
                request.returnValues = try body.oldReturnValues()
                request.returnConsumedCapacity = try body.writeOptions()
                return request
            },
            encodeOutput: { WireItems.write($0, attributes: "Attributes", into: &$1) },
            decodeOutput: { (body: WireObject) throws(JSONFault) in try WireItems.result(body, attributes: "Attributes")
            }
        )
    }
}

extension WireOperation<GetItemRequest, ItemResult> {
    /// GetItem.
    package static var getItem: Self {
        Self(
            "GetItem",
            of: .tables,
            encodeInput: { request, writer in
                writer.member("TableName", request.tableName)
                writer.member("Key", request.key)
                writer.member("ConsistentRead", ifTrue: request.isConsistent)
                writer.options(.none, request.returnConsumedCapacity)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: ["TableName", "Key", "ConsistentRead", "ReturnConsumedCapacity"])
                return GetItemRequest(
                    tableName: try body.tableName(),
                    key: try body.required("Key").item(isStrict: true),
                    isConsistent: try body.bool("ConsistentRead") ?? false,
                    returnConsumedCapacity: try body.choice("ReturnConsumedCapacity") ?? .none
                )
            },
            encodeOutput: { WireItems.write($0, attributes: "Item", into: &$1) },
            decodeOutput: { (body: WireObject) throws(JSONFault) in try WireItems.result(body, attributes: "Item") }
        )
    }
}

extension WireOperation<UpdateItemRequest, ItemResult> {
    /// UpdateItem.
    package static var updateItem: Self {
        Self(
            "UpdateItem",
            of: .tables,
            encodeInput: { request, writer in
                writer.members(of: request)
                writer.options(request.returnValues, request.returnConsumedCapacity)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: WireItems.writeMembers.union(["TableName", "Key", "UpdateExpression"]))
                var request = try UpdateItemRequest(body)
                request.returnValues = try body.choice("ReturnValues") ?? .none
                request.returnConsumedCapacity = try body.writeOptions()
                return request
            },
            encodeOutput: { WireItems.write($0, attributes: "Attributes", into: &$1) },
            decodeOutput: { (body: WireObject) throws(JSONFault) in try WireItems.result(body, attributes: "Attributes")
            }
        )
    }
}

/// What the operations on items share.
enum WireItems {
    /// Members that every write may have; item collections exist only with local indexes, which are not there.
    static let writeMembers: Set<String> = [
        "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", "ReturnValues",
        "ReturnConsumedCapacity", "ReturnItemCollectionMetrics", "ReturnValuesOnConditionCheckFailure",
    ]

    static func write(_ result: ItemResult, attributes: StaticString, into writer: inout JSONWriter) {
        writer.member(attributes, result.attributes)
        if let capacity = result.consumedCapacity {
            writer.name("ConsumedCapacity")
            writer.capacity(capacity)
        }
    }

    static func result(_ body: WireObject, attributes: String) throws(JSONFault) -> ItemResult {
        ItemResult(
            attributes: try body.item(attributes, isStrict: false),
            consumedCapacity: try body.object("ConsumedCapacity").map { (object) throws(JSONFault) in
                try object.capacity()
            }
        )
    }
}

extension WireObject {
    func tableName() throws(JSONFault) -> String {
        try self.required("TableName").string()
    }

    /// `NONE` or `ALL_OLD`, all that PutItem and DeleteItem know.
    func oldReturnValues() throws(JSONFault) -> ReturnValues {
        let values: ReturnValues = try self.choice("ReturnValues") ?? .none
        guard values == .none || values == .allOld else {
            throw JSONFault(.validation, "Return values set to invalid value")
        }
        return values
    }

    /// Checks the options of a write and returns the one that means something here.
    func writeOptions() throws(JSONFault) -> ReturnConsumedCapacity {
        try self.check("ReturnItemCollectionMetrics", among: ["SIZE", "NONE"])
        return try self.choice("ReturnConsumedCapacity") ?? .none
    }

    func capacity() throws(JSONFault) -> ConsumedCapacity {
        ConsumedCapacity(
            tableName: try self.string("TableName") ?? "",
            capacityUnits: try self["CapacityUnits"]?.double() ?? 0,
            tableCapacityUnits: try self.object("Table")?["CapacityUnits"]?.double(),
            readCapacityUnits: try self["ReadCapacityUnits"]?.double(),
            writeCapacityUnits: try self["WriteCapacityUnits"]?.double()
        )
    }
}

extension JSONWriter {
    mutating func options(_ values: ReturnValues, _ capacity: ReturnConsumedCapacity) {
        if values != .none { self.member("ReturnValues", values.rawValue) }
        if capacity != .none { self.member("ReturnConsumedCapacity", capacity.rawValue) }
    }

    mutating func capacity(_ capacity: ConsumedCapacity) {
        self.beginObject()
        self.member("TableName", capacity.tableName)
        self.name("CapacityUnits")
        self.number(capacity.capacityUnits)
        if let units = capacity.readCapacityUnits {
            self.name("ReadCapacityUnits")
            self.number(units)
        }
        if let units = capacity.writeCapacityUnits {
            self.name("WriteCapacityUnits")
            self.number(units)
        }
        if let units = capacity.tableCapacityUnits {
            self.name("Table")
            self.object { writer in
                writer.name("CapacityUnits")
                writer.number(units)
            }
        }
        self.endObject()
    }
}
