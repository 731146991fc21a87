// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// What no handler asks for that is simulated.
extension SimulatedTable {
    /// Refused.
    package func createTable(_ request: CreateTableRequest) async throws(DynamoDBError) -> TableDescription {
        throw Self.refusal("CreateTable")
    }

    /// Refused.
    package func describeTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        throw Self.refusal("DescribeTable")
    }

    /// Refused.
    package func listTables(_ request: ListTablesRequest) async throws(DynamoDBError) -> TableList {
        throw Self.refusal("ListTables")
    }

    /// Refused.
    package func updateTable(_ request: UpdateTableRequest) async throws(DynamoDBError) -> TableDescription {
        throw Self.refusal("UpdateTable")
    }

    /// Refused.
    package func deleteTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        throw Self.refusal("DeleteTable")
    }

    /// Refused.
    package func putItem(_ request: PutItemRequest) async throws(DynamoDBError) -> ItemResult {
        throw Self.refusal("PutItem")
    }

    /// Refused.
    package func getItem(_ request: GetItemRequest) async throws(DynamoDBError) -> ItemResult {
        throw Self.refusal("GetItem")
    }

    /// Refused.
    package func updateItem(_ request: UpdateItemRequest) async throws(DynamoDBError) -> ItemResult {
        throw Self.refusal("UpdateItem")
    }

    /// Refused.
    package func transactWriteItems(
        _ request: TransactWriteItemsRequest
    ) async throws(DynamoDBError) -> TransactWriteItemsResult {
        throw Self.refusal("TransactWriteItems")
    }

    /// Refused.
    package func scan(_ request: ScanRequest) async throws(DynamoDBError) -> ScanResult {
        throw Self.refusal("Scan")
    }
}
