// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// A marked moment.
public struct Marker: Hashable, Sendable, Codable {
    /// When.
    public var at: Timestamp
    /// Its text, not yet escaped.
    public var text: String

    /// Creates a marker.
    public init(at: Timestamp, text: String) {
        self.at = at
        self.text = text
    }
}
