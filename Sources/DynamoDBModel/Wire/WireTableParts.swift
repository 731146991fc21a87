// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// The parts that requests and descriptions of tables share.

extension WireObject {
    /// `AttributeDefinitions` and `KeySchema`, which in a request must name the same attributes.
    func keySchema(isStrict: Bool) throws(JSONFault) -> KeySchema {
        var types: [String: KeyType] = [:]
        var definitions = 0
        for element in try self.required("AttributeDefinitions").elements() {
            let definition = try element.object()
            let name = try definition.required("AttributeName").string()
            types[name] = try definition.choice("AttributeType", KeyType.self)
            definitions += 1
            guard types[name] != nil else {
                _ = try definition.required("AttributeType")
                continue
            }
        }
        if isStrict, types.count != definitions {
            throw JSONFault(
                .validation,
                "One or more parameter values were invalid: Duplicate AttributeName in AttributeDefinitions"
            )
        }
        let names = try Self.keyNames(try self.required("KeySchema").elements())
        var attributes: [KeyAttribute] = []
        for name in names {
            guard let type = types[name] else {
                throw JSONFault(
                    .validation,
                    "One or more parameter values were invalid: Some index key attributes are not defined in "
                        + "AttributeDefinitions. Keys: [\(names.joined(separator: ", "))], "
                        + "AttributeDefinitions: [\(types.keys.sorted().joined(separator: ", "))]"
                )
            }
            attributes.append(KeyAttribute(name: name, type: type))
        }
        if isStrict, types.count != names.count {
            throw JSONFault(
                .validation,
                "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match "
                    + "number of attributes defined in AttributeDefinitions"
            )
        }
        return KeySchema(partition: attributes[0], sort: attributes.count == 2 ? attributes[1] : nil)
    }

    /// The names in a `KeySchema`, one or two, partition key first.
    static func keyNames(_ elements: [WireValue]) throws(JSONFault) -> [String] {
        var keys: [(name: String, role: KeyRole)] = []
        for element in elements {
            let key = try element.object()
            guard let role = try key.choice("KeyType", KeyRole.self) else {
                _ = try key.required("KeyType")
                continue
            }
            keys.append((try key.required("AttributeName").string(), role))
        }
        guard keys.count == 1 || keys.count == 2 else {
            throw JSONFault(
                .validation,
                "1 validation error detected: Value at 'keySchema' failed to satisfy constraint: "
                    + "Member must have length less than or equal to 2 and greater than or equal to 1"
            )
        }
        guard keys[0].role == .partition else {
            throw JSONFault(
                .validation,
                "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
            )
        }
        guard keys.count == 1 || keys[1].role == .sort else {
            throw JSONFault(
                .validation,
                "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"
            )
        }
        guard keys.count == 1 || keys[0].name != keys[1].name else {
            throw JSONFault(
                .validation,
                "Both the Hash Key and the Range Key element in the KeySchema have the same name"
            )
        }
        return keys.map(\.name)
    }

    func throughput() throws(JSONFault) -> ProvisionedThroughput? {
        try self.object("ProvisionedThroughput").map { (object) throws(JSONFault) in
            ProvisionedThroughput(
                readCapacityUnits: try object.required("ReadCapacityUnits").integer(),
                writeCapacityUnits: try object.required("WriteCapacityUnits").integer()
            )
        }
    }

    func stream() throws(JSONFault) -> StreamSpecification? {
        guard let object = try self.object("StreamSpecification") else { return nil }
        let isEnabled = try object.required("StreamEnabled").bool()
        let viewType = try object.choice("StreamViewType", StreamViewType.self)
        guard isEnabled == (viewType != nil) else {
            throw JSONFault(
                .validation,
                isEnabled
                    ? "One or more parameter values were invalid: StreamViewType is required when StreamEnabled is true"
                    : "One or more parameter values were invalid: StreamViewType must not be there "
                        + "when StreamEnabled is false"
            )
        }
        return StreamSpecification(viewType: viewType)
    }

    /// Accepts what changes nothing here and is sent by many programs; refuses the rest by name.
    func checkTableClass() throws(JSONFault) {
        try self.check("TableClass", among: ["STANDARD", "STANDARD_INFREQUENT_ACCESS"])
        if let tableClass = try self.string("TableClass"), tableClass != "STANDARD" {
            throw JSONFault(.validation, "TableClass \(tableClass) is not supported by this endpoint")
        }
        if try self.object("SSESpecification")?.bool("Enabled") == true {
            throw JSONFault(.validation, "SSESpecification with Enabled is not supported by this endpoint")
        }
    }
}

private enum KeyRole: String, CaseIterable {
    case partition = "HASH"
    case sort = "RANGE"
}

extension JSONWriter {
    /// Writes `AttributeDefinitions` and `KeySchema`.
    mutating func keySchema(_ schema: KeySchema) {
        self.name("AttributeDefinitions")
        self.array(schema.attributes) { attribute, writer in
            writer.object { writer in
                writer.member("AttributeName", attribute.name)
                writer.member("AttributeType", attribute.type.rawValue)
            }
        }
        self.keyNames(schema.attributes.map(\.name))
    }

    /// Writes `KeySchema`, partition key first.
    mutating func keyNames(_ names: [String]) {
        self.name("KeySchema")
        self.array(Array(names.enumerated())) { key, writer in
            writer.object { writer in
                writer.member("AttributeName", key.element)
                writer.member("KeyType", (key.offset == 0 ? KeyRole.partition : .sort).rawValue)
            }
        }
    }

    mutating func throughput(_ throughput: ProvisionedThroughput?) {
        guard let throughput else { return }
        self.name("ProvisionedThroughput")
        self.object { writer in
            writer.member("ReadCapacityUnits", throughput.readCapacityUnits)
            writer.member("WriteCapacityUnits", throughput.writeCapacityUnits)
        }
    }

    mutating func stream(_ stream: StreamSpecification?) {
        guard let stream else { return }
        self.name("StreamSpecification")
        self.object { writer in
            writer.name("StreamEnabled")
            writer.bool(stream.viewType != nil)
            writer.member("StreamViewType", stream.viewType?.rawValue)
        }
    }
}
