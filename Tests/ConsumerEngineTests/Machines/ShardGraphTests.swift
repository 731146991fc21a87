// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@Suite struct ShardGraphTests {
    private func shard(_ number: Int, parent: Int? = nil, isClosed: Bool = false) -> ShardDescription {
        ShardDescription(
            id: ScriptedService.shard(number),
            parent: parent.map { ScriptedService.shard($0) },
            range: SequenceRange(
                start: ScriptedService.sequence(number * 10),
                end: isClosed ? ScriptedService.sequence(number * 10 + 9) : nil
            )
        )
    }

    private func ids(_ numbers: Int...) -> [ShardID] {
        numbers.map { ScriptedService.shard($0) }
    }

    @Test func atTheOldestRecordEveryRootIsReadTheOldestFirst() {
        var graph = ShardGraph(startingPosition: .trimHorizon)
        _ = graph.merge([
            self.shard(3), self.shard(1, isClosed: true), self.shard(2, parent: 1), self.shard(4, parent: 9),
        ])
        // Shard 9 was trimmed: nobody waits for it.
        #expect(graph.readable == self.ids(1, 3, 4))
        #expect(graph.start(of: ScriptedService.shard(4)) == .trimHorizon)
    }

    @Test func atLatestOnlyOpenShardsAreReadAndWhatLiesBehindCountsAsDone() {
        var graph = ShardGraph(startingPosition: .latest)
        _ = graph.merge([self.shard(1, isClosed: true), self.shard(2, parent: 1), self.shard(3, isClosed: true)])
        #expect(graph.readable == self.ids(2))
        #expect(graph.start(of: ScriptedService.shard(2)) == .latest)
        #expect(graph.isFinished(ScriptedService.shard(1)))
    }

    @Test func childrenFoundLaterBeginAtTheirOldestRecord() {
        var graph = ShardGraph(startingPosition: .latest)
        _ = graph.merge([self.shard(1)])
        graph.opened(ScriptedService.shard(1))
        let changes = graph.merge([self.shard(1, isClosed: true), self.shard(2, parent: 1)])
        #expect(changes.map(\.id) == self.ids(1, 2))
        #expect(graph.readable == [])
        graph.finished(ScriptedService.shard(1))
        #expect(graph.readable == self.ids(2))
        #expect(graph.start(of: ScriptedService.shard(2)) == .trimHorizon)
    }

    @Test func anOpenParentWithAChildCountsAsClosed() {
        var graph = ShardGraph(startingPosition: .latest)
        _ = graph.merge([self.shard(1), self.shard(2, parent: 1)])
        #expect(graph.isClosed(ScriptedService.shard(1)))
        #expect(graph.readable == self.ids(2))
    }

    @Test func aListThatLeavesOutAShardForgetsNothing() {
        var graph = ShardGraph(startingPosition: .trimHorizon)
        _ = graph.merge([self.shard(1, isClosed: true), self.shard(2, parent: 1)])
        graph.opened(ScriptedService.shard(1))
        #expect(graph.merge([self.shard(2, parent: 1)]) == [])
        #expect(graph.readable == [])
        #expect(graph.merge([self.shard(1), self.shard(2, parent: 1)]) == [])
        #expect(graph.description(of: ScriptedService.shard(1))?.isClosed == true)
    }

    @Test func storedPositionsWin() {
        var graph = ShardGraph(
            startingPosition: .latest,
            stored: [
                ScriptedService.shard(1): .shardEnd,
                ScriptedService.shard(2): .sequenceNumber(ScriptedService.sequence(22)),
            ]
        )
        _ = graph.merge([self.shard(1, isClosed: true), self.shard(2, parent: 1), self.shard(3, parent: 1)])
        #expect(graph.readable == self.ids(2, 3))
        #expect(graph.start(of: ScriptedService.shard(2)) == .after(ScriptedService.sequence(22)))
        #expect(graph.start(of: ScriptedService.shard(3)) == .trimHorizon)
        #expect(graph.isFinished(ScriptedService.shard(1)))
    }

    @Test func descendantsOfAStoredShardBeginAtTheirOldestRecordEvenBehindATrimmedParent() {
        let list = [self.shard(2, parent: 1, isClosed: true), self.shard(3, parent: 2)]
        let began = CheckpointPosition.trimHorizon(quietUntil: Timestamp(milliseconds: 1))
        for (position, isAskedFor) in [(CheckpointPosition.shardEnd, false), (began, true)] {
            var graph = ShardGraph(startingPosition: .latest, stored: [ScriptedService.shard(1): position])
            _ = graph.merge(list)
            if isAskedFor {
                // Something of it may be lost, which only asking for it tells.
                #expect(graph.readable == self.ids(1))
                #expect(graph.start(of: ScriptedService.shard(1)) == .trimHorizon)
                graph.finished(ScriptedService.shard(1))
            }
            #expect(graph.readable == self.ids(2))
            #expect(graph.start(of: ScriptedService.shard(2)) == .trimHorizon)
            #expect(graph.start(of: ScriptedService.shard(3)) == .trimHorizon)
        }
    }

    @Test func aSecondStartAtLatestKnowsWhatTheFirstPassedOver() {
        var graph = ShardGraph(
            startingPosition: .latest,
            stored: [ScriptedService.shard(2): .trimHorizon(quietUntil: Timestamp(milliseconds: 1))]
        )
        _ = graph.merge([self.shard(1, isClosed: true), self.shard(2, parent: 1), self.shard(5)])
        // 1 lies behind what was begun; 2 was begun and has nothing done; 5 came into being since.
        #expect(graph.readable == self.ids(2, 5))
        #expect(graph.start(of: ScriptedService.shard(2)) == .trimHorizon)
        #expect(graph.start(of: ScriptedService.shard(5)) == .trimHorizon)
    }

    @Test func ancestorsOfStoredShardsAreNotReadWhateverTheStart() {
        var graph = ShardGraph(
            startingPosition: .trimHorizon,
            stored: [ScriptedService.shard(2): .trimHorizon(quietUntil: Timestamp(milliseconds: 1))]
        )
        _ = graph.merge([self.shard(1, isClosed: true), self.shard(2, parent: 1)])
        #expect(graph.readable == self.ids(2))
    }

    @Test func aStoredShardThatIsNotListedIsAskedForAndHoldsItsChildren() {
        var graph = ShardGraph(
            startingPosition: .trimHorizon,
            stored: [ScriptedService.shard(1): .sequenceNumber(ScriptedService.sequence(15))]
        )
        _ = graph.merge([self.shard(2, parent: 1)])
        #expect(graph.readable == self.ids(1))
        graph.finished(ScriptedService.shard(1))
        #expect(graph.readable == self.ids(2))
    }

    @Test func shardsThatAreTheirOwnAncestorsDoNotHangIt() {
        var graph = ShardGraph(startingPosition: .latest)
        _ = graph.merge([self.shard(1, parent: 1), self.shard(2, parent: 3), self.shard(3, parent: 2)])
        _ = graph.merge([self.shard(4, parent: 3)])
        #expect(graph.readable.contains(ScriptedService.shard(1)))
    }

    @Test func aShardGivenBackCanBeOpenedAgain() {
        var graph = ShardGraph(startingPosition: .trimHorizon)
        _ = graph.merge([self.shard(1)])
        graph.opened(ScriptedService.shard(1))
        #expect(graph.readable == [])
        graph.gaveBack(ScriptedService.shard(1))
        #expect(graph.readable == self.ids(1))
        graph.finished(ScriptedService.shard(1))
        graph.gaveBack(ScriptedService.shard(1))
        #expect(graph.readable == [])
    }

    @Test func anEndedShardWithoutAChildLetsExpectOne() {
        var graph = ShardGraph(startingPosition: .trimHorizon)
        _ = graph.merge([self.shard(1, isClosed: true)])
        #expect(!graph.expectsChildren)
        graph.finished(ScriptedService.shard(1))
        #expect(graph.expectsChildren && graph.isFinished)
        _ = graph.merge([self.shard(2, parent: 1)])
        #expect(!graph.expectsChildren && !graph.isFinished)
    }
}
