// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Whether a table's items expire, and the attribute that says when.
///
/// The attribute is a number of epoch seconds; an item without it, or with another type, never expires.
public struct TimeToLiveSpecification: Hashable, Sendable {
    /// Whether items expire.
    public var isEnabled: Bool
    /// The attribute, 1 to 255 bytes.
    public var attributeName: String

    /// Creates a wish.
    public init(isEnabled: Bool, attributeName: String) {
        self.isEnabled = isEnabled
        self.attributeName = attributeName
    }
}

/// The input of UpdateTimeToLive.
public struct UpdateTimeToLiveRequest: Hashable, Sendable {
    /// The table's name or ARN.
    public var tableName: String
    /// What is wanted.
    public var specification: TimeToLiveSpecification

    /// Creates a request.
    public init(tableName: String, specification: TimeToLiveSpecification) {
        self.tableName = tableName
        self.specification = specification
    }
}

/// Where a table's expiry stands.
public enum TimeToLiveStatus: String, Hashable, Sendable, CaseIterable {
    /// It is being switched on.
    case enabling = "ENABLING"
    /// Items expire.
    case enabled = "ENABLED"
    /// It is being switched off.
    case disabling = "DISABLING"
    /// Items do not expire.
    case disabled = "DISABLED"
}

/// The answer of DescribeTimeToLive.
public struct TimeToLiveDescription: Hashable, Sendable {
    /// Where it stands.
    public var status: TimeToLiveStatus
    /// The attribute; nil if items do not expire.
    public var attributeName: String?

    /// Creates a description.
    public init(status: TimeToLiveStatus, attributeName: String? = nil) {
        self.status = status
        self.attributeName = attributeName
    }
}

extension DynamoDBTableAPI {
    /// Refuses: an implementation without expiry need not have this.
    public func updateTimeToLive(
        _ request: UpdateTimeToLiveRequest
    ) async throws(DynamoDBError) -> TimeToLiveSpecification {
        throw DynamoDBError(.unknownOperation, "UpdateTimeToLive is not supported here")
    }

    /// Refuses: an implementation without expiry need not have this.
    public func describeTimeToLive(_ tableName: String) async throws(DynamoDBError) -> TimeToLiveDescription {
        throw DynamoDBError(.unknownOperation, "DescribeTimeToLive is not supported here")
    }
}
