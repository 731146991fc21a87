// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import RecordHandlers

/// Decides what the story writes and when: the same seed gives the same writes at the same moments.
///
/// Messages come in with waves around the rate. Each is written to staging at once and to the messages table a little
/// later; a fifth is modified after that, a tenth removed, and one in fifty is never processed and stays in staging.
package struct Story: Sendable {
    private struct Due: Sendable {
        var at: Duration
        var order: Int
        var write: StoryWrite
    }

    private let seed: UInt64
    private let rate: Double
    private let limit: Int?
    private let start: Timestamp
    private var random: SplitMix64
    /// Writes that wait, a binary heap by moment and order.
    private var queue: [Due] = []
    private var order = 0
    private var nextArrival = Duration.zero
    /// Messages that have come in so far.
    package private(set) var arrivals = 0

    /// Creates a story.
    ///
    /// - Parameters:
    ///   - seed: What it is made from.
    ///   - rate: Messages a second, on average; above 0.
    ///   - limit: End after so many messages; nil: never.
    ///   - start: The moment at which it begins.
    package init(seed: UInt64, rate: Double, limit: Int?, start: Timestamp) {
        precondition(rate > 0, "a story without messages")
        self.seed = seed
        self.rate = rate
        self.limit = limit
        self.start = start
        self.random = SplitMix64(seed: seed &+ 1)
    }

    /// Whether nothing will be written any more.
    package var isOver: Bool {
        self.queue.isEmpty && self.limit.map { self.arrivals >= $0 } == true
    }

    /// The writes that became due, in order; at most 1,000, the rest comes with the next call.
    ///
    /// - Parameter elapsed: Time since the start.
    /// - Returns: Writes whose moment is not later than that.
    package mutating func writes(until elapsed: Duration) -> [StoryWrite] {
        var writes: [StoryWrite] = []
        while writes.count < 1000 {
            let arrives = self.limit.map { self.arrivals < $0 } ?? true
            let next = self.queue.first?.at
            if arrives, self.nextArrival <= elapsed, next.map({ self.nextArrival <= $0 }) ?? true {
                self.arrive()
            } else if let next, next <= elapsed {
                writes.append(self.takeFirst().write)
            } else {
                break
            }
        }
        return writes
    }

    private mutating func arrive() {
        let at = self.nextArrival
        let message = StoryMessage(number: self.arrivals, seed: self.seed, createdAt: self.start.advanced(by: at))
        self.arrivals += 1
        self.nextArrival = at + .seconds(1) / (self.rate * Self.wave(at))
        self.schedule(StoryWrite(message: message, kind: .ingest), at: at)
        guard self.chance(0.98) else { return }
        var moment = at + self.delay(0.2...0.8)
        self.schedule(StoryWrite(message: message, kind: .process), at: moment)
        if self.chance(0.2) {
            moment += self.delay(1...6)
            self.schedule(StoryWrite(message: message, kind: .modify(views: 1)), at: moment)
            if self.chance(0.3) {
                moment += self.delay(1...6)
                self.schedule(StoryWrite(message: message, kind: .modify(views: 2)), at: moment)
            }
        }
        if self.chance(0.1) {
            moment += self.delay(2...10)
            self.schedule(StoryWrite(message: message, kind: .remove), at: moment)
        }
    }

    /// Traffic relative to the average: up and down between 0.5 and 1.5 in 40 s.
    private static func wave(_ at: Duration) -> Double {
        let phase = (at / .seconds(40)).truncatingRemainder(dividingBy: 1)
        return phase < 0.5 ? 0.5 + phase * 2 : 2.5 - phase * 2
    }

    private mutating func chance(_ share: Double) -> Bool {
        Double.random(in: 0..<1, using: &self.random) < share
    }

    private mutating func delay(_ seconds: ClosedRange<Double>) -> Duration {
        .seconds(Double.random(in: seconds, using: &self.random))
    }

    // MARK: - Heap

    private mutating func schedule(_ write: StoryWrite, at moment: Duration) {
        self.order += 1
        self.queue.append(Due(at: moment, order: self.order, write: write))
        var child = self.queue.count - 1
        while child > 0, self.isBefore(child, (child - 1) / 2) {
            self.queue.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func takeFirst() -> Due {
        self.queue.swapAt(0, self.queue.count - 1)
        let first = self.queue.removeLast()
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < self.queue.count {
                if self.isBefore(child, smallest) { smallest = child }
            }
            guard smallest != parent else { return first }
            self.queue.swapAt(parent, smallest)
            parent = smallest
        }
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (self.queue[left].at, self.queue[left].order) < (self.queue[right].at, self.queue[right].order)
    }
}
