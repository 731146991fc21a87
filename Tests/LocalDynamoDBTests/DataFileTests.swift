// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
import LocalDynamoDB
import StreamSession
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite(.timeLimit(.minutes(1)))
struct DataFileTests {
    @Test func aTokenCountsAfterARestart() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/data.weir"
        let update = UpdateItemRequest(
            tableName: StoreFixture.messages,
            key: StoreFixture.key("a"),
            updateExpression: "ADD n :n",
            attributeValues: [":n": .number(DecimalNumber(1))]
        )
        let request = TransactWriteItemsRequest(actions: [.update(update)], clientRequestToken: "token")
        _ = try await StoreFixture(path: path).store.transactWriteItems(request)
        let store = try LocalStore(configuration: LocalStoreConfiguration(path: path), clock: ManualClock())
        _ = try await store.transactWriteItems(request)
        let item = try await store.getItem(
            GetItemRequest(tableName: StoreFixture.messages, key: StoreFixture.key("a"))
        )
        #expect(item.attributes?["n"] == .number(DecimalNumber(1)))
    }

    @Test func aSettledStoreIsOneFileAndCanBeUsedOn() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/data.weir"
        let fixture = try await StoreFixture(path: path)
        try await fixture.put(StoreFixture.item("a", 1))
        #expect(FileManager.default.fileExists(atPath: "\(path)-wal"))
        try fixture.store.settle()
        #expect(!FileManager.default.fileExists(atPath: "\(path)-wal"))
        let copy = folder.path + "/copy.weir"
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        let copied = try LocalStore(configuration: LocalStoreConfiguration(path: copy), clock: ManualClock())
        #expect(try await copied.describeTable(StoreFixture.messages).itemCount == 1)
        try await fixture.put(StoreFixture.item("b", 1))
        let table = try await fixture.store.describeTable(StoreFixture.messages)
        #expect(table.itemCount == 2)
    }

    @Test func everythingIsThereAgainAfterARestart() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/data.weir"
        var records: [StreamRecord] = []
        var shards: [ShardDescription] = []
        var iterator: ShardIterator?
        do {
            let fixture = try await StoreFixture(shards: 2, path: path)
            for index in 0..<10 { try await fixture.put(StoreFixture.item("m\(index)", index)) }
            try fixture.store.split(table: StoreFixture.messages, shard: try await fixture.shards()[0].id)
            try await fixture.put(StoreFixture.item("m1", 1, ["v": .null]))
            shards = try await fixture.shards()
            records = try await fixture.records()
            iterator = try await fixture.iterator(shards[1].id, .trimHorizon)
        }
        let clock = ManualClock()
        let store = try LocalStore(configuration: LocalStoreConfiguration(path: path), clock: clock)
        let table = try await store.describeTable(StoreFixture.messages)
        #expect(table.itemCount == 10)
        let arn = try #require(table.latestStreamARN)
        let stream = try await store.describeStream(DescribeStreamRequest(arn: arn))
        #expect(stream.shards == shards)
        var read: [StreamRecord] = []
        for shard in stream.shards {
            let position = try await store.shardIterator(
                ShardIteratorRequest(arn: arn, shard: shard.id, position: .trimHorizon)
            )
            read += try await store.records(at: position, limit: 1000).records
        }
        #expect(read == records)
        _ = try await store.records(at: try #require(iterator), limit: 10)
        _ = try await store.putItem(PutItemRequest(tableName: StoreFixture.messages, item: StoreFixture.item("new")))
        var numbers = Set(read.map(\.sequenceNumber))
        let before = numbers.count
        for shard in stream.shards where !shard.isClosed {
            let position = try await store.shardIterator(
                ShardIteratorRequest(arn: arn, shard: shard.id, position: .trimHorizon)
            )
            numbers.formUnion(try await store.records(at: position, limit: 1000).records.map(\.sequenceNumber))
        }
        #expect(numbers.count == before + 1)
    }

    /// Looking at one with SQLite would leave an index of its log beside it.
    @Test func aDatabaseOfAnotherProgramThatHasALogStaysAsItIs() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/other.sqlite"
        var configuration = Configuration()
        configuration.journalMode = .wal
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try other.write { try $0.execute(sql: "CREATE TABLE x (y); INSERT INTO x VALUES (1)") }
        try other.close()
        let before = try FileState(path)
        #expect(throws: LocalStoreError.self) {
            try LocalStore(configuration: LocalStoreConfiguration(path: path), clock: ManualClock())
        }
        #expect(try FileState(path) == before)
    }

    @Test func aDatabaseOfAnotherProgramStaysAsItIs() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/other.sqlite"
        try await DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE x (y)") }
        let before = try FileState(path)
        let error = #expect(throws: LocalStoreError.self) {
            try LocalStore(configuration: LocalStoreConfiguration(path: path), clock: ManualClock())
        }
        #expect(error?.description.contains("another program") == true)
        #expect(try FileState(path) == before)
    }

    @Test func aFileThatIsNoDatabaseStaysAsItIs() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/notes.txt"
        try "Dear diary".write(toFile: path, atomically: false, encoding: .utf8)
        let before = try FileState(path)
        let error = #expect(throws: LocalStoreError.self) {
            try LocalStore(configuration: LocalStoreConfiguration(path: path), clock: ManualClock())
        }
        #expect(error?.code == .notOurs)
        #expect(try FileState(path) == before)
    }

    @Test func aStoreWithAMemoryLimitHoldsMoreThanThat() async throws {
        let store = try LocalStore(configuration: LocalStoreConfiguration(memoryLimit: 1 << 20), clock: ManualClock())
        _ = try await store.createTable(
            CreateTableRequest(
                tableName: StoreFixture.staging,
                keySchema: StoreFixture.keySchema,
                billingMode: .payPerRequest
            )
        )
        let text = String(repeating: "x", count: 100_000)
        for index in 0..<50 {
            let item = StoreFixture.item("m", index, ["v": .string("\(index)" + text)])
            _ = try await store.putItem(PutItemRequest(tableName: StoreFixture.staging, item: item))
        }
        for index in 0..<50 {
            let key = StoreFixture.key("m", index)
            let item = try await store.getItem(GetItemRequest(tableName: StoreFixture.staging, key: key)).attributes
            #expect(item?["v"] == .string("\(index)" + text))
        }
        #expect(throws: LocalStoreError.self) {
            try LocalStore(configuration: LocalStoreConfiguration(memoryLimit: 1), clock: ManualClock())
        }
    }

    @Test func theFileAndWhatStandsBesideItAreTheOwnersAlone() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/data.weir"
        let fixture = try await StoreFixture(path: path)
        try await fixture.put(StoreFixture.item("a"))
        for name in [path, path + "-wal"] {
            var status = stat()
            #expect(stat(name, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600, "\(name)")
        }
    }

    @Test func aFileThatIsInUseOrNoStoreIsRefusedWithAdvice() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/data.weir"
        let fixture = try await StoreFixture(path: path)
        let second = #expect(throws: LocalStoreError.self) {
            _ = try LocalStore(configuration: LocalStoreConfiguration(path: path), clock: fixture.clock)
        }
        #expect(second?.code == .inUse)
        let folderPath = #expect(throws: LocalStoreError.self) {
            _ = try LocalStore(configuration: LocalStoreConfiguration(path: folder.path), clock: fixture.clock)
        }
        #expect(folderPath?.code == .cannotOpen)
        let other = folder.path + "/text"
        let file = try #require(fopen(other, "w"))
        fputs(String(repeating: "not a database ", count: 100), file)
        fclose(file)
        let text = #expect(throws: LocalStoreError.self) {
            _ = try LocalStore(configuration: LocalStoreConfiguration(path: other), clock: fixture.clock)
        }
        #expect(text?.code == .notOurs)
        #expect(text?.description.contains(other) == true)
    }
}
