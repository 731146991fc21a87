// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a change did to its item.
public enum ChangeKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// The item was created.
    case insert = "INSERT"
    /// The item was changed.
    case modify = "MODIFY"
    /// The item was deleted.
    case remove = "REMOVE"
}

/// One change of one item, as GetRecords returns it.
///
/// Keys and images are the bytes that came over the wire and are decoded only when somebody looks.
public struct StreamRecord: Hashable, Sendable {
    /// The identity of the change, to recognise a repeated delivery.
    public var eventID: EventID
    /// What happened to the item.
    public var kind: ChangeKind
    /// The key attributes.
    public var keys: RawItem
    /// The item before the change; nil if there was none or the view type leaves it out.
    public var oldImage: RawItem?
    /// The item after the change; nil if there is none or the view type leaves it out.
    public var newImage: RawItem?
    /// The place in the shard.
    public var sequenceNumber: SequenceNumber
    /// When it happened, whole seconds (`ApproximateCreationDateTime`).
    public var createdAt: Timestamp
    /// Size of keys and images by the item size rule (`SizeBytes`).
    public var size: ByteCount
    /// Whether the item expired (`userIdentity` is the service itself).
    public var isTimeToLive: Bool
    /// What the record can hold.
    public var viewType: StreamViewType
    /// The region it comes from.
    public var region: String

    /// Creates a record.
    public init(
        eventID: EventID,
        kind: ChangeKind,
        keys: RawItem,
        oldImage: RawItem? = nil,
        newImage: RawItem? = nil,
        sequenceNumber: SequenceNumber,
        createdAt: Timestamp,
        size: ByteCount,
        isTimeToLive: Bool = false,
        viewType: StreamViewType = .newAndOldImages,
        region: String = "us-east-1"
    ) {
        self.eventID = eventID
        self.kind = kind
        self.keys = keys
        self.oldImage = oldImage
        self.newImage = newImage
        self.sequenceNumber = sequenceNumber
        self.createdAt = createdAt
        self.size = size
        self.isTimeToLive = isTimeToLive
        self.viewType = viewType
        self.region = region
    }
}
