// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// What a recording says of itself.
public struct RecordingHeader: Hashable, Sendable {
    /// What was left out of the records.
    public enum Redaction: String, Hashable, Sendable {
        /// Nothing.
        case none
        /// The values of attributes.
        case values
    }

    /// When the file was begun; event times count from here.
    public var startedAt: Timestamp
    /// The version of the program that began it.
    public var toolVersion: String
    /// What was left out.
    public var redaction: Redaction

    /// Creates a header.
    public init(startedAt: Timestamp, toolVersion: String, redaction: Redaction = .none) {
        self.startedAt = startedAt
        self.toolVersion = toolVersion
        self.redaction = redaction
    }
}
