// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// Writes a description as the member of that name.
    mutating func table(_ name: StaticString, _ table: TableDescription) {
        self.name(name)
        self.object { writer in
            writer.member("TableName", table.tableName)
            writer.member("TableArn", table.arn)
            writer.member("TableId", table.id)
            writer.member("TableStatus", table.status)
            writer.keySchema(table.keySchema)
            writer.member("CreationDateTime", table.createdAt)
            writer.member("ItemCount", table.itemCount)
            writer.member("TableSizeBytes", table.size.bytes)
            writer.name("ProvisionedThroughput")
            writer.object { writer in
                writer.member("NumberOfDecreasesToday", 0)
                writer.member("ReadCapacityUnits", table.provisionedThroughput.readCapacityUnits)
                writer.member("WriteCapacityUnits", table.provisionedThroughput.writeCapacityUnits)
            }
            if table.billingMode == .payPerRequest || table.payPerRequestSince != nil {
                writer.name("BillingModeSummary")
                writer.object { writer in
                    writer.member("BillingMode", table.billingMode.rawValue)
                    writer.member("LastUpdateToPayPerRequestDateTime", table.payPerRequestSince)
                }
            }
            if let viewType = table.streamViewType { writer.stream(StreamSpecification(viewType: viewType)) }
            writer.member("LatestStreamArn", table.latestStreamARN?.text)
            writer.member("LatestStreamLabel", table.latestStreamLabel)
            writer.name("DeletionProtectionEnabled")
            writer.bool(table.isDeletionProtected)
        }
    }
}

extension WireObject {
    /// Reads the description in the member of that name.
    func table(_ name: String) throws(JSONFault) -> TableDescription {
        let table = try self.required(name).object()
        let billing = try table.object("BillingModeSummary")
        let stream = try table.object("StreamSpecification")
        let throughput = try table.object("ProvisionedThroughput")
        return TableDescription(
            tableName: try table.tableName(),
            arn: try table.string("TableArn") ?? "",
            id: try table.string("TableId") ?? "",
            status: try table.string("TableStatus") ?? "",
            keySchema: try table.keySchema(isStrict: false),
            billingMode: try billing?.choice("BillingMode") ?? .provisioned,
            payPerRequestSince: try billing?.time("LastUpdateToPayPerRequestDateTime"),
            provisionedThroughput: ProvisionedThroughput(
                readCapacityUnits: try throughput?.integer("ReadCapacityUnits") ?? 0,
                writeCapacityUnits: try throughput?.integer("WriteCapacityUnits") ?? 0
            ),
            createdAt: try table.time("CreationDateTime") ?? Timestamp(seconds: 0),
            itemCount: try table.integer("ItemCount") ?? 0,
            size: ByteCount(try table.integer("TableSizeBytes") ?? 0),
            streamViewType: try stream?.choice("StreamViewType"),
            latestStreamARN: try table.string("LatestStreamArn").map { StreamARN($0) },
            latestStreamLabel: try table.string("LatestStreamLabel"),
            isDeletionProtected: try table.bool("DeletionProtectionEnabled") ?? false,
            replicaRegions: try table.objects("Replicas") { (replica) throws(JSONFault) in
                try replica.string("RegionName") ?? ""
            } ?? []
        )
    }
}
