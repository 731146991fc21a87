// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How a single call is repeated before its failure is reported.
package struct RetryConfiguration: Hashable, Sendable {
    /// The rules, by the names that AWS's own tools use.
    package enum Mode: String, Hashable, Sendable, CaseIterable {
        /// More attempts and shorter pauses, without a quota.
        case legacy
        /// Three attempts, a quota that all calls share.
        case standard
        /// As ``standard``. The limit that it puts on the client's own rate elsewhere is not applied: the engine, which
        /// is the only caller that runs for long, slows down by its own rules.
        case adaptive
    }

    /// The rules.
    package var mode: Mode
    /// Attempts, the first included, at least 1.
    package var maximumAttempts: Int
    /// The longest pause before the first retry; it doubles with each further one.
    package var firstPause: Duration
    /// The pause never grows beyond this.
    package var maximumPause: Duration

    /// Whether a call that is throttled is repeated; a caller who slows down by itself wants to hear of it at once.
    ///
    /// Default: true.
    package var repeatsThrottledCalls = true

    /// Three attempts, pauses of up to 1 s, 2 s … 20 s.
    package static let standard = RetryConfiguration(
        mode: .standard,
        maximumAttempts: 3,
        firstPause: .seconds(1),
        maximumPause: .seconds(20)
    )

    /// Creates a configuration.
    package init(mode: Mode, maximumAttempts: Int, firstPause: Duration, maximumPause: Duration) {
        self.mode = mode
        self.maximumAttempts = max(1, maximumAttempts)
        self.firstPause = firstPause
        self.maximumPause = maximumPause
    }

    /// The pause before a retry.
    ///
    /// - Parameters:
    ///   - retry: 1 for the first retry.
    ///   - random: Evenly distributed over 0..<1.
    /// - Returns: The pause; the longest that the retry allows times `random`.
    package func pause(beforeRetry retry: Int, random: Double) -> Duration {
        var longest = self.firstPause
        for _ in 1..<max(1, retry) where longest < self.maximumPause { longest *= 2 }
        return min(longest, self.maximumPause) * random
    }
}

extension ConnectionResolver {
    /// The retry settings: `AWS_RETRY_MODE` or `retry_mode`, `AWS_MAX_ATTEMPTS` or `max_attempts`.
    package func retryConfiguration(of service: ServiceIdentity) throws(ConnectionError) -> RetryConfiguration {
        var configuration = RetryConfiguration.standard
        if let text = self.context.variable("AWS_RETRY_MODE") ?? self.profile.value("retry_mode") {
            guard let mode = RetryConfiguration.Mode(rawValue: text.lowercased()) else {
                throw ConnectionError(
                    .invalidSetting,
                    "AWS_RETRY_MODE (or retry_mode of profile '\(self.profile.name)') is not a retry mode",
                    advice: "Set it to legacy, standard or adaptive, or leave it out."
                )
            }
            configuration.mode = mode
            if mode == .legacy {
                configuration.maximumAttempts = service.legacyRetry.maximumAttempts
                configuration.firstPause = service.legacyRetry.firstPause
            }
        }
        if let text = self.context.variable("AWS_MAX_ATTEMPTS") ?? self.profile.value("max_attempts") {
            guard let attempts = Int(text), attempts >= 1 else {
                throw ConnectionError(
                    .invalidSetting,
                    "AWS_MAX_ATTEMPTS (or max_attempts of profile '\(self.profile.name)') is not a number from 1",
                    advice: "Set it to 1 or more, or leave it out."
                )
            }
            configuration.maximumAttempts = attempts
        }
        return configuration
    }
}
