// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// DynamoDB's tables and items, as far as Weir uses and embeds them.
///
/// Implemented by the embedded store in process and by the client over HTTP; one conformance suite runs against both.
public protocol DynamoDBTableAPI: Sendable {
    /// Creates a table.
    func createTable(_ request: CreateTableRequest) async throws(DynamoDBError) -> TableDescription
    /// Describes a table, named by name or ARN.
    func describeTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription
    /// Lists tables, one page.
    func listTables(_ request: ListTablesRequest) async throws(DynamoDBError) -> TableList
    /// Changes stream, capacity or protection.
    func updateTable(_ request: UpdateTableRequest) async throws(DynamoDBError) -> TableDescription
    /// Deletes a table; its stream stays readable for 24 hours.
    func deleteTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription
    /// Puts an item.
    func putItem(_ request: PutItemRequest) async throws(DynamoDBError) -> ItemResult
    /// Gets an item.
    func getItem(_ request: GetItemRequest) async throws(DynamoDBError) -> ItemResult
    /// Deletes an item.
    func deleteItem(_ request: DeleteItemRequest) async throws(DynamoDBError) -> ItemResult
    /// Changes attributes of an item.
    func updateItem(_ request: UpdateItemRequest) async throws(DynamoDBError) -> ItemResult
    /// Puts and deletes up to 25 items.
    func batchWriteItem(_ request: BatchWriteItemRequest) async throws(DynamoDBError) -> BatchWriteItemResult
    /// Does up to 100 actions, all of them or none.
    ///
    /// What lets it be cancelled is in ``DynamoDBError/detail``, one reason for each action.
    func transactWriteItems(
        _ request: TransactWriteItemsRequest
    ) async throws(DynamoDBError) -> TransactWriteItemsResult
    /// Reads a table, one page.
    func scan(_ request: ScanRequest) async throws(DynamoDBError) -> ScanResult
}
