// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension WireOperation<CreateTableRequest, TableDescription> {
    /// CreateTable.
    package static var createTable: Self {
        Self(
            "CreateTable",
            of: .tables,
            encodeInput: { request, writer in
                writer.member("TableName", request.tableName)
                writer.keySchema(request.keySchema)
                writer.member("BillingMode", request.billingMode.rawValue)
                writer.throughput(request.provisionedThroughput)
                writer.stream(request.stream)
                if !request.tags.isEmpty {
                    writer.name("Tags")
                    writer.array(request.tags) { tag, writer in
                        writer.object { writer in
                            writer.member("Key", tag.key)
                            writer.member("Value", tag.value)
                        }
                    }
                }
                writer.member("DeletionProtectionEnabled", ifTrue: request.isDeletionProtected)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: [
                    "TableName", "AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput",
                    "StreamSpecification", "Tags", "DeletionProtectionEnabled", "TableClass", "SSESpecification",
                ])
                try body.checkTableClass()
                return CreateTableRequest(
                    tableName: try body.tableName(),
                    keySchema: try body.keySchema(isStrict: true),
                    billingMode: try body.choice("BillingMode") ?? .provisioned,
                    provisionedThroughput: try body.throughput(),
                    stream: try body.stream(),
                    tags: try body.objects("Tags") { (tag) throws(JSONFault) in
                        TableTag(key: try tag.required("Key").string(), value: try tag.required("Value").string())
                    } ?? [],
                    isDeletionProtected: try body.bool("DeletionProtectionEnabled") ?? false
                )
            },
            encodeOutput: { $1.table("TableDescription", $0) },
            decodeOutput: { (body: WireObject) throws(JSONFault) in try body.table("TableDescription") }
        )
    }
}

extension WireOperation<UpdateTableRequest, TableDescription> {
    /// UpdateTable.
    package static var updateTable: Self {
        Self(
            "UpdateTable",
            of: .tables,
            encodeInput: { request, writer in
                writer.member("TableName", request.tableName)
                writer.member("BillingMode", request.billingMode?.rawValue)
                writer.throughput(request.provisionedThroughput)
                writer.stream(request.stream)
                if let isDeletionProtected = request.isDeletionProtected {
                    writer.name("DeletionProtectionEnabled")
                    writer.bool(isDeletionProtected)
                }
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: [
                    "TableName", "BillingMode", "ProvisionedThroughput", "StreamSpecification",
                    "DeletionProtectionEnabled", "TableClass", "SSESpecification",
                ])
                try body.checkTableClass()
                return UpdateTableRequest(
                    tableName: try body.tableName(),
                    billingMode: try body.choice("BillingMode"),
                    provisionedThroughput: try body.throughput(),
                    stream: try body.stream(),
                    isDeletionProtected: try body.bool("DeletionProtectionEnabled")
                )
            },
            encodeOutput: { $1.table("TableDescription", $0) },
            decodeOutput: { (body: WireObject) throws(JSONFault) in try body.table("TableDescription") }
        )
    }
}

extension WireOperation<String, TableDescription> {
    /// DescribeTable; the input is the table's name.
    package static var describeTable: Self { Self.named("DescribeTable", answer: "Table") }

    /// DeleteTable; the input is the table's name.
    package static var deleteTable: Self { Self.named("DeleteTable", answer: "TableDescription") }

    private static func named(_ name: String, answer: StaticString) -> Self {
        Self(
            name,
            of: .tables,
            encodeInput: { $1.member("TableName", $0) },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: ["TableName"])
                return try body.tableName()
            },
            encodeOutput: { $1.table(answer, $0) },
            decodeOutput: { (body: WireObject) throws(JSONFault) in try body.table("\(answer)") }
        )
    }
}

extension WireOperation<ListTablesRequest, TableList> {
    /// ListTables.
    package static var listTables: Self {
        Self(
            "ListTables",
            of: .tables,
            encodeInput: { request, writer in
                writer.member("Limit", request.limit)
                writer.member("ExclusiveStartTableName", request.exclusiveStartTableName)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: ["Limit", "ExclusiveStartTableName"])
                return ListTablesRequest(
                    limit: try body.integer("Limit"),
                    exclusiveStartTableName: try body.string("ExclusiveStartTableName")
                )
            },
            encodeOutput: { list, writer in
                writer.name("TableNames")
                writer.strings(list.tableNames)
                writer.member("LastEvaluatedTableName", list.lastEvaluatedTableName)
            },
            decodeOutput: { (body: WireObject) throws(JSONFault) in
                var names: [String] = []
                for element in try body.elements("TableNames") ?? [] { names.append(try element.string()) }
                return TableList(
                    tableNames: names,
                    lastEvaluatedTableName: try body.string("LastEvaluatedTableName")
                )
            }
        )
    }
}
