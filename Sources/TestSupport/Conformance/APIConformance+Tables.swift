// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APIConformance {
    static let tableCases: [APIConformanceCase] = [
        APIConformanceCase("table: a new table is active and described with its key and an ARN") { subject in
            let created = try await subject.table()
            let table = try await subject.api.describeTable(created.tableName)
            try checkEqual(table.status, "ACTIVE", "the status")
            try checkEqual(table.keySchema, APISubject.keys, "the key")
            try checkEqual(table.itemCount, 0, "the number of items")
            let hasARN = table.arn.hasPrefix("arn:aws") && table.arn.hasSuffix(":table/\(created.tableName)")
            try check(hasARN, "the ARN is \(table.arn)")
            try check(!table.id.isEmpty, "there is no id")
        },
        APIConformanceCase("table: an on-demand table has capacities of 0 and the time since when") { subject in
            let table = try await subject.api.describeTable(subject.table().tableName)
            try checkEqual(table.billingMode, .payPerRequest, "the billing mode")
            let none = ProvisionedThroughput(readCapacityUnits: 0, writeCapacityUnits: 0)
            try checkEqual(table.provisionedThroughput, none, "the capacity")
            try check(table.payPerRequestSince != nil, "there is no LastUpdateToPayPerRequestDateTime")
        },
        APIConformanceCase("table: a provisioned table has its capacity and no billing summary") { subject in
            let capacity = ProvisionedThroughput(readCapacityUnits: 3, writeCapacityUnits: 4)
            let request = CreateTableRequest(
                tableName: subject.prefix + "table",
                keySchema: APISubject.keys,
                billingMode: .provisioned,
                provisionedThroughput: capacity
            )
            _ = try await subject.api.createTable(request)
            let table = try await subject.api.describeTable(request.tableName)
            try checkEqual(table.billingMode, .provisioned, "the billing mode")
            try checkEqual(table.provisionedThroughput, capacity, "the capacity")
            try check(table.payPerRequestSince == nil, "there is a LastUpdateToPayPerRequestDateTime")
        },
        APIConformanceCase("table: on-demand together with a capacity is refused") { subject in
            let capacity = ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1)
            try await checkRefused(.validation) {
                try await subject.api.createTable(
                    CreateTableRequest(
                        tableName: subject.prefix + "table",
                        keySchema: APISubject.keys,
                        billingMode: .payPerRequest,
                        provisionedThroughput: capacity
                    )
                )
            }
        },
        APIConformanceCase("table: provisioned without a capacity is refused") { subject in
            try await checkRefused(.validation) {
                try await subject.api.createTable(
                    CreateTableRequest(
                        tableName: subject.prefix + "table",
                        keySchema: APISubject.keys,
                        billingMode: .provisioned
                    )
                )
            }
        },
        APIConformanceCase("table: a name can be used once") { subject in
            let table = try await subject.table()
            let error = try await checkRefused(.resourceInUse) { try await subject.table() }
            try check(error.message.contains(table.tableName), "the message does not name the table")
        },
        APIConformanceCase("table: partition and sort key need names that differ") { subject in
            let key = KeyAttribute(name: "pk", type: .string)
            try await checkRefused(.validation) {
                try await subject.table(keys: KeySchema(partition: key, sort: key))
            }
        },
        APIConformanceCase("table: names have 3 to 255 of a-z A-Z 0-9 _ . -") { subject in
            for name in ["ab", "a b c", "äöü", String(repeating: "a", count: 256)] {
                try await checkRefused(.validation, what: "the name '\(name.prefix(10))'") {
                    try await subject.api.createTable(
                        CreateTableRequest(
                            tableName: name,
                            keySchema: APISubject.keys,
                            billingMode: .payPerRequest
                        )
                    )
                }
            }
        },
        APIConformanceCase("table: an ill-formed name is invalid in item operations, not a missing table") { subject in
            try await checkRefused(.validation) { try await subject.get("a b c", subject.item("a", 1)) }
            try await checkRefused(.validation) { try await subject.put("a!", subject.item("a", 1)) }
        },
        APIConformanceCase("table: a missing table is not found, and named") { subject in
            let name = subject.prefix + "missing"
            let error = try await checkRefused(.resourceNotFound) { try await subject.api.describeTable(name) }
            try check(error.message.contains(name), "the message does not name the table: \(error.message)")
            try await checkRefused(.resourceNotFound) { try await subject.api.deleteTable(name) }
            try await checkRefused(.resourceNotFound) {
                try await subject.api.updateTable(UpdateTableRequest(tableName: name, isDeletionProtected: true))
            }
        },
        APIConformanceCase("table: a deleted table is gone, and its name is free") { subject in
            let name = try await subject.table().tableName
            try await subject.put(name, subject.item("a", 1))
            _ = try await subject.api.deleteTable(name)
            try await checkRefused(.resourceNotFound) { try await subject.api.describeTable(name) }
            _ = try await subject.table()
            let item = try await subject.get(name, subject.item("a", 1))
            try check(item == nil, "an item of the deleted table is in the new one")
        },
        APIConformanceCase("table: deletion protection refuses DeleteTable until it is off") { subject in
            let name = try await subject.table().tableName
            let on = UpdateTableRequest(tableName: name, isDeletionProtected: true)
            _ = try await subject.api.updateTable(on)
            let table = try await subject.api.describeTable(name)
            try check(table.isDeletionProtected, "DescribeTable does not tell it")
            try await checkRefused(.validation) { try await subject.api.deleteTable(name) }
            let off = UpdateTableRequest(tableName: name, isDeletionProtected: false)
            _ = try await subject.api.updateTable(off)
            _ = try await subject.api.deleteTable(name)
        },
        APIConformanceCase("table: the billing mode can change") { subject in
            let name = try await subject.table().tableName
            let capacity = ProvisionedThroughput(readCapacityUnits: 5, writeCapacityUnits: 6)
            _ = try await subject.api.updateTable(
                UpdateTableRequest(tableName: name, billingMode: .provisioned, provisionedThroughput: capacity)
            )
            let table = try await subject.api.describeTable(name)
            try checkEqual(table.billingMode, .provisioned, "the billing mode")
            try checkEqual(table.provisionedThroughput, capacity, "the capacity")
        },
        APIConformanceCase("table: a table is found by its ARN too") { subject in
            let table = try await subject.table()
            try await subject.put(table.arn, subject.item("a", 1))
            let described = try await subject.api.describeTable(table.arn)
            try checkEqual(described.tableName, table.tableName, "the name")
            let item = try await subject.get(table.tableName, subject.item("a", 1))
            try check(item != nil, "the item that was put by ARN is not there")
        },
        APIConformanceCase("table: ListTables goes on after a name, in order") { subject in
            for name in ["c", "a", "b"] { _ = try await subject.table(name) }
            let page = try await subject.api.listTables(
                ListTablesRequest(limit: 1, exclusiveStartTableName: subject.prefix + "a")
            )
            try checkEqual(page.tableNames, [subject.prefix + "b"], "the page")
            try checkEqual(page.lastEvaluatedTableName, subject.prefix + "b", "LastEvaluatedTableName")
            let rest = try await subject.api.listTables(
                ListTablesRequest(exclusiveStartTableName: subject.prefix + "b")
            )
            try checkEqual(rest.tableNames.first, subject.prefix + "c", "the first of the rest")
        },
        APIConformanceCase("table: ListTables takes limits of 1 to 100") { subject in
            for limit in [0, 101] {
                try await checkRefused(.validation, what: "a limit of \(limit)") {
                    try await subject.api.listTables(ListTablesRequest(limit: limit))
                }
            }
        },
    ]

    static let tableStreamCases: [APIConformanceCase] = [
        APIConformanceCase("table stream: a table without one tells nothing of streams") { subject in
            let table = try await subject.api.describeTable(subject.table().tableName)
            try check(table.streamViewType == nil, "there is a StreamSpecification")
            try check(table.latestStreamARN == nil, "there is a LatestStreamArn")
            try check(table.latestStreamLabel == nil, "there is a LatestStreamLabel")
        },
        APIConformanceCase("table stream: create and describe tell ARN, label and view type") { subject in
            let created = try await subject.table(stream: .oldImage)
            let table = try await subject.api.describeTable(created.tableName)
            for table in [created, table] {
                try checkEqual(table.streamViewType, .oldImage, "the view type")
                let arn = "\(table.arn)/stream/\(table.latestStreamLabel ?? "?")"
                try checkEqual(table.latestStreamARN?.text, arn, "the ARN")
            }
        },
        APIConformanceCase("table stream: the label is an ISO time with milliseconds and no zone") { subject in
            let label = try await subject.table(stream: .keysOnly).latestStreamLabel ?? ""
            let shape = label.map { $0.isNumber ? "0" : $0 }
            try checkEqual(String(shape), "0000-00-00T00:00:00.000", "the shape of '\(label)'")
        },
        APIConformanceCase("table stream: UpdateTable switches one on") { subject in
            let name = try await subject.table().tableName
            let updated = try await subject.api.updateTable(
                UpdateTableRequest(tableName: name, stream: StreamSpecification(viewType: .newImage))
            )
            try checkEqual(updated.streamViewType, .newImage, "the view type")
            try check(updated.latestStreamARN != nil, "there is no ARN")
            try await subject.put(name, subject.item("a", 1))
            let table = try await subject.api.describeTable(name)
            try checkEqual(table.latestStreamARN, updated.latestStreamARN, "the ARN")
            guard let stream = table.latestStreamARN else { return }
            try checkEqual(try await subject.records(stream).count, 1, "the number of records")
        },
        APIConformanceCase("table stream: switching on twice is refused, with the same view type or another") {
            subject in
            let name = try await subject.table(stream: .newImage).tableName
            for viewType in [StreamViewType.newImage, .keysOnly] {
                try await checkRefused(.validation) {
                    try await subject.api.updateTable(
                        UpdateTableRequest(tableName: name, stream: StreamSpecification(viewType: viewType))
                    )
                }
            }
        },
        APIConformanceCase("table stream: switching off what is not on is refused") { subject in
            let name = try await subject.table().tableName
            try await checkRefused(.validation) {
                try await subject.api.updateTable(
                    UpdateTableRequest(tableName: name, stream: StreamSpecification(viewType: nil))
                )
            }
        },
        APIConformanceCase("table stream: other changes of the table keep the stream") { subject in
            let (name, stream) = try await subject.streamingTable()
            _ = try await subject.api.updateTable(UpdateTableRequest(tableName: name, isDeletionProtected: true))
            let table = try await subject.api.describeTable(name)
            try checkEqual(table.latestStreamARN, stream, "the ARN")
        },
        APIConformanceCase("table stream: switched off, it is DISABLED, closed, listed and readable") { subject in
            let (name, stream) = try await subject.streamingTable()
            try await subject.put(name, subject.item("a", 1))
            try await subject.switchOff(name)
            let description = try await subject.api.describeStream(DescribeStreamRequest(arn: stream))
            try checkEqual(description.status, .disabled, "the status")
            try check(description.shards.allSatisfy(\.isClosed), "a shard has no EndingSequenceNumber")
            let listed = try await subject.api.listStreams(ListStreamsRequest(tableName: name))
            try check(listed.streams.contains { $0.arn == stream }, "it is not listed")
            try checkEqual(try await subject.records(stream).count, 1, "the number of records")
        },
        APIConformanceCase("table stream: writes after it was switched off make no record") { subject in
            let (name, stream) = try await subject.streamingTable()
            try await subject.switchOff(name)
            try await subject.put(name, subject.item("a", 1))
            try checkEqual(try await subject.records(stream).count, 0, "the number of records")
        },
        APIConformanceCase("table stream: switched on again it is a new, empty one; the old one stays") { subject in
            let (name, old) = try await subject.streamingTable()
            try await subject.put(name, subject.item("a", 1))
            try await subject.switchOff(name)
            let updated = try await subject.api.updateTable(
                UpdateTableRequest(tableName: name, stream: StreamSpecification(viewType: .keysOnly))
            )
            guard let new = updated.latestStreamARN else { throw APIConformanceFailure("there is no new ARN") }
            try check(new != old, "the ARN is the old one")
            try checkEqual(try await subject.records(new).count, 0, "the number of records in the new one")
            try checkEqual(try await subject.records(old).count, 1, "the number of records in the old one")
            let listed = try await subject.api.listStreams(ListStreamsRequest(tableName: name))
            try checkEqual(Set(listed.streams.map(\.arn)), [old, new], "the streams listed")
        },
        APIConformanceCase("table stream: after DeleteTable it is disabled and stays readable") { subject in
            let (name, stream) = try await subject.streamingTable()
            try await subject.put(name, subject.item("a", 1))
            _ = try await subject.api.deleteTable(name)
            let description = try await subject.api.describeStream(DescribeStreamRequest(arn: stream))
            try checkEqual(description.status, .disabled, "the status")
            let records = try await subject.records(stream)
            try checkEqual(records.first?.kind, .insert, "the kind of the first record")
        },
    ]
}

extension APISubject {
    func switchOff(_ table: String) async throws {
        _ = try await self.api.updateTable(
            UpdateTableRequest(tableName: table, stream: StreamSpecification(viewType: nil))
        )
    }
}
