// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How fast a handler may write from now on: its bound has changed.
public struct WritePace: Hashable, Sendable, Codable {
    /// What has changed it.
    public enum Change: String, Hashable, Sendable, CaseIterable, Codable {
        /// The table throttles: the handler writes more slowly.
        case slowed
        /// The table takes what it gets: the handler writes a little faster.
        case raised
        /// The handler writes as fast as it is allowed to again.
        case lifted
    }

    /// Write capacity units a second; nil: as many as the table takes.
    public var limit: Double?
    /// The bound that the user has set, in write capacity units a second; nil: none.
    public var maximum: Int?
    /// What has changed it.
    public var change: Change
    /// What the service said when it throttled, for people; nil unless the pace was slowed.
    ///
    /// May hold text of the service: show it escaped.
    public var reason: String?

    /// Creates a pace.
    public init(limit: Double?, maximum: Int?, change: Change, reason: String? = nil) {
        self.limit = limit
        self.maximum = maximum
        self.change = change
        self.reason = reason
    }

    /// Whether throttling keeps it below what is allowed.
    public var isSlowed: Bool { self.change != .lifted }
}
