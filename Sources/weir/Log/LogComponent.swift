// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A part of the program whose log has a level of its own.
enum LogComponent: String, Hashable, Sendable, CaseIterable {
    /// Shards, batches, attempts and positions.
    case engine
    /// Calls of DynamoDB and DynamoDB Streams.
    case client
    /// Calls that handlers and failure destinations make, and records if they are traced.
    case handler
    /// The embedded endpoint.
    case endpoint
}
