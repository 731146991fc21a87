// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import StreamSession
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TimeToLiveTests {
    private static let table = StoreFixture.messages
    /// Where the fixture's clock stands at first.
    private static let now = 1_700_000_000

    private func fixture(viewType: StreamViewType = .newAndOldImages) async throws -> StoreFixture {
        let fixture = try await StoreFixture(viewType: viewType)
        try await self.set(fixture, true)
        return fixture
    }

    private func set(_ fixture: StoreFixture, _ isEnabled: Bool, table: String = Self.table) async throws {
        _ = try await fixture.store.updateTimeToLive(
            UpdateTimeToLiveRequest(
                tableName: table,
                specification: TimeToLiveSpecification(isEnabled: isEnabled, attributeName: "expires")
            )
        )
    }

    private func item(_ id: String, _ expires: AttributeValue) -> Item {
        StoreFixture.item(id, 1, ["expires": expires])
    }

    private func time(_ text: String) throws -> AttributeValue {
        .number(try #require(DecimalNumber(text)))
    }

    @Test(arguments: [
        ("1699999999", true), ("1700000000", false), ("1699999999.5", true), ("1700000001", false),
        // Five years back, and a second more.
        ("1542320000", true), ("1542319999", false), ("0", false), ("-1", false),
        // Milliseconds are far in the future.
        ("1699999999000", false), ("1e125", false),
    ])
    func anItemExpiresWhenItsTimeIsOver(expires: String, isExpired: Bool) async throws {
        let fixture = try await self.fixture()
        try await fixture.put(self.item("a", self.time(expires)))
        #expect(try fixture.store.expireItems() == (isExpired ? 1 : 0))
        #expect(try await (fixture.get(StoreFixture.key("a")) == nil) == isExpired)
    }

    @Test(arguments: [.string("1"), .null, .list([]), .numberSet([DecimalNumber(1_699_999_999)])] as [AttributeValue])
    func onlyANumberIsATime(value: AttributeValue) async throws {
        let fixture = try await self.fixture()
        try await fixture.put(self.item("a", value))
        try await fixture.put(StoreFixture.item("b"))
        #expect(try fixture.store.expireItems() == 0)
        #expect(try await fixture.store.describeTable(Self.table).itemCount == 2)
    }

    @Test func itStaysReadableUntilItIsSwept() async throws {
        let fixture = try await self.fixture()
        try await fixture.put(self.item("a", self.time("\(Self.now + 60)")))
        #expect(try fixture.store.expireItems() == 0)
        fixture.clock.advance(by: .seconds(61))
        #expect(try await fixture.get(StoreFixture.key("a")) != nil)
        #expect(try await fixture.store.scan(ScanRequest(tableName: Self.table)).count == 1)
        #expect(try fixture.store.expireItems() == 1)
        #expect(try await fixture.get(StoreFixture.key("a")) == nil)
        #expect(try fixture.store.expireItems() == 0)
    }

    @Test func itsRecordIsARemovalByTheService() async throws {
        let fixture = try await self.fixture()
        let item = self.item("a", try self.time("\(Self.now - 1)"))
        try await fixture.put(item)
        try await fixture.put(StoreFixture.item("b"))
        try await fixture.delete(StoreFixture.key("b"))
        try fixture.store.expireItems()
        let records = try await fixture.records()
        #expect(records.map(\.kind) == [.insert, .insert, .remove, .remove])
        #expect(records.map(\.isTimeToLive) == [false, false, false, true])
        let record = try #require(records.last)
        #expect(try record.keys.decoded() == StoreFixture.key("a"))
        #expect(try record.oldImage?.decoded() == item)
        #expect(record.newImage == nil)
    }

    @Test(arguments: StreamViewType.allCases)
    func bothFormsOfAPageTellWhoDeleted(viewType: StreamViewType) async throws {
        let fixture = try await self.fixture(viewType: viewType)
        try await fixture.put(self.item("a", self.time("\(Self.now - 1)")))
        try fixture.store.expireItems()
        let shard = try await fixture.shards()[0].id
        let page = try await fixture.store.records(at: fixture.iterator(shard, .trimHorizon), limit: 10)
        let body = try fixture.store.recordsBody(at: await fixture.iterator(shard, .trimHorizon), limit: 10)
        let json = try #require(try JSONValue(parsing: body)["Records"]?.array)
        #expect(json.map { $0["userIdentity"]?["Type"]?.string } == [nil, "Service"])
        #expect(json.map { $0["userIdentity"]?["PrincipalId"]?.string } == [nil, "dynamodb.amazonaws.com"])
        #expect(page.records.map(\.isTimeToLive) == [false, true])
    }

    @Test func aTableWithoutItKeepsItsItems() async throws {
        let fixture = try await self.fixture()
        let item = self.item("a", try self.time("\(Self.now - 1)"))
        try await fixture.put(item, table: StoreFixture.staging)
        try await self.set(fixture, false)
        try await fixture.put(item)
        #expect(try fixture.store.expireItems() == 0)
        #expect(try await fixture.get(StoreFixture.key("a")) != nil)
        #expect(try await fixture.get(StoreFixture.key("a"), table: StoreFixture.staging) != nil)
    }

    @Test func oneTableCanBeSweptAlone() async throws {
        let fixture = try await self.fixture()
        try await self.set(fixture, true, table: StoreFixture.staging)
        let item = self.item("a", try self.time("\(Self.now - 1)"))
        try await fixture.put(item)
        try await fixture.put(item, table: StoreFixture.staging)
        #expect(try fixture.store.expireItems(table: StoreFixture.staging) == 1)
        #expect(try await fixture.get(StoreFixture.key("a")) != nil)
        #expect(await refusal { _ = try fixture.store.expireItems(table: "Missing") }?.code == .resourceNotFound)
    }

    /// More items than a sweep looks at in one step.
    @Test func aSweepGetsToTheEndOfALargeTable() async throws {
        let fixture = try await self.fixture()
        let over = try self.time("\(Self.now - 1)")
        let later = try self.time("\(Self.now + 1)")
        for start in stride(from: 0, to: 2500, by: 25) {
            let puts = (start..<start + 25).map {
                WriteRequest.put(self.item("m\($0)", $0.isMultiple(of: 2) ? over : later))
            }
            _ = try await fixture.store.batchWriteItem(BatchWriteItemRequest(requestItems: [Self.table: puts]))
        }
        #expect(try fixture.store.expireItems() == 1250)
        #expect(try await fixture.store.describeTable(Self.table).itemCount == 1250)
    }

    @Test func expiryUsesNoCapacity() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.set(fixture, true)
        let text = AttributeValue.string(String(repeating: "x", count: 300 * 1024))
        for id in ["a", "b", "c", "d"] {
            let item = StoreFixture.item(id, 1, ["expires": try self.time("\(Self.now - 1)"), "v": text])
            try await fixture.put(item)
        }
        #expect(try fixture.store.expireItems() == 4)
    }

    @Test func theSettingOutlivesARestart() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/data.weir"
        do {
            let fixture = try await StoreFixture(path: path)
            try await self.set(fixture, true)
        }
        let store = try LocalStore(configuration: LocalStoreConfiguration(path: path), clock: ManualClock())
        let found = try await store.describeTimeToLive(Self.table)
        #expect(found == TimeToLiveDescription(status: .enabled, attributeName: "expires"))
        #expect(try await store.describeTimeToLive(StoreFixture.staging).status == .disabled)
    }

    @Test func aTableOfTheSameNameBeginsWithoutIt() async throws {
        let fixture = try await self.fixture()
        _ = try await fixture.store.deleteTable(Self.table)
        _ = try await fixture.store.createTable(
            CreateTableRequest(tableName: Self.table, keySchema: StoreFixture.keySchema, billingMode: .payPerRequest)
        )
        #expect(try await fixture.store.describeTimeToLive(Self.table).status == .disabled)
    }
}
