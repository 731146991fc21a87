// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Something that a report says beside what happened in the session: a version, the settings.
package struct RecordingFact: Hashable, Sendable {
    /// Its name: `weir`, `os`, `settings`.
    package var name: String
    /// What it says; several lines if need be.
    package var value: String

    /// Creates a fact.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// The table that holds facts; recordings that are no reports have none.
    static let schema = """
        CREATE TABLE report (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL,
            crc INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """

    /// The checksum of both.
    var checksum: UInt32 {
        var checksum = RowChecksum()
        checksum.add(self.name)
        return checksum.finished(with: Array(self.value.utf8))
    }
}
