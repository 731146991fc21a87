// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// What a recording says of itself.
public struct RecordingHeader: Hashable, Sendable {
    /// What was left out of the records.
    public enum Redaction: String, Hashable, Sendable, Comparable, CaseIterable {
        /// Nothing.
        case none
        /// The values of some attributes.
        case attributes
        /// The values of attributes.
        case values
        /// The values and the names of attributes.
        case all

        /// Orders by how much was left out.
        public static func < (left: Redaction, right: Redaction) -> Bool {
            (Self.allCases.firstIndex(of: left) ?? 0) < (Self.allCases.firstIndex(of: right) ?? 0)
        }
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

    /// The rows of the table `header` that are there from the beginning.
    var rows: [(name: String, value: String)] {
        [
            ("format", "\(RecordingFormat.major).\(RecordingFormat.minor)"),
            ("started", "\(self.startedAt.milliseconds)"),
            ("tool", self.toolVersion),
            ("redaction", self.redaction.rawValue),
            ("crc", "\(self.checksum)"),
        ]
    }

    /// The checksum of the time, the tool and the redaction.
    var checksum: UInt32 {
        var checksum = RowChecksum()
        checksum.add(self.startedAt.milliseconds)
        checksum.add(self.toolVersion)
        return checksum.finished(with: Array(self.redaction.rawValue.utf8))
    }
}
