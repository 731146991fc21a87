// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Testing

/// What attempts, halves, rests and records given up do to the sums.
@Suite struct AttemptStateTests {
    private static func retry(_ change: BatchRetry.Change) -> SessionEvent.Kind {
        .batchRetried(
            BatchRetry(
                id: BatchID(1),
                shard: Samples.shard,
                attempt: 1,
                reason: "no",
                delay: .seconds(1),
                change: change
            )
        )
    }

    private static func discard(
        _ records: Int,
        _ condition: DiscardCondition = .retryAttemptsExhausted,
        message: RecordDiscard.MessageFate = .none
    ) -> SessionEvent.Kind {
        .discarded(
            RecordDiscard(
                id: BatchID(1),
                shard: Samples.shard,
                condition: condition,
                records: records,
                first: Samples.number(1),
                last: Samples.number(records),
                invokeCount: 3,
                reason: "no",
                message: message
            )
        )
    }

    private static func advance(_ records: Int) -> SessionEvent.Kind {
        .batchAdvanced(BatchAdvance(id: BatchID(1), shard: Samples.shard, records: records))
    }

    private static func finished(records: Int, discarded: Int, remaining: Int) -> SessionEvent.Kind {
        .batchFinished(
            BatchOutcome(
                id: BatchID(1),
                shard: Samples.shard,
                records: records,
                result: discarded > 0 ? .discarded : .succeeded,
                attempts: 4,
                handlerTime: .milliseconds(5),
                work: HandlerWork(),
                iteratorAge: .seconds(2),
                discarded: discarded,
                remaining: remaining,
                invoked: 17,
                failedInvokes: 9
            )
        )
    }

    private static let begin: [SessionEvent.Kind] = [
        Samples.listed(), Samples.read(12, filteredOut: 2), Samples.batch(1, 1..<11),
    ]

    private func state(_ events: [SessionEvent.Kind]) -> SessionState {
        SessionState((Self.begin + events).enumerated().map { (Int64($0.offset), $0.element) })
    }

    @Test func recordsThatHaveNotEndedAreInFlightUntilTheyDo() {
        var events: [SessionEvent.Kind] = []
        var expected = [10]
        for (event, left) in [
            (Self.advance(3), 7), (Self.discard(2), 5), (Self.discard(1, .recordAgeExceeded), 4),
            (Self.finished(records: 10, discarded: 3, remaining: 4), 0),
        ] {
            #expect(self.state(events).totals.inFlight == expected.last)
            events.append(event)
            expected.append(left)
        }
        let totals = self.state(events).totals
        #expect((totals.inFlight, totals.succeeded, totals.dropped, totals.filteredOut) == (0, 7, 3, 2))
        #expect((totals.attemptsExhausted, totals.ageExceeded) == (2, 1))
        #expect((totals.attempts, totals.invoked, totals.failedInvokes) == (4, 17, 9))
        #expect(totals.batchesSucceeded == 0)
        #expect(self.state(events).shards.first?.totals == totals)
    }

    @Test func eachKindOfRepetitionIsCounted() {
        let state = self.state([
            Self.retry(.again), Self.retry(.notInvoked), Self.retry(.split(first: 5, second: 5)),
            Self.retry(.rest(done: 2, left: 3)),
        ])
        #expect((state.totals.retries, state.totals.splits, state.totals.partialSuccesses) == (4, 1, 1))
        #expect(state.log.suffix(4).map(\.code) == ["retry", "retry", "bisect", "partial"])
        #expect(state.log.last?.level == .warning)
        #expect(state.log.last?.message == "batch 1, attempt 1 did 2 records: no; the other 3 again in 1.0 seconds")
    }

