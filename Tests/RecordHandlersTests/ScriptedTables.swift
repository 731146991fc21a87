// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Synchronization

/// Tables that keep keys as text, tell what they were asked, and answer as a script says.
final class ScriptedTables: DynamoDBTableAPI {
    /// What the script says to a write.
    enum Reply: Sendable {
        case accept
        case fail(DynamoDBError)
        /// The last so many keys come back unprocessed.
        case leave(Int)
        /// The same, with the keys spelled as the service spells them.
        case leaveRespelled(Int)
    }

    struct Log: Sendable {
        var batches: [[String]] = []
        var deletes: [String] = []
        var deleteRequests: [DeleteItemRequest] = []
        var tables: Set<String> = []
        var capacities: Set<ReturnConsumedCapacity> = []
        var accepted: [String] = []
        var inFlight: [String: Int] = [:]
        var running = 0
        var mostRunning = 0
        var keysTwiceInFlight = 0
    }

    private let log = Mutex(Log())
    private let script: @Sendable (_ call: Int) -> Reply
    private let calls = Atomic<Int>(0)
    private let descriptions: [String: TableDescription]

    init(
        descriptions: [String: TableDescription] = [:],
        script: @escaping @Sendable (_ call: Int) -> Reply = { _ in .accept }
    ) {
        self.descriptions = descriptions
        self.script = script
    }

    var seen: Log { self.log.withLock { $0 } }

    func batchWriteItem(_ request: BatchWriteItemRequest) async throws(DynamoDBError) -> BatchWriteItemResult {
        guard let (table, writes) = request.requestItems.first, request.requestItems.count == 1 else {
            throw DynamoDBError(.validation, "one table is expected")
        }
        let keys = writes.map(Self.text)
        guard (1...25).contains(keys.count) else { throw DynamoDBError(.validation, "1 to 25 requests") }
        guard Set(keys).count == keys.count else {
            throw DynamoDBError(.validation, "Provided list of item keys contains duplicates")
        }
        let reply = self.begin(keys) {
            $0.batches.append(keys)
            $0.tables.insert(table)
            $0.capacities.insert(request.returnConsumedCapacity)
        }
        await Task.yield()
        defer { self.end(keys) }
        switch reply {
        case .accept:
            self.log.withLock { $0.accepted += keys }
            return Self.result(table, count: keys.count, left: [])
        case .fail(let error): throw error
        case .leave(let count):
            let done = max(0, keys.count - count)
            self.log.withLock { $0.accepted += keys[..<done] }
            return Self.result(table, count: done, left: Array(writes[done...]))
        case .leaveRespelled(let count):
            let done = max(0, keys.count - count)
            self.log.withLock { $0.accepted += keys[..<done] }
            return Self.result(table, count: done, left: try writes[done...].map(Self.respelled))
        }
    }

    func deleteItem(_ request: DeleteItemRequest) async throws(DynamoDBError) -> ItemResult {
        let key = Self.text(.delete(try request.keyItem()))
        let reply = self.begin([key]) {
            $0.deletes.append(key)
            $0.deleteRequests.append(request)
            $0.tables.insert(request.tableName)
            $0.capacities.insert(request.returnConsumedCapacity)
        }
        await Task.yield()
        defer { self.end([key]) }
        if case .fail(let error) = reply { throw error }
        self.log.withLock { $0.accepted.append(key) }
        return ItemResult(consumedCapacity: ConsumedCapacity(tableName: request.tableName, capacityUnits: 1))
    }

    func describeTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        let found = self.descriptions.values.first { $0.tableName == tableName || $0.arn == tableName }
        guard let found else { throw DynamoDBError(.resourceNotFound, "Requested resource not found: \(tableName)") }
        return found
    }

    private func begin(_ keys: [String], _ note: (inout Log) -> Void) -> Reply {
        self.log.withLock { log in
            note(&log)
            log.running += 1
            log.mostRunning = max(log.mostRunning, log.running)
            for key in keys {
                log.inFlight[key, default: 0] += 1
                if log.inFlight[key] == 2 { log.keysTwiceInFlight += 1 }
            }
        }
        return self.script(self.calls.wrappingAdd(1, ordering: .relaxed).newValue)
    }

    private func end(_ keys: [String]) {
        self.log.withLock { log in
            log.running -= 1
            for key in keys { log.inFlight[key, default: 0] -= 1 }
        }
    }

    private static func result(_ table: String, count: Int, left: [WriteRequest]) -> BatchWriteItemResult {
        BatchWriteItemResult(
            unprocessedItems: left.isEmpty ? [:] : [table: left],
            consumedCapacity: [ConsumedCapacity(tableName: table, capacityUnits: Double(count))]
        )
    }

    /// A key as the service writes it: its numbers normalised.
    private static func respelled(_ write: WriteRequest) throws(DynamoDBError) -> WriteRequest {
        guard case .deleteEncoded(let raw) = write else { return write }
        let keyNames = ["messageId", "createdAt"]
        return .delete(try raw.primaryKey(keyNames).item(keyNames: keyNames))
    }

    /// A key as text, the same for all spellings of one key.
    static func text(_ write: WriteRequest) -> String {
        let key: PrimaryKey? =
            switch write {
            case .delete(let item): try? PrimaryKey(item: item, keyNames: ["messageId", "createdAt"])
            case .deleteEncoded(let raw): try? raw.primaryKey(["messageId", "createdAt"])
            case .put: nil
            }
        guard case .string(let id)? = key?.partition, case .number(let number)? = key?.sort else { return "\(write)" }
        return "\(id)@\(number.text)"
    }
}

/// What no handler calls.
extension ScriptedTables {
    private static func unexpected(_ name: String) -> DynamoDBError {
        DynamoDBError(.unknownOperation, "a handler called \(name)")
    }

    func createTable(_ request: CreateTableRequest) async throws(DynamoDBError) -> TableDescription {
        throw Self.unexpected("CreateTable")
    }
    func listTables(_ request: ListTablesRequest) async throws(DynamoDBError) -> TableList {
        throw Self.unexpected("ListTables")
    }
    func updateTable(_ request: UpdateTableRequest) async throws(DynamoDBError) -> TableDescription {
        throw Self.unexpected("UpdateTable")
    }
    func deleteTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        throw Self.unexpected("DeleteTable")
    }
    func putItem(_ request: PutItemRequest) async throws(DynamoDBError) -> ItemResult {
        throw Self.unexpected("PutItem")
    }
    func getItem(_ request: GetItemRequest) async throws(DynamoDBError) -> ItemResult {
        throw Self.unexpected("GetItem")
    }
    func updateItem(_ request: UpdateItemRequest) async throws(DynamoDBError) -> ItemResult {
        throw Self.unexpected("UpdateItem")
    }
    func transactWriteItems(
        _ request: TransactWriteItemsRequest
    ) async throws(DynamoDBError) -> TransactWriteItemsResult {
        throw Self.unexpected("TransactWriteItems")
    }
    func scan(_ request: ScanRequest) async throws(DynamoDBError) -> ScanResult { throw Self.unexpected("Scan") }
}
