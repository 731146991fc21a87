// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a stream puts into its records.
public enum StreamViewType: String, Hashable, Sendable, CaseIterable {
    /// Only the key attributes.
    case keysOnly = "KEYS_ONLY"
    /// The whole item after the change.
    case newImage = "NEW_IMAGE"
    /// The whole item before the change.
    case oldImage = "OLD_IMAGE"
    /// Both.
    case newAndOldImages = "NEW_AND_OLD_IMAGES"

    /// Whether records hold the item after the change.
    public var hasNewImage: Bool { self == .newImage || self == .newAndOldImages }
    /// Whether records hold the item before the change.
    public var hasOldImage: Bool { self == .oldImage || self == .newAndOldImages }
}

/// The state of a stream.
public enum StreamStatus: String, Hashable, Sendable, CaseIterable {
    /// Being switched on.
    case enabling = "ENABLING"
    /// Takes records.
    case enabled = "ENABLED"
    /// Being switched off.
    case disabling = "DISABLING"
    /// Takes no records; what it has stays readable for 24 hours.
    case disabled = "DISABLED"
}

/// The answer of DescribeStream.
public struct StreamDescription: Hashable, Sendable {
    /// The stream's ARN.
    public var arn: StreamARN
    /// The time of its creation as text, `2015-05-11T21:21:33.291`.
    public var label: String
    /// The table it belongs to.
    public var tableName: String
    /// Its state.
    public var status: StreamStatus
    /// What its records hold.
    public var viewType: StreamViewType
    /// When it was asked for; nil if the service did not say.
    public var createdAt: Timestamp?
    /// Key attributes by name, partition key first.
    ///
    /// DescribeStream does not tell their types.
    public var keyNames: [String]
    /// One page of shards, in order of their names.
    public var shards: [ShardDescription]
    /// The last shard of this page if more follow.
    public var lastEvaluatedShardID: ShardID?
    /// What time it was for the service when it answered, or shortly before; nil if it did not say.
    ///
    /// By the clock that tells when records were created. No part of the answer's JSON: over HTTP it is the `Date` header,
    /// which has whole seconds and is rounded down.
    public var serviceTime: Timestamp?

    /// Creates a description.
    public init(
        arn: StreamARN,
        label: String,
        tableName: String,
        status: StreamStatus,
        viewType: StreamViewType,
        createdAt: Timestamp? = nil,
        keyNames: [String],
        shards: [ShardDescription],
        lastEvaluatedShardID: ShardID? = nil,
        serviceTime: Timestamp? = nil
    ) {
        self.arn = arn
        self.label = label
        self.tableName = tableName
        self.status = status
        self.viewType = viewType
        self.createdAt = createdAt
        self.keyNames = keyNames
        self.shards = shards
        self.lastEvaluatedShardID = lastEvaluatedShardID
        self.serviceTime = serviceTime
    }
}

/// One stream in the answer of ListStreams.
public struct StreamSummary: Hashable, Sendable {
    /// The stream's ARN.
    public var arn: StreamARN
    /// The table it belongs to.
    public var tableName: String
    /// The time of its creation as text.
    public var label: String

    /// Creates a summary.
    public init(arn: StreamARN, tableName: String, label: String) {
        self.arn = arn
        self.tableName = tableName
        self.label = label
    }
}

/// One page of the answer of ListStreams.
public struct StreamList: Hashable, Sendable {
    /// The streams, disabled but still readable ones included.
    public var streams: [StreamSummary]
    /// Where the next page starts; nil on the last one.
    public var lastEvaluatedStreamARN: StreamARN?

    /// Creates a page.
    public init(streams: [StreamSummary], lastEvaluatedStreamARN: StreamARN? = nil) {
        self.streams = streams
        self.lastEvaluatedStreamARN = lastEvaluatedStreamARN
    }
}
