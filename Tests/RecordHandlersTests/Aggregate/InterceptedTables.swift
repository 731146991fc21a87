// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB

/// The tables of a store, but a test stands between for updates.
struct InterceptedTables: DynamoDBTableAPI {
    typealias Update = @Sendable (UpdateItemRequest) async throws(DynamoDBError) -> ItemResult

    let inner: LocalStore
    /// Gets each update and what does it.
    let onUpdate: @Sendable (UpdateItemRequest, Update) async throws(DynamoDBError) -> ItemResult

    func updateItem(_ request: UpdateItemRequest) async throws(DynamoDBError) -> ItemResult {
        let inner = self.inner
        return try await self.onUpdate(request) { (request) async throws(DynamoDBError) -> ItemResult in
            try await inner.updateItem(request)
        }
    }

    func createTable(_ request: CreateTableRequest) async throws(DynamoDBError) -> TableDescription {
        try await self.inner.createTable(request)
    }
    func describeTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        try await self.inner.describeTable(tableName)
    }
    func listTables(_ request: ListTablesRequest) async throws(DynamoDBError) -> TableList {
        try await self.inner.listTables(request)
    }
    func updateTable(_ request: UpdateTableRequest) async throws(DynamoDBError) -> TableDescription {
        try await self.inner.updateTable(request)
    }
    func updateTimeToLive(
        _ request: UpdateTimeToLiveRequest
    ) async throws(DynamoDBError) -> TimeToLiveSpecification {
        try await self.inner.updateTimeToLive(request)
    }
    func describeTimeToLive(_ tableName: String) async throws(DynamoDBError) -> TimeToLiveDescription {
        try await self.inner.describeTimeToLive(tableName)
    }
    func deleteTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        try await self.inner.deleteTable(tableName)
    }
    func putItem(_ request: PutItemRequest) async throws(DynamoDBError) -> ItemResult {
        try await self.inner.putItem(request)
    }
    func getItem(_ request: GetItemRequest) async throws(DynamoDBError) -> ItemResult {
        try await self.inner.getItem(request)
    }
    func deleteItem(_ request: DeleteItemRequest) async throws(DynamoDBError) -> ItemResult {
        try await self.inner.deleteItem(request)
    }
    func batchWriteItem(_ request: BatchWriteItemRequest) async throws(DynamoDBError) -> BatchWriteItemResult {
        try await self.inner.batchWriteItem(request)
    }
    func transactWriteItems(
        _ request: TransactWriteItemsRequest
    ) async throws(DynamoDBError) -> TransactWriteItemsResult {
        try await self.inner.transactWriteItems(request)
    }
    func scan(_ request: ScanRequest) async throws(DynamoDBError) -> ScanResult {
        try await self.inner.scan(request)
    }
}
