// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Which limit throttled a call: tells a hot key from a small table.
public struct ThrottlingReason: Hashable, Sendable, CustomStringConvertible {
    /// `Table` or `Index`, `Read` or `Write`, and the limit: `TableWriteProvisionedThroughputExceeded`.
    public var reason: String
    /// The ARN of the table or index.
    public var resource: String

    /// Creates a reason.
    public init(reason: String, resource: String) {
        self.reason = reason
        self.resource = resource
    }

    /// Limit and resource.
    public var description: String {
        [self.reason, self.resource].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
