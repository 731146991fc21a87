// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Sending records to a handler once more: shown first, agreed to, and only then done.
public enum ReplayRequest: Hashable, Sendable {
    /// Say what would be sent where; nothing is sent.
    case propose(ReplaySelection)
    /// Send what the proposal of this number says.
    case accept(Int)
    /// Forget the proposal of this number.
    case drop(Int)
}
