// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import Testing

@Suite struct HandlerWorkTests {
    private static let less = HandlerWork(
        requests: ["DeleteItem": 2, "Scan": 1],
        itemsDeleted: 1,
        kept: 1,
        singleRequests: 2,
        writeCapacityUnits: 1.5,
        unprocessedItems: 3,
        throttles: 4,
        repeatedKeys: 5
    )

    @Test func theDifferenceAndTheLesserMakeTheGreater() {
        var sum = Self.less
        let more = HandlerWork(
            requests: ["DeleteItem": 7, "BatchWriteItem": 1],
            itemsDeleted: 10,
            kept: 20,
            singleRequests: 30,
            writeCapacityUnits: 40.5,
            unprocessedItems: 50,
            throttles: 60,
            repeatedKeys: 70
        )
        sum.add(more)
        #expect(sum.since(Self.less) == more)
        #expect(sum.since(HandlerWork()) == sum)
    }

    @Test func nothingIsTakenBack() {
        #expect(HandlerWork().since(Self.less) == HandlerWork())
        #expect(Self.less.since(Self.less) == HandlerWork())
    }
}
