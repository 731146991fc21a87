// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A stream that was found.
struct LocatedStream: Sendable {
    /// The stream with the first page of its shards.
    var stream: StreamDescription
    /// The other regions of its table; empty if it is no global table, or was not looked at.
    var replicaRegions: [String] = []
}
