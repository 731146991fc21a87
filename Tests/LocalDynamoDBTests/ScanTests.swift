// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ScanTests {
    private func filled(_ count: Int) async throws -> StoreFixture {
        let fixture = try await StoreFixture()
        for index in 0..<count { try await fixture.put(StoreFixture.item("m\(index)", index)) }
        return fixture
    }

    private func all(_ fixture: StoreFixture, _ request: ScanRequest) async throws -> (items: [Item], pages: Int) {
        var request = request
        var items: [Item] = []
        var pages = 0
        repeat {
            let page = try await fixture.store.scan(request)
            items += page.items
            pages += 1
            request.exclusiveStartKey = page.lastEvaluatedKey
        } while request.exclusiveStartKey != nil
        return (items, pages)
    }

    @Test func pagesHoldEachItemOnce() async throws {
        let fixture = try await self.filled(25)
        let (items, pages) = try await self.all(fixture, ScanRequest(tableName: StoreFixture.messages, limit: 10))
        #expect(items.count == 25 && Set(items).count == 25)
        #expect(pages == 3)
    }

    @Test func segmentsShareTheTable() async throws {
        let fixture = try await self.filled(60)
        var seen: Set<Item> = []
        for segment in 0..<3 {
            let (items, _) = try await self.all(
                fixture,
                ScanRequest(tableName: StoreFixture.messages, limit: 7, segment: segment, totalSegments: 3)
            )
            #expect(items.count > 5)
            #expect(seen.isDisjoint(with: items))
            seen.formUnion(items)
        }
        #expect(seen.count == 60)
    }

    @Test func aPageEndsBehindAMegabyte() async throws {
        let fixture = try await StoreFixture()
        let text = String(repeating: "x", count: 300_000)
        for index in 0..<9 { try await fixture.put(StoreFixture.item("m\(index)", 1, ["v": .string(text)])) }
        let page = try await fixture.store.scan(ScanRequest(tableName: StoreFixture.messages))
        #expect(page.items.count == 4 && page.lastEvaluatedKey != nil)
        let (items, pages) = try await self.all(fixture, ScanRequest(tableName: StoreFixture.messages))
        #expect(items.count == 9 && pages == 3)
    }

    @Test func countingGivesNoItems() async throws {
        let fixture = try await self.filled(5)
        let page = try await fixture.store.scan(ScanRequest(tableName: StoreFixture.messages, countsOnly: true))
        #expect(page.count == 5 && page.items.isEmpty && page.lastEvaluatedKey == nil)
    }

    @Test func whatDoesNotFitIsRefused() async throws {
        let fixture = try await self.filled(5)
        let table = StoreFixture.messages
        let last = try #require(
            try await fixture.store.scan(ScanRequest(tableName: table, limit: 1, segment: 0, totalSegments: 2))
                .lastEvaluatedKey
        )
        let bad = [
            ScanRequest(tableName: table, limit: 0),
            ScanRequest(tableName: table, exclusiveStartKey: ["messageId": .string("a")]),
            ScanRequest(tableName: table, exclusiveStartKey: StoreFixture.item("a", 1, ["more": .null])),
            ScanRequest(tableName: table, segment: 0),
            ScanRequest(tableName: table, totalSegments: 2),
            ScanRequest(tableName: table, segment: 2, totalSegments: 2),
            ScanRequest(tableName: table, segment: -1, totalSegments: 2),
            ScanRequest(tableName: table, segment: 0, totalSegments: 1_000_001),
            ScanRequest(tableName: table, exclusiveStartKey: last, segment: 1, totalSegments: 2),
        ]
        for request in bad {
            #expect(await refusal { _ = try await fixture.store.scan(request) }?.code == .validation, "\(request)")
        }
    }
}
