// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What a record says beside its keys and images, by its path in the Lambda event.
enum RecordMember: String, Sendable {
    case eventID
    case eventName
    case eventVersion
    case eventSource
    case awsRegion
    case eventSourceARN
    case userIdentityType = "userIdentity.type"
    case userIdentityPrincipal = "userIdentity.principalId"
    case createdAt = "dynamodb.ApproximateCreationDateTime"
    case sequenceNumber = "dynamodb.SequenceNumber"
    case size = "dynamodb.SizeBytes"
    case viewType = "dynamodb.StreamViewType"

    /// The member at a path; nil if there is none, or it is keys or an image.
    init?(path: [String]) {
        guard !path.contains(where: { $0.contains(".") }) else { return nil }
        self.init(rawValue: path.joined(separator: "."))
    }

    /// The value in a record; nil if it is absent.
    func value(in record: StreamRecord, streamARN: ArraySlice<UInt8>) -> FilterScalar? {
        switch self {
        case .eventID: FilterScalar(record.eventID.text)
        case .eventName: .string(Self.name(of: record.kind))
        case .eventVersion: FilterScalar("1.1")
        case .eventSource: FilterScalar("aws:dynamodb")
        case .awsRegion: FilterScalar(record.region)
        case .eventSourceARN: .string(streamARN)
        case .userIdentityType: record.isTimeToLive ? FilterScalar("Service") : nil
        case .userIdentityPrincipal: record.isTimeToLive ? FilterScalar("dynamodb.amazonaws.com") : nil
        case .createdAt: .number(Array(record.lambdaCreationTime.utf8)[...])
        case .sequenceNumber: FilterScalar(record.sequenceNumber.text)
        case .size: .number(Array(String(record.size.bytes).utf8)[...])
        case .viewType: FilterScalar(record.viewType.rawValue)
        }
    }

    private static let insert = Array(ChangeKind.insert.rawValue.utf8)[...]
    private static let modify = Array(ChangeKind.modify.rawValue.utf8)[...]
    private static let remove = Array(ChangeKind.remove.rawValue.utf8)[...]

    /// Asked for each record, so not made anew.
    private static func name(of kind: ChangeKind) -> ArraySlice<UInt8> {
        switch kind {
        case .insert: Self.insert
        case .modify: Self.modify
        case .remove: Self.remove
        }
    }
}
