// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession
import Synchronization

/// DynamoDB tables and streams within the process, in SQLite.
///
/// Everything that the two APIs promise holds here, without a network: order per item, shards that close and split,
/// records that go after 24 hours, iterators that expire after 15 minutes. Time comes from the clock given alone.
public final class LocalStore: Sendable {
    private let core: Mutex<StoreCore>
    /// The region in ARNs and records.
    public let region: String

    /// Opens a store.
    ///
    /// - Parameters:
    ///   - configuration: Where it lives and how streams begin.
    ///   - clock: Where all its times come from.
    /// - Throws: ``LocalStoreError``.
    public init(configuration: LocalStoreConfiguration = LocalStoreConfiguration(), clock: any SessionClock) throws {
        self.region = configuration.region
        self.core = Mutex(try StoreCore(configuration: configuration, clock: clock))
    }

    /// Leaves one file: what SQLite keeps in a log beside the data file is moved into it.
    ///
    /// For the end of a program. A store that ends without this loses nothing, but its data file is whole only together
    /// with that log. A store in memory has nothing to do.
    ///
    /// - Throws: ``LocalStoreError`` if the file cannot be written.
    public func settle() throws(LocalStoreError) {
        let outcome = self.core.withLock { core in Result { () throws(LocalStoreError) in try core.settle() } }
        return try outcome.get()
    }

    /// Runs one operation with the store to itself.
    private func perform<Value: Sendable>(
        _ body: @Sendable (StoreCore) throws(DynamoDBError) -> Value
    ) throws(DynamoDBError) -> Value {
        let outcome = self.core.withLock { core in
            Result { () throws(DynamoDBError) in try body(core) }
        }
        return try outcome.get()
    }

    func write<Value: Sendable>(
        _ body: @Sendable (StoreCore) throws(DynamoDBError) -> Value
    ) throws(DynamoDBError) -> Value {
        try self.perform { (core) throws(DynamoDBError) in
            try core.write { () throws(DynamoDBError) in try body(core) }
        }
    }

    func read<Value: Sendable>(
        _ body: @Sendable (StoreCore) throws(DynamoDBError) -> Value
    ) throws(DynamoDBError) -> Value {
        try self.perform { (core) throws(DynamoDBError) in
            try core.read { () throws(DynamoDBError) in try body(core) }
        }
    }
}

extension LocalStore: DynamoDBTableAPI {
    /// Creates a table; it is active at once.
    public func createTable(_ request: CreateTableRequest) async throws(DynamoDBError) -> TableDescription {
        try self.write { (core) throws(DynamoDBError) in try core.createTable(request) }
    }

    /// Describes a table; its figures are exact.
    public func describeTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        try self.read { (core) throws(DynamoDBError) in try core.describe(tableName) }
    }

    /// Lists tables.
    public func listTables(_ request: ListTablesRequest) async throws(DynamoDBError) -> TableList {
        try self.read { (core) throws(DynamoDBError) in try core.listTables(request) }
    }

    /// Changes stream, capacity or protection.
    public func updateTable(_ request: UpdateTableRequest) async throws(DynamoDBError) -> TableDescription {
        try self.write { (core) throws(DynamoDBError) in try core.updateTable(request) }
    }

    /// Deletes a table.
    public func deleteTable(_ tableName: String) async throws(DynamoDBError) -> TableDescription {
        try self.write { (core) throws(DynamoDBError) in try core.deleteTable(tableName) }
    }

    /// Puts an item.
    public func putItem(_ request: PutItemRequest) async throws(DynamoDBError) -> ItemResult {
        try self.put(request).answer
    }

    /// Gets an item; always the newest state.
    public func getItem(_ request: GetItemRequest) async throws(DynamoDBError) -> ItemResult {
        try self.read { (core) throws(DynamoDBError) in try core.getItem(request) }
    }

    /// Deletes an item.
    public func deleteItem(_ request: DeleteItemRequest) async throws(DynamoDBError) -> ItemResult {
        try self.delete(request).answer
    }

    /// Changes attributes of an item.
    public func updateItem(_ request: UpdateItemRequest) async throws(DynamoDBError) -> ItemResult {
        try self.update(request).answer
    }

    /// Puts and deletes items; what a provisioned table has no capacity for is left unprocessed.
    public func batchWriteItem(_ request: BatchWriteItemRequest) async throws(DynamoDBError) -> BatchWriteItemResult {
        try self.batch(request).answer
    }

    /// Does up to 100 actions, all of them or none; nothing else ever happens in between.
    public func transactWriteItems(
        _ request: TransactWriteItemsRequest
    ) async throws(DynamoDBError) -> TransactWriteItemsResult {
        try self.transact(request).answer
    }

    /// Reads a table, one page.
    public func scan(_ request: ScanRequest) async throws(DynamoDBError) -> ScanResult {
        try self.read { (core) throws(DynamoDBError) in try core.scan(request) }
    }
}

extension LocalStore: DynamoDBStreamsAPI {
    /// Lists streams, in order of their ARNs.
    public func listStreams(_ request: ListStreamsRequest) async throws(DynamoDBError) -> StreamList {
        try self.read { (core) throws(DynamoDBError) in try core.listStreams(request) }
    }

