// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import GRDB
import StreamSession

/// The store's content and rules, used by one operation at a time.
///
/// Each operation is a method that runs to its end without suspending: a write inside one transaction, a read on what
/// the last write left.
final class StoreCore {
    let configuration: LocalStoreConfiguration
    let statements: StatementSet
    let queue: DatabaseQueue
    private let clock: any SessionClock
    /// Makes event ids and seals iterators.
    let secret: SipHash

    /// Tables and open shards.
    var catalog = Catalog()
    /// How much each table holds, by the table's row.
    var contents: [Int64: TableContents] = [:]
    /// The newest sequence number given out, over all shards.
    var lastNumber: Int64 = 0
    /// What provisioned tables may still use, by the table's UUID; a table that nobody used yet has a full bucket.
    var buckets: [String: CapacityBuckets] = [:]
    /// When the oldest thing that is kept for 24 hours will go; nil when there is none.
    var nextTrimAt: Timestamp?
    /// Iterators of an earlier generation have expired whatever their age.
    var iteratorGeneration: UInt32 = 0
    /// Iterators given out, which makes each one different.
    var iteratorCount: UInt64 = 0
    /// The time of the running operation.
    private(set) var now = Timestamp(milliseconds: 0)
    /// The connection, while an operation runs.
    private(set) var connection: Database?
    private var random: SplitMix64

    init(configuration: LocalStoreConfiguration, clock: any SessionClock) throws {
        try Self.check(configuration)
        self.configuration = configuration
        self.clock = clock
        var systemRandom = SystemRandomNumberGenerator()
        self.random = SplitMix64(seed: configuration.seed ?? systemRandom.next())
        self.queue = try Self.open(configuration.path, memoryLimit: configuration.memoryLimit)
        do {
            try StoreSchema.migrate(self.queue, path: configuration.path)
            self.statements = try self.queue.writeWithoutTransaction { try StatementSet($0) }
            self.secret = try Self.loadSecret(self.queue, random: &self.random)
        } catch let error as DatabaseError {
            throw Self.openError(error, path: configuration.path)
        }
        try self.write { () throws(DynamoDBError) in try self.loadCatalog() }
    }

    /// Runs a write in a transaction: all of it happens or nothing.
    func write<Value>(_ body: () throws(DynamoDBError) -> Value) throws(DynamoDBError) -> Value {
        try self.exclusively { () throws(DynamoDBError) in
            let saved = self.memory
            try self.statements.begin.run()
            do throws(DynamoDBError) {
                try self.trimIfDue()
                let value = try body()
                try self.statements.commit.run()
                return value
            } catch {
                self.memory = saved
                try? self.statements.rollback.run()
                throw error
            }
        }
    }

    /// Runs a write, answers as if it had happened, and undoes it.
    func rehearse<Value>(_ body: () throws(DynamoDBError) -> Value) throws(DynamoDBError) -> Value {
        try self.exclusively { () throws(DynamoDBError) in
            let saved = self.memory
            try self.statements.begin.run()
            defer {
                self.memory = saved
                try? self.statements.rollback.run()
            }
            return try body()
        }
    }

    /// Runs a read.
    func read<Value>(_ body: () throws(DynamoDBError) -> Value) throws(DynamoDBError) -> Value {
        if let nextTrimAt, self.clock.now >= nextTrimAt { try self.write { () throws(DynamoDBError) in } }
        return try self.exclusively(body)
    }

    /// The next sequence number.
    func takeNumber() -> Int64 {
        self.lastNumber += 1
        return self.lastNumber
    }

    /// A random number.
    func randomWord() -> UInt64 { self.random.next() }

    /// Compiles a statement for an operation that runs seldom.
    func statement(_ sql: String) throws(DynamoDBError) -> SQLStatement {
        guard let connection else { preconditionFailure("a statement outside of an operation: \(sql)") }
        do {
            return try SQLStatement(connection, sql)
        } catch {
            throw DynamoDBError(.internalServerError, "The store's database failed: \(error).")
        }
    }

    /// What a rolled back transaction has to put back.
    private var memory: (catalog: Catalog, contents: [Int64: TableContents], nextTrimAt: Timestamp?) {
        get { (self.catalog, self.contents, self.nextTrimAt) }
        set { (self.catalog, self.contents, self.nextTrimAt) = newValue }
    }

    private func exclusively<Value>(_ body: () throws(DynamoDBError) -> Value) throws(DynamoDBError) -> Value {
        let outcome: Result<Value, DynamoDBError> = self.queue.writeWithoutTransaction { database in
            self.now = self.clock.now
            self.connection = database
            defer { self.connection = nil }
            return Result { () throws(DynamoDBError) in try body() }
        }
        return try outcome.get()
    }
}
