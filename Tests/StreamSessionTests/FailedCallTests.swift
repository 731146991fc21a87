// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession
import Testing

@Suite("Calls that fail and are made again")
struct FailedCallTests {
    private static func failure(_ operation: String, batch: UInt64? = nil, throttled: Bool) -> SessionEvent.Kind {
        .callFailed(
            CallFailure(
                shard: operation == "DescribeStream" ? nil : Samples.shard,
                batch: batch.map { BatchID($0) },
                operation: operation,
                code: "Code",
                message: "it failed",
                isThrottling: throttled
            )
        )
    }

    private static func state(_ events: [SessionEvent.Kind]) -> SessionState {
        SessionState(([Samples.listed()] + events).enumerated().map { (Int64($0.offset), $0.element) })
    }

    @Test func readsThatFailAreCountedForTheirShardAndTheWhole() throws {
        let state = Self.state([
            Self.failure("GetRecords", throttled: true), Self.failure("GetShardIterator", throttled: false),
            Self.failure("DescribeStream", throttled: true),
        ])
        #expect((state.totals.failedReads.count, state.totals.failedReads.throttled) == (3, 2))
        let shard = try #require(state.shards.first)
        #expect((shard.totals.failedReads.count, shard.totals.failedReads.throttled) == (2, 1))
        #expect(state.totals.throttles == 2)
        #expect(state.seconds.last?.throttles == 2)
        // The notices of the engine say it, once in a while.
        #expect(state.log.allSatisfy { $0.code == "shard" })
    }

    @Test func theRequestsOfAHandlerAreInItsOwnFigures() {
        let state = Self.state([
            Self.failure("DeleteItem", batch: 7, throttled: true),
            Self.failure("DeleteItem", batch: 8, throttled: false),
        ])
        #expect(state.totals.failedReads == FailedReads() && state.totals.throttles == 0)
        #expect(state.log.last?.message == "DeleteItem failed: it failed")
        #expect(state.log.last?.level == .warning && state.log.last?.repetitions == 2)
    }

    @Test func aStateThatWasKeptBeforeThereWereTheseFiguresHasNone() throws {
        var totals = SessionTotals()
        totals.reads = 3
        var object = try #require(
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(totals)) as? [String: Any]
        )
        #expect(object.removeValue(forKey: "failedReads") != nil)
        let data = try JSONSerialization.data(withJSONObject: object)
        #expect(try JSONDecoder().decode(SessionTotals.self, from: data) == totals)
    }
}
