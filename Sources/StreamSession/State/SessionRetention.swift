// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How much of the past a state keeps.
public struct SessionRetention: Hashable, Sendable, Codable {
    /// Largest number of batches, at least 1.
    public var batches: Int
    /// Largest number of records, at least 1.
    public var records: Int
    /// Largest number of bytes of records, by ``StreamRecord/retainedBytes``.
    public var recordBytes: Int
    /// Largest number of lines in the log, at least 1.
    public var logLines: Int

    /// Creates limits; the defaults suit a screen.
    public init(batches: Int = 400, records: Int = 2000, recordBytes: Int = 8 << 20, logLines: Int = 1000) {
        self.batches = batches
        self.records = records
        self.recordBytes = recordBytes
        self.logLines = logLines
    }

    /// For runs without a viewer: figures, and next to no history.
    public static let figuresOnly = SessionRetention(batches: 8, records: 1, recordBytes: 0, logLines: 64)
}
