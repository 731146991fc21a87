// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// Lanes of one shard, and the slots that all lanes share.
@Suite struct LaneMachineTests {
    private func keys(_ text: String) -> RawItem { RawItem(unchecked: Array(text.utf8)[...]) }

    private func lanes(_ count: Int, partitionKey: String? = "pk") -> KeyLanes {
        let measure = LambdaEventSize(streamARN: ScriptedService.streamARN)
        return KeyLanes(count: count, partitionKey: partitionKey, measure: measure)
    }

    @Test func thePartitionKeyAloneDecidesWhereverItStands() {
        let lanes = self.lanes(10)
        let lane = lanes.lane(of: self.keys(#"{"pk":{"S":"a"},"sk":{"N":"1"}}"#))
        #expect(lanes.lane(of: self.keys(#"{"sk":{"N":"2"},"pk":{"S":"a"}}"#)) == lane)
        #expect(lanes.lane(of: self.keys(#"{ "pk" : { "S" : "\u0061" } }"#)) == lane)
        let others = Set((0..<200).map { lanes.lane(of: self.keys(#"{"pk":{"S":"\#($0)"}}"#)) })
        #expect(others == Set(0..<10))
    }

    @Test func numbersAreOneKeyHoweverTheyAreWritten() {
        let lanes = self.lanes(10)
        for group in [["1000", "1e3", "1000.0", "+1E+3"], ["0", "-0", "0.00"], ["-2.50", "-25e-1"]] {
            let found = Set(group.map { lanes.lane(of: self.keys(#"{"pk":{"N":"\#($0)"}}"#)) })
            #expect(found.count == 1, "\(group)")
        }
        // A number, a text and bytes of the same characters are three keys, which may share a lane or not.
        let kinds = (0..<50).map { number in
            [#"{"pk":{"N":"\#(number)"}}"#, #"{"pk":{"S":"\#(number)"}}"#].map { lanes.lane(of: self.keys($0)) }
        }
        #expect(kinds.contains { $0[0] != $0[1] })
    }

    @Test func theLaneOfAKeyIsTheSameInEveryRun() {
        let lanes = self.lanes(4)
        let texts = ["a", "b", "c", "order-17", "\u{1F600}"]
        let found = texts.map { lanes.lane(of: self.keys(#"{"pk":{"S":"\#($0)"}}"#)) }
        #expect(found == Self.known)
    }

    private static let known = [3, 0, 0, 2, 0]

    @Test func keysThatCannotBeReadStayInOrderToo() {
        let lanes = self.lanes(10)
        let broken = self.keys(#"{"other":{"S":"a"}}"#)
        #expect(lanes.lane(of: broken) == lanes.lane(of: broken))
        let nameless = self.lanes(10, partitionKey: nil)
        #expect(Set((0..<100).map { nameless.lane(of: self.keys(#"{"x":{"S":"\#($0)"}}"#)) }).count == 10)
    }

    @Test func aPageIsSpreadInOrderAndKnowsWhatCameBefore() {
        let records = (0..<40).map { ScriptedService.record("k\($0 % 7)", sequence: $0, event: $0) }
        let measure = LambdaEventSize(streamARN: ScriptedService.streamARN)
        let parts = self.lanes(3).split(records)
        #expect(parts.reduce(0) { $0 + $1.records.count } == 40)
        for part in parts {
            #expect(part.records.map(\.sequenceNumber) == part.records.map(\.sequenceNumber).sorted())
            #expect(part.bytes == part.records.reduce(0) { $0 + measure.bytes(of: $1) })
            for (record, before) in zip(part.records, part.befores) {
                let number = Int(record.sequenceNumber.text) ?? -1
                #expect(before == (number == 0 ? nil : ScriptedService.sequence(number - 1)))
            }
        }
    }

    @Test func withoutALimitEveryLaneHasASlot() {
        var slots = BatchSlots(limit: nil)
        let taken = (0..<100).map { slots.take(LaneID(ScriptedService.shard(1), $0)) }
        #expect(taken.allSatisfy { $0 })
        let next = slots.giveBack(LaneID(ScriptedService.shard(1), 0))
        #expect(next == nil)
    }

    @Test func whoWaitsForLongestIsNext() {
        let lanes = (0..<5).map { LaneID(ScriptedService.shard($0)) }
        var slots = BatchSlots(limit: 2)
        var taken = lanes.map { slots.take($0) }
        #expect(taken == [true, true, false, false, false])
        // Who asks again keeps its place; who gave its slot back goes to the end.
        taken = [slots.take(lanes[2])]
        let first = slots.giveBack(lanes[1])
        #expect(first == lanes[2])
        taken += [slots.take(lanes[1]), slots.take(lanes[2])]
        #expect(taken == [false, false, true])
        // Who does not want any more gives up its place, or its turn.
        let turns = [3, 0, 4, 1, 2].map { slots.giveBack(lanes[$0]) }
        #expect(turns == [nil, lanes[4], lanes[1], nil, nil])
        taken = lanes.prefix(3).map { slots.take($0) }
        #expect(taken == [true, true, false])
    }
}
