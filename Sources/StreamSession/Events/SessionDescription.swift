// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// What a session is about; shown in the head line and kept with recordings.
///
/// Holds no secret.
public struct SessionDescription: Hashable, Sendable, Codable {
    /// The pipeline's name: part of the identity of its checkpoints.
    public var pipeline: String
    /// The stream.
    public var streamARN: StreamARN
    /// The stream's table.
    public var tableName: String
    /// What its records hold.
    public var viewType: StreamViewType
    /// The table's key attributes, partition key first.
    public var keyNames: [String]
    /// The region.
    public var region: String
    /// The profile, nil without one.
    public var profile: String?
    /// The endpoint if it is not the service's own, `http://127.0.0.1:8000`.
    public var endpoint: String?
    /// The handler for people: `observe`, `delete from StagingTable (batch)`.
    ///
    /// The first words tell which figures it has: `delete from`, `delete objects`, `aggregate`, `command`, `function`.
    public var handler: String
    /// Whether the handler changes anything anywhere.
    public var handlerWrites: Bool
    /// Where the first run of the pipeline begins.
    public var startingPosition: String
    /// Largest number of records in a batch.
    public var batchSize: Int
    /// How long a batch may gather.
    public var batchWindow: Duration
    /// Which events are handled; empty: all.
    public var eventNames: [ChangeKind]
    /// The other settings of an event source mapping.
    public var mapping: MappingSettings
    /// Provisioned write capacity of the handler's table, nil if on demand or unknown: a line in charts.
    public var provisionedWriteCapacity: Int?
    /// The bound that the user has set on the handler's writes, in write capacity units a second; nil: none.
    public var maximumWriteCapacity: Int?
    /// The tool's version.
    public var toolVersion: String

    /// The smaller one of what the handler's table has and what the user allows; nil: neither is known.
    public var writeCapacityBound: Int? {
        [self.provisionedWriteCapacity, self.maximumWriteCapacity].compactMap(\.self).min()
    }

    /// Creates a description.
    public init(
        pipeline: String,
        streamARN: StreamARN,
        tableName: String,
        viewType: StreamViewType,
        keyNames: [String],
        region: String,
        profile: String? = nil,
        endpoint: String? = nil,
        handler: String,
        handlerWrites: Bool,
        startingPosition: String,
        batchSize: Int,
        batchWindow: Duration,
        eventNames: [ChangeKind],
        mapping: MappingSettings = MappingSettings(),
        provisionedWriteCapacity: Int? = nil,
        maximumWriteCapacity: Int? = nil,
        toolVersion: String
    ) {
        self.pipeline = pipeline
        self.streamARN = streamARN
        self.tableName = tableName
        self.viewType = viewType
        self.keyNames = keyNames
        self.region = region
        self.profile = profile
        self.endpoint = endpoint
        self.handler = handler
        self.handlerWrites = handlerWrites
        self.startingPosition = startingPosition
        self.batchSize = batchSize
        self.batchWindow = batchWindow
        self.eventNames = eventNames
        self.mapping = mapping
        self.provisionedWriteCapacity = provisionedWriteCapacity
        self.maximumWriteCapacity = maximumWriteCapacity
        self.toolVersion = toolVersion
    }
}
