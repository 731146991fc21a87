// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB

/// The operations of both services, and of the endpoint itself, by the header X-Amz-Target.
struct OperationTable: Sendable {
    private let operations: [String: EndpointOperation]

    init(store: LocalStore, log: RequestLog) {
        let all =
            Self.tables(store) + Self.items(store) + Self.streams(store)
            + ControlOperations.all(store: store, log: log)
        self.operations = Dictionary(all.map { ($0.target, $0) }) { first, _ in first }
    }

    /// The operation for a target.
    ///
    /// - Throws: `unknownOperation`, which says whether the service has it.
    func operation(for target: String?) throws(DynamoDBError) -> EndpointOperation {
        guard let target, !target.isEmpty else {
            throw DynamoDBError(
                .unknownOperation,
                "The header X-Amz-Target is missing: it names the operation, as DynamoDB_20120810.ListTables does",
                status: 400
            )
        }
        if let operation = self.operations[target] { return operation }
        let parts = target.split(separator: ".", maxSplits: 1)
        let name = parts.count == 2 ? String(parts[1]) : target
        let supported = self.operations.values.map(\.name).sorted().joined(separator: ", ")
        let isReal = Self.unsupported.contains(name) && parts.first?.hasPrefix("DynamoDB") == true
        throw DynamoDBError(
            .unknownOperation,
            isReal
                ? "\(name) is not supported by this endpoint. It has: \(supported)"
                : "There is no operation \(target.prefix(200)). This endpoint has: \(supported)",
            status: 400
        )
    }

    private static func tables(_ store: LocalStore) -> [EndpointOperation] {
        [
            .plain(.createTable, table: { $0.tableName }) { (input) async throws(DynamoDBError) in
                try await store.createTable(input)
            },
            .plain(.describeTable, table: { $0 }) { (input) async throws(DynamoDBError) in
                try await store.describeTable(input)
            },
            .plain(.listTables, table: { _ in nil }) { (input) async throws(DynamoDBError) in
                try await store.listTables(input)
            },
            .plain(.updateTable, table: { $0.tableName }) { (input) async throws(DynamoDBError) in
                try await store.updateTable(input)
            },
            .plain(.deleteTable, table: { $0 }) { (input) async throws(DynamoDBError) in
                try await store.deleteTable(input)
            },
        ]
    }

    private static func items(_ store: LocalStore) -> [EndpointOperation] {
        [
            .write(.putItem) { (input, isRehearsal) throws(DynamoDBError) in
                try store.put(input, isRehearsal: isRehearsal)
            },
            .plain(.getItem, table: { $0.tableName }) { (input) async throws(DynamoDBError) in
                try await store.getItem(input)
            },
            .write(.deleteItem) { (input, isRehearsal) throws(DynamoDBError) in
                try store.delete(input, isRehearsal: isRehearsal)
            },
            .write(.updateItem) { (input, isRehearsal) throws(DynamoDBError) in
                try store.update(input, isRehearsal: isRehearsal)
            },
            .write(.batchWriteItem) { (input, isRehearsal) throws(DynamoDBError) in
                try store.batch(input, isRehearsal: isRehearsal)
            },
            .write(.transactWriteItems) { (input, isRehearsal) throws(DynamoDBError) in
                try store.transact(input, isRehearsal: isRehearsal)
            },
            .plain(.scan, table: { $0.tableName }) { (input) async throws(DynamoDBError) in
                try await store.scan(input)
            },
        ]
    }

    private static func streams(_ store: LocalStore) -> [EndpointOperation] {
        let getRecords = WireOperation<GetRecordsRequest, RecordPage>.getRecords
        return [
            .plain(.listStreams, table: { $0.tableName }) { (input) async throws(DynamoDBError) in
                try await store.listStreams(input)
            },
            .plain(.describeStream, table: { $0.arn.tableName }) { (input) async throws(DynamoDBError) in
                try await store.describeStream(input)
            },
            .plain(.getShardIterator, table: { $0.arn.tableName }) { (input) async throws(DynamoDBError) in
                try await store.shardIterator(input)
            },
            EndpointOperation(target: getRecords.target, name: getRecords.name, isDroppable: false) {
                (body, _) async throws(DynamoDBError) in
                let input = try getRecords.decodeInput(body)
                let page = try store.recordsBody(at: input.iterator, limit: input.limit ?? 1000)
                let arn = StreamARN(String(input.iterator.text.prefix { $0 != "|" }))
                return EndpointOperation.Outcome(body: page, table: arn.tableName)
            },
        ]
    }

    /// What the services have and this endpoint has not.
    private static let unsupported: Set<String> = [
        "BatchExecuteStatement", "BatchGetItem", "CreateBackup", "CreateGlobalTable", "DeleteBackup",
        "DeleteResourcePolicy", "DescribeBackup", "DescribeContinuousBackups", "DescribeContributorInsights",
        "DescribeEndpoints", "DescribeExport", "DescribeGlobalTable", "DescribeGlobalTableSettings",
        "DescribeImport", "DescribeKinesisStreamingDestination", "DescribeLimits",
        "DescribeTableReplicaAutoScaling", "DescribeTimeToLive", "DisableKinesisStreamingDestination",
        "EnableKinesisStreamingDestination", "ExecuteStatement", "ExecuteTransaction", "ExportTableToPointInTime",
        "GetResourcePolicy", "ImportTable", "ListBackups", "ListContributorInsights", "ListExports",
        "ListGlobalTables", "ListImports", "ListTagsOfResource", "PutResourcePolicy", "Query",
        "RestoreTableFromBackup", "RestoreTableToPointInTime", "TagResource", "TransactGetItems",
        "UntagResource", "UpdateContinuousBackups", "UpdateContributorInsights",
        "UpdateGlobalTable", "UpdateGlobalTableSettings", "UpdateKinesisStreamingDestination",
        "UpdateTableReplicaAutoScaling", "UpdateTimeToLive",
    ]
}
