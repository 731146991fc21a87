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
    /// Names the session, the same in all parts of its recording; empty if nobody has given it a name.
    public var session: String
    /// Which part of the recording it is, from 1.
    public var part: Int

    /// Creates a header.
    public init(
        startedAt: Timestamp,
        toolVersion: String,
        redaction: Redaction = .none,
        session: String = "",
        part: Int = 1
    ) {
        self.startedAt = startedAt
        self.toolVersion = toolVersion
        self.redaction = redaction
        self.session = session
        self.part = part
    }

    /// The rows of the table `header` that are there from the beginning.
    var rows: [(name: String, value: String)] {
        [
            ("format", "\(RecordingFormat.major).\(RecordingFormat.minor)"),
            ("started", "\(self.startedAt.milliseconds)"),
            ("tool", self.toolVersion),
            ("redaction", self.redaction.rawValue),
            ("session", self.session),
            ("part", "\(self.part)"),
            ("crc", "\(self.checksum)"),
        ]
    }

    /// The checksum of the time, the tool and the redaction; before that of session and part, if there is more to them than in
    /// format 2, which had neither.
    var checksum: UInt32 {
        var checksum = RowChecksum()
        checksum.add(self.startedAt.milliseconds)
        checksum.add(self.toolVersion)
        if !self.session.isEmpty || self.part != 1 {
            checksum.add(self.session)
            checksum.add(self.part)
        }
        return checksum.finished(with: Array(self.redaction.rawValue.utf8))
    }
}
