// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@Suite struct BatchFormerTests {
    private let now = Timestamp(seconds: 1_700_000_000)
    private let measure = LambdaEventSize(streamARN: ScriptedService.streamARN)

    private func former(records: Int = 10, bytes: Int = 6_291_456, window: Duration = .zero) -> BatchFormer {
        BatchFormer(limits: .init(records: records, bytes: bytes, window: window), measure: self.measure)
    }

    private func records(_ numbers: Range<Int>, imageBytes: Int = 10) -> [StreamRecord] {
        numbers.map { ScriptedService.record("k\($0)", sequence: $0, event: $0, imageBytes: imageBytes) }
    }

    private func add(_ numbers: Range<Int>, to former: inout BatchFormer, end: Int? = nil, after: Duration = .zero) {
        let records = self.records(numbers)
        former.add(
            records,
            bytes: records.reduce(0) { $0 + self.measure.bytes(of: $1) },
            end: ScriptedService.sequence(end ?? numbers.upperBound - 1),
            now: self.now.advanced(by: after)
        )
    }

    private func verdict(
        _ former: BatchFormer,
        after: Duration = .zero,
        allowance: Int? = nil,
        hasEnded: Bool = false,
        isDraining: Bool = false
    ) -> BatchFormer.Verdict {
        former.verdict(
            now: self.now.advanced(by: after),
            allowance: allowance,
            hasEnded: hasEnded,
            isDraining: isDraining
        )
    }

    @Test func withoutAWindowABatchIsWhatOneReadReturnedCutAtTheSize() {
        var former = self.former()
        self.add(0..<25, to: &former)
        self.add(25..<30, to: &former)
        var sizes: [Int] = []
        while case .close(let count, let reason) = self.verdict(former) {
            sizes.append(count)
            #expect(reason == (count == 10 ? .full : .window))
            #expect(former.take(count).records.count == count)
            former.finished(now: self.now)
        }
        #expect(sizes == [10, 10, 5, 5])
        #expect(former.waitingCount == 0)
        #expect(former.waitingBytes == 0)
    }

    @Test func aWindowGathersPagesAndClosesWhenItRunsOut() {
        var former = self.former(window: .seconds(5))
        #expect(self.verdict(former) == .wait(until: nil))
        self.add(0..<3, to: &former)
        self.add(3..<6, to: &former, after: .seconds(2))
        #expect(self.verdict(former, after: .seconds(2)) == .wait(until: self.now.advanced(by: .seconds(5))))
        #expect(self.verdict(former, after: .seconds(5)) == .close(count: 6, reason: .window))
        let taken = former.take(6)
        #expect(taken.records.map(\.sequenceNumber) == (0..<6).map { ScriptedService.sequence($0) })
        #expect(taken.firstReadAt == self.now)
    }

    @Test func theNextWindowBeginsWhenTheInvocationEnds() {
        var former = self.former(window: .seconds(5))
        self.add(0..<3, to: &former)
        _ = former.take(3)
        self.add(3..<4, to: &former, after: .seconds(1))
        former.finished(now: self.now.advanced(by: .seconds(20)))
        #expect(self.verdict(former, after: .seconds(21)) == .wait(until: self.now.advanced(by: .seconds(25))))
    }

    @Test func aWindowBeginsWithTheFirstMatchingRecord() {
        var former = self.former(window: .seconds(5))
        former.add([], bytes: 0, end: ScriptedService.sequence(1), now: self.now)
        self.add(3..<4, to: &former, after: .seconds(4))
        #expect(self.verdict(former, after: .seconds(6)) == .wait(until: self.now.advanced(by: .seconds(9))))
    }

    @Test func aFullBatchTheEndOfTheShardAndDrainingDoNotWaitForTheWindow() {
        var former = self.former(window: .seconds(300))
        self.add(0..<12, to: &former)
        #expect(self.verdict(former) == .close(count: 10, reason: .full))
        _ = former.take(10)
        former.finished(now: self.now)
        #expect(self.verdict(former, hasEnded: true) == .close(count: 2, reason: .shardEnd))
        #expect(self.verdict(former, isDraining: true) == .close(count: 2, reason: .drain))
    }

    @Test func theAllowanceCutsTheLastBatch() {
        var former = self.former(window: .seconds(300))
        self.add(0..<8, to: &former)
        #expect(self.verdict(former, allowance: 5) == .close(count: 5, reason: .drain))
        #expect(self.verdict(former, allowance: 0) == .wait(until: nil))
    }

    @Test func aBatchIsCutAtItsBytesButHoldsARecordAtLeast() {
        let one = self.measure.bytes(of: self.records(0..<1)[0])
        var former = self.former(records: 100, bytes: LambdaEventSize.envelope + 3 * one)
        self.add(0..<7, to: &former)
        var sizes: [Int] = []
        while case .close(let count, let reason) = self.verdict(former) {
            sizes.append(count)
            #expect(reason == (count == 3 ? .bytes : .window))
            _ = former.take(count)
            former.finished(now: self.now)
        }
        #expect(sizes == [3, 3, 1])
        var small = self.former(records: 100, bytes: 1)
        self.add(0..<2, to: &small)
        #expect(self.verdict(small) == .close(count: 1, reason: .bytes))
    }

    @Test func unwantedRecordsBehindABatchArePassedWithIt() {
        var former = self.former()
        self.add(0..<10, to: &former, end: 15)
        former.add([], bytes: 0, end: ScriptedService.sequence(20), now: self.now)
        #expect(former.take(4).end == ScriptedService.sequence(3))
        former.finished(now: self.now)
        #expect(former.take(6).end == ScriptedService.sequence(20))
    }

    @Test func aStepTakesWhatWaitsAcrossPages() {
        var former = self.former(records: 10)
        #expect(former.stepCount(allowance: nil) == 0)
        self.add(0..<4, to: &former)
        self.add(4..<20, to: &former)
        #expect(former.stepCount(allowance: nil) == 10)
        #expect(former.stepCount(allowance: 3) == 3)
        #expect(former.take(10).records.count == 10)
        #expect(former.head?.sequenceNumber == ScriptedService.sequence(10))
    }
}
