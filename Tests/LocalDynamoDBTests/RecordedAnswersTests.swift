// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import TestSupport
import Testing

/// Answers as the service was recorded to give them, where no test of a subject holds them to the letter.
@Suite(.timeLimit(.minutes(1)))
struct RecordedAnswersTests {
    /// The key `id`="k1" has 4 bytes, and comes as key and as image.
    @Test func aRecordOfAKeyAloneHasItsSizeTwice() async throws {
        let fixture = try await StoreFixture()
        _ = try await fixture.store.createTable(
            CreateTableRequest(
                tableName: "Small",
                keySchema: KeySchema(partition: KeyAttribute(name: "id", type: .string)),
                billingMode: .payPerRequest,
                stream: StreamSpecification(viewType: .newAndOldImages)
            )
        )
        try await fixture.put(["id": .string("k1")], table: "Small")
        let arn = try await fixture.streamARN("Small")
        let shard = try #require(try await fixture.shards(arn).first)
        let iterator = try await fixture.store.shardIterator(
            ShardIteratorRequest(arn: arn, shard: shard.id, position: .trimHorizon)
        )
        let records = try await fixture.store.records(at: iterator, limit: 10).records
        #expect(records.map(\.size.bytes) == [8])
    }

    @Test func aPageOfShardsNamesItsLastOneUnlessItIsTheLastPage() async throws {
        let fixture = try await StoreFixture(shards: 5)
        let arn = try await fixture.streamARN()
        let all = try await fixture.shards(arn).map(\.id)
        var pages: [[ShardID]] = []
        var marks: [ShardID?] = []
        repeat {
            let page = try await fixture.store.describeStream(
                DescribeStreamRequest(arn: arn, limit: 2, exclusiveStartShardID: marks.last ?? nil)
            )
            pages.append(page.shards.map(\.id))
            marks.append(page.lastEvaluatedShardID)
        } while marks.last != .some(nil) && pages.count < 5
        #expect(pages == [Array(all[0..<2]), Array(all[2..<4]), [all[4]]])
        #expect(marks == [all[1], all[3], nil])
        // A page that holds exactly the rest is the last one.
        let rest = try await fixture.store.describeStream(
            DescribeStreamRequest(arn: arn, limit: 2, exclusiveStartShardID: all[2])
        )
        #expect(rest.shards.map(\.id) == Array(all[3...]))
        #expect(rest.lastEvaluatedShardID == nil)
    }

    @Test func aBatchOfTwentySixIsALengthThatIsTooLarge() async throws {
        let fixture = try await StoreFixture()
        let writes = (0..<26).map { WriteRequest.put(StoreFixture.item("a", $0)) }
        let refused = await refusal {
            _ = try await fixture.store.batchWriteItem(
                BatchWriteItemRequest(requestItems: [StoreFixture.staging: writes])
            )
        }
        #expect(refused?.code == .validation)
        #expect(refused?.message.contains("Member must have length less than or equal to 25") == true)
        #expect(refused?.message.contains("requestItems") == true)
    }
}