    @Test func aDiscardIsToldWithWhatBecameOfItsMessage() {
        let state = self.state([
            Self.discard(4, message: .delivered), Self.discard(3, message: .dropped(reason: "queue gone")),
        ])
        #expect((state.totals.destinationDelivered, state.totals.destinationFailed) == (4, 3))
        let lines = state.log.filter { $0.code == "discard" }
        #expect(lines.map(\.level) == [.error, .error])
        let range = "\(Samples.number(1)) to \(Samples.number(4))"
        #expect(
            lines.first?.message
                == "batch 1: 4 records given up (RetryAttemptsExhausted), \(range): no; told to the failure destination"
        )
        #expect(lines.last?.message.hasSuffix("the failure destination did not take the message: queue gone") == true)
    }

    @Test func theLastResultIsThatOfTheNewestInvocation() {
        #expect(self.state([]).lastResult.rawValue == "No records processed")
        let cases: [([SessionEvent.Kind], ProcessingResult)] = [
            ([Self.retry(.again)], .failed), ([Self.retry(.notInvoked)], .failed),
            ([Self.retry(.rest(done: 1, left: 9))], .succeeded), ([Self.retry(.again), Self.advance(2)], .succeeded),
            ([Self.discard(10), Self.finished(records: 10, discarded: 10, remaining: 0)], .failed),
            ([Self.discard(2), Self.finished(records: 10, discarded: 2, remaining: 8)], .succeeded),
            ([Self.discard(10, .recordAgeExceeded)], .none),
            ([Self.retry(.again), Self.finished(records: 10, discarded: 0, remaining: 10)], .succeeded),
        ]
        for (events, result) in cases {
            let state = self.state(events)
            #expect(state.lastResult == result)
            #expect(state.shards.first?.lastResult == result)
        }
        #expect(ProcessingResult.succeeded.rawValue == "OK")
        #expect(ProcessingResult.failed.rawValue == "PROBLEM: Function call failed")
    }

    @Test func whatIsLeftUndoneIsGivenBack() {
        let abandoned = self.state([
            Self.advance(4),
            .batchFinished(
                BatchOutcome(
                    id: BatchID(1),
                    shard: Samples.shard,
                    records: 10,
                    result: .abandoned(reason: "end"),
                    attempts: 2,
                    handlerTime: .zero,
                    work: HandlerWork(),
                    iteratorAge: .zero,
                    remaining: 6
                )
            ),
        ])
        #expect((abandoned.totals.succeeded, abandoned.totals.returned, abandoned.totals.inFlight) == (4, 6, 0))
        #expect(abandoned.shards.first?.iteratorAge == nil)
        let lost = self.state([.shardChanged(Samples.shard, .stopped(reason: "lease lost"))])
        #expect((lost.totals.returned, lost.totals.inFlight) == (10, 0))
        #expect(lost.shards.first?.totals.returned == 10)
        let ended = self.state([.ended("stopped")])
        #expect((ended.totals.returned, ended.totals.inFlight) == (10, 0))
    }

    @Test func theStatesOfAMappingFollowWhatHappens() {
        let shard = Samples.shard
        var events: [SessionEvent.Kind] = [Samples.listed()]
        func states() -> [String] {
            let state = SessionState(events.enumerated().map { (Int64($0.offset), $0.element) })
            return [state.mappingState.rawValue, state.shards.first.map { state.mappingState(of: $0).rawValue } ?? ""]
        }
        #expect(states() == ["Creating", "Creating"])
        events += [.streamChanged(.enabled), .shardChanged(shard, .reading)]
        #expect(states() == ["Enabled", "Enabled"])
        events += [Samples.read(5), Samples.batch(1, 0..<5), .hold(.held), .shardChanged(shard, .held)]
        #expect(states() == ["Disabling", "Disabling"])
        events += [Samples.finished(1, records: 5)]
        #expect(states() == ["Disabled", "Disabled"])
        events += [.hold(.resumed), .shardChanged(shard, .reading)]
        #expect(states() == ["Enabling", "Enabling"])
        events += [Samples.read(0)]
        #expect(states() == ["Enabled", "Enabled"])
        events += [.shardChanged(shard, .finished)]
        #expect(states() == ["Enabled", "Disabled"])
        events += [.ended("done")]
        #expect(states() == ["Disabled", "Disabled"])
    }

    @Test func theLastInvocationOfAWindowHasNoSizeAndNoAge() {
        let state = self.state([
            Self.finished(records: 10, discarded: 0, remaining: 10), Samples.batch(2, 0..<0),
            .batchFinished(
                BatchOutcome(
                    id: BatchID(2),
                    shard: Samples.shard,
                    records: 0,
                    result: .succeeded,
                    attempts: 1,
                    handlerTime: .zero,
                    work: HandlerWork(),
                    iteratorAge: .seconds(99)
                )
            ),
        ])
        #expect(state.batchSizes.counts.reduce(0, +) == 1)
        #expect(state.shards.first?.lastBatchSize == 10)
        #expect(state.shards.first?.iteratorAge == .seconds(2))
    }
}
