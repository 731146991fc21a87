// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

extension DynamoDBClient: DynamoDBTableAPI {
    /// Creates a table.
    public func createTable(_ request: CreateTableRequest) async throws(DynamoDBError) -> TableDescription {
        try await self.call(.createTable, request)
    }

    /// Describes a table, named by name or ARN.
    public func describeTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        try await self.call(.describeTable, tableName)
    }

    /// Lists tables, one page.
    public func listTables(_ request: ListTablesRequest) async throws(DynamoDBError) -> TableList {
        try await self.call(.listTables, request)
    }

    /// Changes stream, capacity or protection.
    public func updateTable(_ request: UpdateTableRequest) async throws(DynamoDBError) -> TableDescription {
        try await self.call(.updateTable, request)
    }

    /// Deletes a table; its stream stays readable for 24 hours.
    public func deleteTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        try await self.call(.deleteTable, tableName)
    }

    /// Puts an item.
    public func putItem(_ request: PutItemRequest) async throws(DynamoDBError) -> ItemResult {
        try await self.call(.putItem, request)
    }

    /// Gets an item.
    public func getItem(_ request: GetItemRequest) async throws(DynamoDBError) -> ItemResult {
        try await self.call(.getItem, request)
    }

    /// Deletes an item.
    public func deleteItem(_ request: DeleteItemRequest) async throws(DynamoDBError) -> ItemResult {
        try await self.call(.deleteItem, request)
    }

    /// Changes attributes of an item.
    public func updateItem(_ request: UpdateItemRequest) async throws(DynamoDBError) -> ItemResult {
        try await self.call(.updateItem, request)
    }

    /// Puts and deletes up to 25 items.
    public func batchWriteItem(
        _ request: BatchWriteItemRequest
    ) async throws(DynamoDBError) -> BatchWriteItemResult {
        try await self.call(.batchWriteItem, request)
    }

    /// Does up to 100 actions, all of them or none.
    ///
    /// A request without a token gets one of ``makeRequestToken``, so that attempts of this one call count once.
    public func transactWriteItems(
        _ request: TransactWriteItemsRequest
    ) async throws(DynamoDBError) -> TransactWriteItemsResult {
        var request = request
        if request.clientRequestToken == nil { request.clientRequestToken = self.makeRequestToken() }
        return try await self.call(.transactWriteItems, request)
    }

    /// Reads a table, one page.
    public func scan(_ request: ScanRequest) async throws(DynamoDBError) -> ScanResult {
        try await self.call(.scan, request)
    }
}