    /// Describes a stream.
    public func describeStream(_ request: DescribeStreamRequest) async throws(DynamoDBError) -> StreamDescription {
        try self.read { (core) throws(DynamoDBError) in try core.describeStream(request) }
    }

    /// Gets a position in a shard.
    public func shardIterator(_ request: ShardIteratorRequest) async throws(DynamoDBError) -> ShardIterator {
        try self.read { (core) throws(DynamoDBError) in try core.shardIterator(request) }
    }

    /// Reads records: at most 1,000 and 1 MB.
    public func records(at iterator: ShardIterator, limit: Int) async throws(DynamoDBError) -> RecordPage {
        try self.read { (core) throws(DynamoDBError) in try core.records(at: iterator, limit: limit) }
    }

    /// The same as the JSON of the answer, put together without decoding anything.
    package func recordsBody(at iterator: ShardIterator, limit: Int) throws(DynamoDBError) -> [UInt8] {
        try self.read { (core) throws(DynamoDBError) in try core.recordsBody(at: iterator, limit: limit) }
    }
}

extension LocalStore {
    /// Puts an item and tells what that did; with `isRehearsal` it answers the same and does nothing.
    package func put(
        _ request: PutItemRequest,
        isRehearsal: Bool = false
    ) throws(DynamoDBError) -> Reported<ItemResult> {
        try self.change(isRehearsal) { (core) throws(DynamoDBError) in try core.charged(core.putItem(request)) }
    }

    /// Deletes an item and tells what that did.
    package func delete(
        _ request: DeleteItemRequest,
        isRehearsal: Bool = false
    ) throws(DynamoDBError) -> Reported<ItemResult> {
        try self.change(isRehearsal) { (core) throws(DynamoDBError) in try core.charged(core.deleteItem(request)) }
    }

    /// Changes an item and tells what that did.
    package func update(
        _ request: UpdateItemRequest,
        isRehearsal: Bool = false
    ) throws(DynamoDBError) -> Reported<ItemResult> {
        try self.change(isRehearsal) { (core) throws(DynamoDBError) in try core.charged(core.updateItem(request)) }
    }

    /// Puts and deletes items and tells what that did.
    package func batch(
        _ request: BatchWriteItemRequest,
        isRehearsal: Bool = false
    ) throws(DynamoDBError) -> Reported<BatchWriteItemResult> {
        try self.change(isRehearsal) { (core) throws(DynamoDBError) in try core.batchWriteItem(request) }
    }

    /// Does a transaction and tells what that did.
    package func transact(
        _ request: TransactWriteItemsRequest,
        isRehearsal: Bool = false
    ) throws(DynamoDBError) -> Reported<TransactWriteItemsResult> {
        try self.change(isRehearsal) { (core) throws(DynamoDBError) in
            try core.charged(core.transactWriteItems(request))
        }
    }

    private func change<Value: Sendable>(
        _ isRehearsal: Bool,
        _ body: @Sendable (StoreCore) throws(DynamoDBError) -> Value
    ) throws(DynamoDBError) -> Value {
        guard isRehearsal else { return try self.write(body) }
        return try self.perform { (core) throws(DynamoDBError) in
            try core.rehearse { () throws(DynamoDBError) in try body(core) }
        }
    }
}

extension LocalStore {
    /// Closes open shards and opens a child for each, as the service does about every four hours.
    ///
    /// - Parameters:
    ///   - table: The table's name or ARN; its stream must be enabled.
    ///   - shard: An open shard; nil for all.
    /// - Returns: The new shards.
    /// - Throws: `resourceNotFound` for a table or open shard that is not there, `validation` without a stream.
    @discardableResult
    public func rollOver(table: String, shard: ShardID? = nil) throws(DynamoDBError) -> [ShardID] {
        try self.write { (core) throws(DynamoDBError) in
            try core.reshard(table, shard: shard, isSplit: false)
        }
    }

    /// Closes open shards and opens two children for each, which share its partitions, as the service does under load.
    ///
    /// - Parameters:
    ///   - table: The table's name or ARN; its stream must be enabled.
    ///   - shard: An open shard; nil for all.
    /// - Returns: The new shards.
    /// - Throws: `resourceNotFound` for a table or open shard that is not there, `validation` without a stream.
    @discardableResult
    public func split(table: String, shard: ShardID? = nil) throws(DynamoDBError) -> [ShardID] {
        try self.write { (core) throws(DynamoDBError) in
            try core.reshard(table, shard: shard, isSplit: true)
        }
    }

    /// Removes stream records before their 24 hours are over.
    ///
    /// - Parameters:
    ///   - table: The table's name or ARN; all its streams are trimmed, disabled ones too.
    ///   - moment: Records created up to then go; nil for all there are.
    /// - Returns: The number of records removed.
    /// - Throws: `resourceNotFound` for a table that is not there.
    @discardableResult
    public func trim(table: String, createdUpTo moment: Timestamp? = nil) throws(DynamoDBError) -> Int {
        try self.write { (core) throws(DynamoDBError) in
            try core.trimStreams(of: table, createdUpTo: moment ?? core.now)
        }
    }

    /// Lets all iterators expire that were given out so far.
    public func expireIterators() {
        self.core.withLock { $0.iteratorGeneration &+= 1 }
    }
}
