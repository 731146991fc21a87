// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// Decides how much may be written when: a token bucket of write capacity units, filled at a pace that follows what the
/// table takes.
///
/// Without a bound by the user and as long as nothing is throttled, there is no pace. A throttled answer multiplies the
/// pace with 0.7, once for all requests that were sent at it; each second's worth of accepted writes adds a little to it
/// (additive increase, multiplicative decrease). So several users of one table come to equal terms, and the largest part of its
/// capacity is used.
///
/// What a request costs is known from its answer only. It is admitted by what keys have cost so far, and settled with what the
/// service reports: what was too little is owed, and the next request waits for it.
package struct WriteBudget: Hashable, Sendable {
    /// The bounds on a user's write capacity units per second.
    ///
    /// - Source: 40,000 is the largest default quota of a table (DynamoDB quotas).
    package static let maximums = 1...40_000
    /// What a throttled answer leaves of the pace.
    static let decrease = 0.7
    /// What a second's worth of accepted writes adds, as a part of what the table is known to take.
    static let increase = 0.02
    /// How long nothing may have been throttled until the pace is given up.
    static let calm = Duration.seconds(60)
    /// How much of a second's units may be saved up: small, so that no second gets much more than the pace.
    private static let savedPart = 0.1
    /// The longest wait before the pace is looked at again, as it may have changed.
    private static let longestWait = 1.0

    /// The permission to send one request.
    package struct Grant: Hashable, Sendable {
        /// Keys that the request may have.
        package var keys: Int
        /// Units that were taken for it; nil: there was no pace.
        fileprivate var units: Double?
        /// The pace it belongs to.
        fileprivate var era: Int
    }

    /// The answer to somebody who wants to write.
    package enum Admission: Hashable, Sendable {
        /// Send the request, then settle it.
        case go(Grant)
        /// Ask again after this time.
        case wait(Duration)
    }

    /// How a request ended.
    package struct Receipt: Hashable, Sendable {
        /// Keys that the table accepted.
        package var keys: Int
        /// Units that the service reported; nil: it did not.
        package var units: Double?
        /// What the service said if it throttled the request or a part of it; nil: it did not.
        package var throttle: String?

        /// Creates a receipt.
        package init(keys: Int, units: Double?, throttle: String? = nil) {
            self.keys = keys
            self.units = units
            self.throttle = throttle
        }
    }

    private let maximum: Int?
    private let provisioned: Int?
    /// Units a second; nil: as much as the table takes.
    package private(set) var pace: Double?
    /// Counts the paces that ended by throttling.
    private var era = 0
    private var tokens = Double.infinity
    private var filledAt: Timestamp?
    private var throttledAt: Timestamp?
    private var toldAt: Timestamp?
    /// What a key costs, by the newest answers.
    private var unitsPerKey = 1.0
    private var isCostKnown = false
    private var meter = RecentUse()

    /// Creates a budget that is full.
    ///
    /// - Parameters:
    ///   - maximum: Units a second that the user allows, ``maximums``; nil: no bound.
    ///   - provisioned: The table's provisioned write capacity; nil: on demand, or not known.
    package init(maximum: Int? = nil, provisioned: Int? = nil) {
        self.maximum = maximum
        self.provisioned = provisioned
        self.pace = maximum.map(Double.init)
    }

    /// Whether throttling keeps the pace below what is allowed.
    package var isSlowed: Bool {
        guard let pace else { return false }
        return self.maximum.map { pace < Double($0) } ?? true
    }

    /// Asks for a request of up to so many keys, at least 1; with a low pace it gets fewer, a second's worth.
    package mutating func admit(upTo keys: Int, now: Timestamp) -> Admission {
        guard let pace else { return .go(Grant(keys: keys, units: nil, era: self.era)) }
        let keys = max(1, min(keys, Int(min(pace / self.unitsPerKey, 1e6))))
        let cost = Double(keys) * self.unitsPerKey
        self.fill(pace: pace, upTo: max(cost, pace * Self.savedPart), now: now)
        // A hair less is enough: sums of parts of units are not exact.
        guard self.tokens >= cost - 1e-6 else {
            let seconds = min((cost - self.tokens) / pace, Self.longestWait)
            return .wait(.milliseconds(max(1, Int64((seconds * 1000).rounded(.up)))))
        }
        self.tokens -= cost
        return .go(Grant(keys: keys, units: cost, era: self.era))
    }

    /// Takes in how a request ended that was admitted.
    ///
    /// - Returns: The new pace, if people should hear of it.
    package mutating func settle(_ grant: Grant, _ receipt: Receipt, now: Timestamp) -> WritePace? {
        let spent = receipt.units ?? Double(receipt.keys) * self.unitsPerKey
        self.learn(receipt)
        self.meter.add(spent, now: now)
        if let units = grant.units { self.tokens += units - spent }
        // What was sent before the pace went down says nothing of the pace as it is.
        guard grant.era == self.era else { return nil }
        if let reason = receipt.throttle { return self.slowDown(reason, now: now) }
        return receipt.keys > 0 ? self.speedUp(by: spent, now: now) : nil
    }

    private mutating func fill(pace: Double, upTo most: Double, now: Timestamp) {
        let elapsed = self.filledAt.map { max(0, Double(now.since($0).wholeMilliseconds)) / 1000 } ?? 0
        self.filledAt = max(self.filledAt ?? now, now)
        self.tokens = min(self.tokens + elapsed * pace, most)
    }

    private mutating func learn(_ receipt: Receipt) {
        guard let units = receipt.units, units > 0, receipt.keys > 0 else { return }
        let newest = units / Double(receipt.keys)
        self.unitsPerKey = self.isCostKnown ? self.unitsPerKey * 0.8 + newest * 0.2 : newest
        self.isCostKnown = true
    }

    private mutating func slowDown(_ reason: String, now: Timestamp) -> WritePace? {
        var before = self.pace ?? .infinity
        if !self.isSlowed {
            // Unused capacity of five minutes lets a table take more for a while than it will take from now on.
            let used = self.meter.unitsPerSecond(now: now)
            before = min(before, self.provisioned.map(Double.init) ?? .infinity, used > 0 ? used : .infinity)
        }
        let next = before.isFinite ? max(before * Self.decrease, self.slowest) : self.slowest
        let isNews = next != self.pace
        self.era += 1
        self.throttledAt = now
        self.tokens = min(self.tokens, 0)
        self.filledAt = now
        self.pace = next
        guard isNews else { return nil }
        self.toldAt = now
        return WritePace(limit: next, maximum: self.maximum, change: .slowed, reason: reason)
    }

    private mutating func speedUp(by spent: Double, now: Timestamp) -> WritePace? {
        guard self.isSlowed, let pace else { return nil }
        let next = pace + self.step * spent / pace
        if let maximum, next >= Double(maximum) {
            self.pace = Double(maximum)
            return WritePace(limit: self.pace, maximum: maximum, change: .lifted)
        }
        if self.maximum == nil, let throttledAt, now.since(throttledAt) >= Self.calm {
            self.pace = nil
            self.tokens = .infinity
            return WritePace(limit: nil, maximum: nil, change: .lifted)
        }
        self.pace = next
        guard now.since(self.toldAt ?? now) >= .seconds(1) else { return nil }
        self.toldAt = now
        return WritePace(limit: next, maximum: self.maximum, change: .raised)
    }

    /// What a second's worth of accepted writes adds to the pace.
    private var step: Double {
        let reference = [self.provisioned, self.maximum].compactMap { $0.map(Double.init) }.min() ?? self.meter.most
        return max(0.5, reference * Self.increase)
    }

    /// The lowest pace.
    ///
    /// A tenth of what is provisioned. A table on demand takes thousands of units, and so does one whose capacity is not
    /// known for sure: 100 units are for what it refuses for other reasons.
    private var slowest: Double {
        let slowest = self.provisioned.map { max(1, Double($0) / 10) } ?? 100
        return self.maximum.map { min(slowest, max(1, Double($0) / 10)) } ?? slowest
    }
}

/// What was used in this second and in the one before.
private struct RecentUse: Hashable, Sendable {
    private var second: Int64?
    private var current = 0.0
    private var previous = 0.0
    /// The most that was used in a second.
    private(set) var most = 0.0

    mutating func add(_ units: Double, now: Timestamp) {
        self.turn(to: now)
        self.current += units
        self.most = max(self.most, self.current)
    }

    /// Units used in a second, as far as that is known.
    mutating func unitsPerSecond(now: Timestamp) -> Double {
        self.turn(to: now)
        return max(self.current, self.previous)
    }

    private mutating func turn(to now: Timestamp) {
        let next = now.milliseconds / 1000
        guard let second, next != second else {
            self.second = next
            return
        }
        self.previous = next == second + 1 ? self.current : 0
        self.current = 0
        self.second = next
    }
}
