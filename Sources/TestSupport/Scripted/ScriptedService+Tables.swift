// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import StreamSession
import Synchronization

extension ScriptedService {
    /// Deletes up to 25 items; some come back unprocessed if that is the manner.
    package func batchWriteItem(
        _ request: BatchWriteItemRequest
    ) async throws(DynamoDBError) -> BatchWriteItemResult {
        let writes = request.requestItems[Self.table] ?? []
        var keys: [PrimaryKey] = []
        for write in writes { keys.append(try Self.key(of: write)) }
        try await self.begin(.batchWriteItem(keys), .batchWriteItem)
        return self.state.withLock { state in
            if Set(keys).count < keys.count { state.violations.append("a key twice in one call") }
            if keys.isEmpty || keys.count > 25 { state.violations.append("\(keys.count) writes in one call") }
            var unprocessed: [WriteRequest] = []
            for (write, key) in zip(writes, keys) {
                let share = Double.random(in: 0..<1, using: &state.generator)
                if share < state.manners.unprocessedShare {
                    unprocessed.append(write)
                } else {
                    state.items.remove(key)
                }
            }
            let units = Double(keys.count - unprocessed.count)
            return BatchWriteItemResult(
                unprocessedItems: unprocessed.isEmpty ? [:] : [Self.table: unprocessed],
                consumedCapacity: [ConsumedCapacity(tableName: Self.table, capacityUnits: units)]
            )
        }
    }

    /// Deletes an item.
    package func deleteItem(_ request: DeleteItemRequest) async throws(DynamoDBError) -> ItemResult {
        let key = try PrimaryKey(item: try request.keyItem(), keyNames: Self.keyNames)
        try await self.begin(.deleteItem(key), .deleteItem)
        self.state.withLock { _ = $0.items.remove(key) }
        return ItemResult(consumedCapacity: ConsumedCapacity(tableName: Self.table, capacityUnits: 1))
    }

    private static func key(of write: WriteRequest) throws(DynamoDBError) -> PrimaryKey {
        switch write {
        case .put(let item), .delete(let item): try PrimaryKey(item: item, keyNames: self.keyNames)
        case .deleteEncoded(let key): try key.primaryKey(self.keyNames)
        }
    }

    // What the engine and its handlers never ask for.

    /// Not scripted.
    package func createTable(_ request: CreateTableRequest) async throws(DynamoDBError) -> TableDescription {
        throw Self.notScripted("CreateTable")
    }

    /// Not scripted.
    package func describeTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        throw Self.notScripted("DescribeTable")
    }

    /// Not scripted.
    package func listTables(_ request: ListTablesRequest) async throws(DynamoDBError) -> TableList {
        throw Self.notScripted("ListTables")
    }

    /// Not scripted.
    package func updateTable(_ request: UpdateTableRequest) async throws(DynamoDBError) -> TableDescription {
        throw Self.notScripted("UpdateTable")
    }

    /// Not scripted.
    package func deleteTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        throw Self.notScripted("DeleteTable")
    }

    /// Not scripted.
    package func putItem(_ request: PutItemRequest) async throws(DynamoDBError) -> ItemResult {
        throw Self.notScripted("PutItem")
    }

    /// Not scripted.
    package func getItem(_ request: GetItemRequest) async throws(DynamoDBError) -> ItemResult {
        throw Self.notScripted("GetItem")
    }

    /// Not scripted.
    package func updateItem(_ request: UpdateItemRequest) async throws(DynamoDBError) -> ItemResult {
        throw Self.notScripted("UpdateItem")
    }

    /// Not scripted.
    package func transactWriteItems(
        _ request: TransactWriteItemsRequest
    ) async throws(DynamoDBError) -> TransactWriteItemsResult {
        throw Self.notScripted("TransactWriteItems")
    }

    /// Not scripted.
    package func scan(_ request: ScanRequest) async throws(DynamoDBError) -> ScanResult {
        throw Self.notScripted("Scan")
    }

    private static func notScripted(_ operation: String) -> DynamoDBError {
        DynamoDBError(.unknownOperation, "\(operation) is not scripted")
    }
}
