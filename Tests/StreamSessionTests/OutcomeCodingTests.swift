// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession
import Testing

/// What is as it mostly is takes no room, and comes back all the same.
@Suite("Coding of outcomes")
struct OutcomeCodingTests {
    private static func outcome(
        _ result: BatchOutcome.Result = .succeeded,
        work: HandlerWork = HandlerWork(requests: ["BatchWriteItem": 4], itemsDeleted: 100, writeCapacityUnits: 0.5),
        untoldWork: HandlerWork? = nil,
        remaining: Int? = nil
    ) -> BatchOutcome {
        BatchOutcome(
            id: BatchID(7),
            shard: ShardID("s"),
            records: 100,
            result: result,
            attempts: 3,
            handlerTime: .nanoseconds(1_234_567),
            work: work,
            untoldWork: untoldWork,
            iteratorAge: .milliseconds(5),
            discarded: remaining == nil ? 0 : 2,
            remaining: remaining,
            invoked: remaining.map { $0 + 200 },
            failedInvokes: remaining ?? 0
        )
    }

    @Test(arguments: [
        Self.outcome(), Self.outcome(.discarded, remaining: 50), Self.outcome(.abandoned(reason: "held")),
        Self.outcome(work: HandlerWork()), Self.outcome(untoldWork: HandlerWork()),
        Self.outcome(work: HandlerWork(kept: 1, singleRequests: 2, unprocessedItems: 3, throttles: 4, repeatedKeys: 5)),
        Self.outcome(work: HandlerWork(), untoldWork: HandlerWork(itemsDeleted: 3), remaining: 0),
    ])
    func anOutcomeComesBackAsItWas(outcome: BatchOutcome) throws {
        #expect(try JSONDecoder().decode(BatchOutcome.self, from: JSONEncoder().encode(outcome)) == outcome)
    }

    @Test func whatIsTheRuleIsLeftOut() throws {
        let text = String(decoding: try JSONEncoder().encode(Self.outcome()), as: UTF8.self)
        for name in ["result", "untoldWork", "remaining", "discarded", "invoked", "kept", "throttles"] {
            #expect(!text.contains(name), "\(text)")
        }
        #expect(text.contains("attempts") && text.contains("handlerTime"))
    }

    /// Format 2 of recordings has all members.
    @Test func anOutcomeWithAllItsMembersIsRead() throws {
        let work =
            #"{"requests":{},"itemsDeleted":0,"kept":0,"singleRequests":0,"writeCapacityUnits":0,"#
            + #""unprocessedItems":0,"throttles":0,"repeatedKeys":0}"#
        let text =
            #"{"id":7,"shard":"s","records":100,"result":{"succeeded":{}},"attempts":3,"handlerTime":1234567,"work":\#(work),"#
            + #""untoldWork":\#(work),"iteratorAge":5000000,"discarded":0,"remaining":100,"invoked":100,"failedInvokes":0}"#
        #expect(
            try JSONDecoder().decode(BatchOutcome.self, from: Data(text.utf8)) == Self.outcome(work: HandlerWork())
        )
    }

    @Test func figuresBeyondAllBoundsAreRefused() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(HandlerWork.self, from: Data(#"{"kept":9223372036854775807}"#.utf8))
        }
    }
}
