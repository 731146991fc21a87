// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@testable import LocalDynamoDB

@Suite
struct TokenBucketTests {
    private let start = Timestamp(seconds: 1_700_000_000)

    private func after(_ seconds: Double) -> Timestamp {
        self.start.advanced(by: .milliseconds(Int64(seconds * 1000)))
    }

    private func emptied(rate: Int = 5) -> TokenBucket {
        var bucket = TokenBucket(rate: rate, now: self.start)
        bucket.take(bucket.units)
        return bucket
    }

    @Test func aNewBucketHoldsThreeHundredSeconds() {
        let bucket = TokenBucket(rate: 5, now: self.start)
        #expect(bucket.units == 1500)
        #expect(bucket.holds(1500))
    }

    @Test func itHoldsNoMoreThanThereIs() {
        var bucket = TokenBucket(rate: 5, now: self.start)
        bucket.take(1499)
        #expect(bucket.holds(1))
        #expect(!bucket.holds(1.5))
    }

    @Test func itFillsByTheRate() {
        var bucket = self.emptied()
        bucket.fill(rate: 5, now: self.after(0.1))
        #expect(bucket.units == 0.5)
        bucket.fill(rate: 5, now: self.after(0.3))
        #expect(bucket.units == 1.5)
    }

    @Test func smallStepsLoseNothing() {
        var bucket = self.emptied(rate: 7)
        for millisecond in 1...1000 { bucket.fill(rate: 7, now: self.after(Double(millisecond) / 1000)) }
        #expect(bucket.units == 7)
    }

    @Test func itKeepsNoMoreThanThreeHundredSeconds() {
        var bucket = self.emptied()
        bucket.fill(rate: 5, now: self.after(299.8))
        #expect(bucket.units == 1499)
        bucket.fill(rate: 5, now: self.after(86_400))
        #expect(bucket.units == 1500)
    }

    @Test func whatIsLargerThanAFullBucketPassesAndLeavesADebt() {
        var bucket = TokenBucket(rate: 1, now: self.start)
        #expect(bucket.holds(400))
        bucket.take(400)
        #expect(bucket.units == -100)
        bucket.fill(rate: 1, now: self.after(100))
        #expect(bucket.units == 0)
        #expect(!bucket.holds(0.5))
        bucket.take(0)
        #expect(!bucket.holds(400))
    }

    @Test func anotherRateCountsFromNowOn() {
        var bucket = self.emptied()
        bucket.fill(rate: 100, now: self.after(2))
        #expect(bucket.units == 10)
        bucket.fill(rate: 100, now: self.after(3))
        #expect(bucket.units == 110)
    }

    @Test func aLowerRateKeepsLess() {
        var bucket = TokenBucket(rate: 100, now: self.start)
        bucket.fill(rate: 2, now: self.start)
        #expect(bucket.units == 600)
    }

    @Test func aClockThatGoesBackFillsNothing() {
        var bucket = self.emptied()
        bucket.fill(rate: 5, now: self.after(-10))
        #expect(bucket.units == 0)
        bucket.fill(rate: 5, now: self.after(1))
        #expect(bucket.units == 5)
    }

    @Test func theLargestRateDoesNotOverflow() {
        var bucket = TokenBucket(rate: 1_000_000_000_000, now: self.start)
        bucket.take(1)
        bucket.fill(rate: 1_000_000_000_000, now: self.after(1_000_000))
        #expect(bucket.units == 300_000_000_000_000)
    }
}
