// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How an attempt ended, before it is decided what that means for the batch.
package enum AttemptResult: Hashable, Sendable {
    /// All is done.
    case succeeded
    /// The function named failed records; the first of them is at this place of those it got, and not the very first.
    case failedFrom(Int, FunctionResponse)
    /// Nothing is done, and it counts; nil: the handler threw, there is no answer.
    case failed(reason: String, FunctionResponse?)
    /// The handler was throttled or out of reach, which does not count; nil: the engine's own pause.
    case notInvoked(reason: String, after: Duration?)
}
