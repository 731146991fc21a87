// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@Suite struct SmallMachineTests {
    @Test func pausesDoubleUpToTheCapAndDifferWithinTheirHalf() {
        let backoff = Backoff(.milliseconds(100)...(.seconds(2)))
        var generator = SplitMix64(seed: 1)
        for (attempt, whole) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1600), (6, 2000), (60, 2000)] {
            let pauses = (0..<50).map { _ in backoff.pause(after: attempt, using: &generator) }
            #expect(pauses.allSatisfy { $0 >= .milliseconds(whole / 2) && $0 <= .milliseconds(whole) })
            #expect(Set(pauses).count > 10)
        }
    }

    @Test func aNoticeIsGivenOnceInAWhileAndTellsHowManyWereNot() {
        var limiter = NoticeLimiter()
        let now = Timestamp(seconds: 1000)
        let notice = Notice(level: .warning, shard: ScriptedService.shard(1), code: "Throttling", message: "slow")
        #expect(limiter.admit(notice, now: now)?.message == "slow")
        for _ in 0..<3 { #expect(limiter.admit(notice, now: now.advanced(by: .seconds(9))) == nil) }
        var other = notice
        other.shard = ScriptedService.shard(2)
        #expect(limiter.admit(other, now: now) != nil)
        let later = limiter.admit(notice, now: now.advanced(by: .seconds(10)))
        #expect(later?.message == "slow (3 more since the notice before)")
        #expect(limiter.admit(notice, now: now.advanced(by: .seconds(30)))?.message == "slow")
    }

    @Test func anEventIDIsRecognisedWithinTheWindowAndForgottenBeyondIt() {
        var window = EventIDWindow(capacity: 1000)
        for number in 0..<5000 { #expect(window.insert(EventID("id-\(number)")) == false) }
        // The newest thousand are there for certain, what is older than two thousand is not.
        for number in 4000..<5000 { #expect(window.insert(EventID("id-\(number)")) == true) }
        for number in 0..<900 { #expect(window.insert(EventID("id-\(number)")) == false) }
    }

    @Test func eventIDsThatDifferInOneDigitAreTwo() {
        var window = EventIDWindow()
        for number in 0..<100_000 {
            let digits = String(number, radix: 16)
            let id = String(repeating: "0", count: 32 - digits.count) + digits
            if window.insert(EventID(id)) { Issue.record("\(id) was taken for another") }
        }
    }

    @Test(arguments: ChangeKind.allCases, [0, 100, 5000])
    func theSizeOfAnEventIsNeverUnderestimatedAndCloseToIt(_ kind: ChangeKind, _ imageBytes: Int) {
        for isTimeToLive in [false, true] {
            var record = ScriptedService.record("key", kind: kind, sequence: 7, event: 3, imageBytes: imageBytes)
            record.isTimeToLive = isTimeToLive
            let arn = ScriptedService.streamARN
            let exact = record.lambdaEvent(streamARN: arn).count + 1
            let estimate = LambdaEventSize(streamARN: arn).bytes(of: record)
            #expect(estimate >= exact)
            #expect(estimate <= exact + 120)
        }
    }

    @Test func aPageIsFilteredByEventName() {
        let measure = LambdaEventSize(streamARN: ScriptedService.streamARN)
        let records = (0..<9).map {
            ScriptedService.record("k\($0)", kind: ChangeKind.allCases[$0 % 3], sequence: $0, event: $0)
        }
        let page = RecordPage(records: records, next: nil)
        for kinds in [[], [ChangeKind.insert], [.modify, .remove], Set(ChangeKind.allCases)] as [Set<ChangeKind>] {
            var filter = RecordFilter(.none, streamARN: ScriptedService.streamARN)
            let incoming = IncomingPage(page, eventNames: kinds, filter: &filter, measure: measure)
            let wanted = records.filter { kinds.isEmpty || kinds.contains($0.kind) }
            #expect(incoming.wanted == wanted)
            #expect(incoming.wantedBytes == wanted.reduce(0) { $0 + measure.bytes(of: $1) })
            #expect(incoming.count == 9)
            #expect(incoming.last == records[8].sequenceNumber)
        }
    }
}
