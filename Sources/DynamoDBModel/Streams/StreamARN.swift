// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The ARN of a stream, `arn:{partition}:dynamodb:{region}:{account}:table/{table}/stream/{label}`.
///
/// Emulators have names of other shapes, so any text is kept as it is; the parts are nil where it has none.
public struct StreamARN: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The whole name.
    public let text: String

    /// Creates a stream's name from any text.
    public init(_ text: String) {
        self.text = text
    }

    /// The whole name.
    public var description: String { self.text }
    /// The region, `us-east-1`.
    public var region: String? { self.parts?.region }
    /// The account, twelve digits on AWS.
    public var account: String? { self.parts?.account }
    /// The table's name.
    public var tableName: String? { self.parts?.table }
    /// The stream's label, `2015-05-11T21:21:33.291`; not unique without account and table.
    public var label: String? { self.parts?.label }

    /// Whether both are streams of one table: the same one, or one from before the stream was switched off and on again.
    ///
    /// Names that are no ARNs are of no table.
    public func hasSameTable(as other: StreamARN) -> Bool {
        guard let own = self.parts, let others = other.parts else { return false }
        return self.text.dropLast(own.label.utf8.count) == other.text.dropLast(others.label.utf8.count)
    }

    /// Orders by text.
    public static func < (left: StreamARN, right: StreamARN) -> Bool {
        left.text < right.text
    }

    private var parts: (region: String, account: String, table: String, label: String)? {
        // The label holds colons, so only the first five split.
        let fields = self.text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0] == "arn", fields[2] == "dynamodb" else { return nil }
        let resource = fields[5].split(separator: "/", omittingEmptySubsequences: false)
        guard resource.count == 4, resource[0] == "table", resource[2] == "stream" else { return nil }
        return (String(fields[3]), String(fields[4]), String(resource[1]), String(resource[3]))
    }
}
