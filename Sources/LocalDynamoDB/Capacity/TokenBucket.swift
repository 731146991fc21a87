// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Capacity units of one kind that a provisioned table may still use.
///
/// It fills by the table's units per second and keeps what was not used in the last 300 seconds, as the service does. A new one is
/// full. It counts in thousandths of units and in milliseconds, so that nothing is lost by rounding.
struct TokenBucket: Hashable, Sendable {
    /// How long unused capacity is kept: 300 s (DynamoDB developer guide, burst capacity).
    static let burstSeconds: Int64 = 300

    /// Thousandths of units; below zero after a request that was larger than a full bucket.
    private var thousandths: Int64
    private var rate: Int64
    private var filledAt: Timestamp

    /// Creates a full bucket.
    ///
    /// - Parameters:
    ///   - rate: Units per second, 1...1000000000000.
    ///   - now: The time.
    init(rate: Int, now: Timestamp) {
        self.rate = Int64(rate)
        self.thousandths = self.rate * Self.burstSeconds * 1000
        self.filledAt = now
    }

    /// The units there are.
    var units: Double { Double(self.thousandths) / 1000 }

    /// Lets time pass, at a rate that may have changed; a lower one lowers what is kept.
    mutating func fill(rate: Int, now: Timestamp) {
        let elapsed = min(max(0, now.milliseconds - self.filledAt.milliseconds), Self.burstSeconds * 1000)
        self.filledAt = max(self.filledAt, now)
        let limit = Int64(rate) * Self.burstSeconds * 1000
        self.thousandths = min(self.thousandths + self.rate * elapsed, limit)
        self.rate = Int64(rate)
    }

    /// Whether there is enough.
    ///
    /// What is larger than a full bucket passes when it is full, and leaves a debt: otherwise a large item could never be
    /// written to a small table.
    func holds(_ units: Double) -> Bool {
        self.thousandths >= min(Self.thousandths(units), self.rate * Self.burstSeconds * 1000)
    }

    /// Takes units out.
    mutating func take(_ units: Double) {
        self.thousandths -= Self.thousandths(units)
    }

    private static func thousandths(_ units: Double) -> Int64 {
        Int64((units * 1000).rounded(.up))
    }
}
