// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why records are given up, in Lambda's words.
public enum DiscardCondition: String, Hashable, Sendable, CaseIterable, Codable {
    /// All attempts failed.
    case retryAttemptsExhausted = "RetryAttemptsExhausted"
    /// The records were older than allowed before they could be handled.
    case recordAgeExceeded = "RecordAgeExceeded"
}
