// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why there is no answer.
package enum HTTPFailure: Error, Hashable, Sendable {
    /// Nothing listens there.
    case connectionRefused
    /// The host's name cannot be resolved.
    case unknownHost
    /// There is no connection or it broke; says how.
    case connection(String)
    /// It took too long; says what.
    case timedOut(String)
    /// The body is larger than the limit, in bytes.
    case tooLarge(limit: Int)
    /// It is no HTTP; says what.
    case malformed(String)
    /// The task was cancelled.
    case cancelled
}
