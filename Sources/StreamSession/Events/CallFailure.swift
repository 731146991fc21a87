// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// A call of a service that failed.
///
/// Throttled requests of a handler that slows down by itself are in its figures alone.
public struct CallFailure: Hashable, Sendable, Codable {
    /// The shard it was about; nil: the list of shards.
    public var shard: ShardID?
    /// The batch it was made for, by the handler or for the failure destination; nil: it was to read the stream.
    public var batch: BatchID?
    /// The operation, `GetRecords`.
    public var operation: String
    /// The service's error code, or a word of ours where it gave none.
    public var code: String
    /// What happened; may hold text of the service: show it escaped.
    public var message: String
    /// Whether the service asks to slow down.
    public var isThrottling: Bool

    /// Creates a failure.
    public init(
        shard: ShardID?,
        batch: BatchID? = nil,
        operation: String,
        code: String,
        message: String,
        isThrottling: Bool
    ) {
        self.shard = shard
        self.batch = batch
        self.operation = operation
        self.code = code
        self.message = message
        self.isThrottling = isThrottling
    }
}
