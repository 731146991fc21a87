// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What all calls of a client may spend on retries together, so that a service in trouble is not asked more and more.
struct RetryQuota: Hashable, Sendable {
    /// What a retry costs.
    static let retryCost = 5
    /// What a retry after a time-out costs.
    static let timeoutCost = 10
    /// What a first attempt that succeeds gives back.
    static let successRefund = 1
    /// The most there ever is, and what there is at the beginning.
    static let capacity = 500

    /// What is left.
    private(set) var tokens = RetryQuota.capacity

    /// Pays for a retry.
    ///
    /// - Returns: The price, or nil if there is not enough left: then there must be no retry.
    mutating func pay(afterTimeout: Bool) -> Int? {
        let price = afterTimeout ? Self.timeoutCost : Self.retryCost
        guard self.tokens >= price else { return nil }
        self.tokens -= price
        return price
    }

    /// Notes a success, whose last retry cost `price`; nil if there was no retry.
    mutating func succeeded(lastPrice price: Int?) {
        self.tokens = min(Self.capacity, self.tokens + (price ?? Self.successRefund))
    }
}
