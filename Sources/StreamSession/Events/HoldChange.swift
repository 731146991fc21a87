// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A change of holding.
public enum HoldChange: String, Hashable, Sendable, Codable {
    /// Reading stops; positions do not move.
    case held
    /// Reading goes on.
    case resumed
    /// One batch was let through.
    case steppedBatch
    /// One record was let through.
    case steppedRecord
}
