// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How the keys of a batch are deleted.
package enum DeleteMode: String, Hashable, Sendable, CaseIterable {
    /// BatchWriteItem, up to 25 keys a request.
    case batch
    /// DeleteItem, one key a request.
    case item
}
