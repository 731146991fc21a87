// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension StoreCore {
    /// A table by name or ARN; an ill-formed name is refused as such.
    func table(_ nameOrARN: String) throws(DynamoDBError) -> TableEntry {
        if let table = self.catalog.tables[nameOrARN] { return table }
        var name = nameOrARN
        if nameOrARN.hasPrefix("arn:") {
            if let table = self.catalog.tables.values.first(where: { $0.arn == nameOrARN }) { return table }
            let fields = nameOrARN.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            guard fields.count == 6, fields[2] == "dynamodb", fields[5].hasPrefix("table/") else {
                throw invalid("Invalid table ARN: \(nameOrARN)")
            }
            name = String(fields[5].dropFirst(6))
        }
        try Self.checkTableName(name)
        throw tableNotFound(name)
    }

    static func checkTableName(_ name: String) throws(DynamoDBError) {
        let isAllowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isAllowed, (3...255).contains(name.utf8.count) else {
            throw invalid(
                """
                1 validation error detected: Value '\(name)' at 'tableName' failed to satisfy constraint: Member must \
                have length between 3 and 255 and satisfy regular expression pattern: [a-zA-Z0-9_.-]+
                """
            )
        }
    }

    func createTable(_ request: CreateTableRequest) throws(DynamoDBError) -> TableDescription {
        try Self.checkTableName(request.tableName)
        try Self.checkKeySchema(request.keySchema)
        let throughput = try Self.throughput(request.billingMode, request.provisionedThroughput)
        guard self.catalog.tables[request.tableName] == nil else {
            throw DynamoDBError(
                .resourceInUse,
                "Table already exists: \(request.tableName)",
                status: 400
            )
        }
        let configuration = self.configuration
        let insert = try self.statement(
            """
            INSERT INTO tables (name, arn, uuid, partition_name, partition_type, sort_name, sort_type, billing,
                read_units, write_units, on_demand_since, created, is_protected)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """
        )
        var table = TableEntry(
            id: 0,
            name: request.tableName,
            arn: "arn:aws:dynamodb:\(configuration.region):\(configuration.account):table/\(request.tableName)",
            uuid: self.makeUUID(),
            keySchema: request.keySchema,
            billingMode: request.billingMode,
            throughput: throughput,
            onDemandSince: request.billingMode == .payPerRequest ? self.now : nil,
            createdAt: self.now,
            isDeletionProtected: request.isDeletionProtected
        )
        insert.bind(1, table.name)
        insert.bind(2, table.arn)
        insert.bind(3, table.uuid)
        insert.bind(4, table.keySchema.partition.name)
        insert.bind(5, table.keySchema.partition.type.rawValue)
        insert.bind(6, table.keySchema.sort?.name)
        insert.bind(7, table.keySchema.sort?.type.rawValue)
        insert.bind(8, table.billingMode.rawValue)
        insert.bind(9, Int64(throughput.readCapacityUnits))
        insert.bind(10, Int64(throughput.writeCapacityUnits))
        insert.bind(11, table.onDemandSince?.milliseconds)
        insert.bind(12, table.createdAt.milliseconds)
        insert.bind(13, table.isDeletionProtected ? 1 : 0 as Int64)
        guard try insert.step() else { throw DynamoDBError(.internalServerError, "The table got no row.") }
        table.id = insert.integer(0)
        insert.reset()
        self.catalog.tables[table.name] = table
        if let viewType = request.stream?.viewType {
            try self.enableStream(of: table.name, viewType: viewType)
        }
        return try self.describe(table.name)
    }

    func describe(_ nameOrARN: String) throws(DynamoDBError) -> TableDescription {
        let table = try self.table(nameOrARN)
        let contents = self.contents[table.id] ?? TableContents()
        return TableDescription(
            tableName: table.name,
            arn: table.arn,
            id: table.uuid,
            keySchema: table.keySchema,
            billingMode: table.billingMode,
            payPerRequestSince: table.onDemandSince,
            provisionedThroughput: table.throughput,
            createdAt: table.createdAt,
            itemCount: contents.count,
            size: ByteCount(contents.size),
            streamViewType: table.stream?.viewType,
            latestStreamARN: table.latestStreamARN,
            latestStreamLabel: table.latestStreamLabel,
            isDeletionProtected: table.isDeletionProtected
        )
    }

    func listTables(_ request: ListTablesRequest) throws(DynamoDBError) -> TableList {
        let limit = request.limit ?? 100
        try checkRange(limit, 1...100, member: "limit")
        if let start = request.exclusiveStartTableName { try Self.checkTableName(start) }
        let start = request.exclusiveStartTableName ?? ""
        let names = self.catalog.tables.keys.filter { $0 > start }.sorted()
        let page = Array(names.prefix(limit))
        return TableList(tableNames: page, lastEvaluatedTableName: names.count > page.count ? page.last : nil)
    }

    func updateTable(_ request: UpdateTableRequest) throws(DynamoDBError) -> TableDescription {
        var table = try self.table(request.tableName)
        let changesCapacity = request.billingMode != nil || request.provisionedThroughput != nil
        guard changesCapacity || request.stream != nil || request.isDeletionProtected != nil else {
            throw invalid(
                """
                At least one of ProvisionedThroughput, BillingMode, StreamSpecification or DeletionProtectionEnabled \
                is required
                """
            )
        }
        if changesCapacity {
            let mode = request.billingMode ?? table.billingMode
            let isSwitch = mode != table.billingMode
            let wanted = request.provisionedThroughput ?? (mode == .provisioned && !isSwitch ? table.throughput : nil)
            let throughput = try Self.throughput(mode, wanted)
            if request.provisionedThroughput != nil, !isSwitch, throughput == table.throughput {
                throw invalid(
                    """
                    The provisioned throughput for the table will not change. The requested value equals the current \
                    value. Current ReadCapacityUnits provisioned for the table: \(throughput.readCapacityUnits). \
                    Requested ReadCapacityUnits: \(throughput.readCapacityUnits). Current WriteCapacityUnits \
                    provisioned for the table: \(throughput.writeCapacityUnits). Requested WriteCapacityUnits: \
                    \(throughput.writeCapacityUnits).
                    """
                )
            }
            table.billingMode = mode
            table.throughput = throughput
            if mode == .payPerRequest, isSwitch { table.onDemandSince = self.now }
        }
        if let isProtected = request.isDeletionProtected { table.isDeletionProtected = isProtected }
        let update = try self.statement(
            """
            UPDATE tables SET billing = ?, read_units = ?, write_units = ?, on_demand_since = ?, is_protected = ?
            WHERE id = ?
            """
        )
        update.bind(1, table.billingMode.rawValue)
        update.bind(2, Int64(table.throughput.readCapacityUnits))
        update.bind(3, Int64(table.throughput.writeCapacityUnits))
        update.bind(4, table.onDemandSince?.milliseconds)
        update.bind(5, table.isDeletionProtected ? 1 : 0 as Int64)
        update.bind(6, table.id)
        try update.run()
        self.catalog.tables[table.name] = table
        if changesCapacity { self.changeCapacity(of: table) }
        if let stream = request.stream { try self.changeStream(of: table, to: stream.viewType) }
        return try self.describe(table.name)
    }

    func deleteTable(_ nameOrARN: String) throws(DynamoDBError) -> TableDescription {
        let table = try self.table(nameOrARN)
        guard !table.isDeletionProtected else {
            throw invalid(
                """
                Resource cannot be deleted as it is currently protected against deletion. \
                Disable deletion protection first.
                """
            )
        }
        if table.stream != nil { try self.disableStream(of: table.name) }
        var description = try self.describe(table.name)
        description.status = "DELETING"
        for sql in ["DELETE FROM items WHERE table_id = ?", "DELETE FROM tables WHERE id = ?"] {
            let delete = try self.statement(sql)
            delete.bind(1, table.id)
            try delete.run()
        }
        self.catalog.tables[table.name] = nil
        self.contents[table.id] = nil
        self.buckets[table.uuid] = nil
        return description
    }

    private func changeStream(of table: TableEntry, to viewType: StreamViewType?) throws(DynamoDBError) {
        guard let viewType else {
            guard table.stream != nil else {
                throw invalid("Table is already disabled for streams: TableName: \(table.name)")
            }
            try self.disableStream(of: table.name)
            return
        }
        guard table.stream == nil else {
            throw invalid("Table already has an enabled stream: TableName: \(table.name)")
        }
        try self.enableStream(of: table.name, viewType: viewType)
    }

    private static func checkKeySchema(_ schema: KeySchema) throws(DynamoDBError) {
        for attribute in schema.attributes {
            guard (1...255).contains(attribute.name.utf8.count) else {
                throw invalid(
                    """
                    1 validation error detected: Value '\(attribute.name)' at 'keySchema' failed to satisfy \
                    constraint: Member must have length between 1 and 255
                    """
                )
            }
        }
        guard schema.sort?.name != schema.partition.name else {
            throw invalid(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name"
            )
        }
    }

    private static func throughput(
        _ mode: BillingMode,
        _ wanted: ProvisionedThroughput?
    ) throws(DynamoDBError) -> ProvisionedThroughput {
        switch (mode, wanted) {
        case (.payPerRequest, nil): return ProvisionedThroughput(readCapacityUnits: 0, writeCapacityUnits: 0)
        case (.payPerRequest, .some):
            throw invalid(
                """
                One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be \
                specified when BillingMode is PAY_PER_REQUEST
                """
            )
        case (.provisioned, nil):
            throw invalid(
                """
                One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be \
                specified when BillingMode is PROVISIONED
                """
            )
        case (.provisioned, .some(let throughput)):
            try checkRange(
                throughput.readCapacityUnits,
                1...1_000_000_000_000,
                member: "provisionedThroughput.readCapacityUnits"
            )
            try checkRange(
                throughput.writeCapacityUnits,
                1...1_000_000_000_000,
                member: "provisionedThroughput.writeCapacityUnits"
            )
            return throughput
        }
    }

    private func makeUUID() -> String {
        let high = self.randomWord() & 0xffff_ffff_ffff_0fff | 0x4000
        let low = self.randomWord() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
        let digits = hexadecimal(high) + hexadecimal(low)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }
}

/// Refuses a number outside of a range, naming the member as the service does.
func checkRange(_ value: Int, _ range: ClosedRange<Int>, member: String) throws(DynamoDBError) {
    guard range.contains(value) else {
        let bound =
            value < range.lowerBound
            ? "greater than or equal to \(range.lowerBound)" : "less than or equal to \(range.upperBound)"
        throw invalid(
            """
            1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: Member must \
            have value \(bound)
            """
        )
    }
}

/// Sixteen hexadecimal digits.
func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
