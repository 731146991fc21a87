// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import TestSupport
import Testing

struct WakeOrderTests {
    @Test func loopsAreWokenInTheSameOrderWhateverTheSetSays() {
        let shards = (1...3).map { ScriptedService.shard($0) }
        let inOrder: [ConsumerMachine.Wake] =
            shards.map { .reader($0) } + shards.flatMap { shard in (0..<12).map { .worker(LaneID(shard, $0)) } }
            + shards.map { .shard($0) } + [.discovery, .conductor]
        for _ in 0..<5 { #expect(inOrder.shuffled().sorted() == inOrder) }
    }
}
