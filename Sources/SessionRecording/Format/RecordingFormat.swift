// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers that a recording is known by, and bounds of what is in it.
enum RecordingFormat {
    /// "WEIR": tells that an SQLite file is a recording.
    static let applicationID = 0x5745_4952
    /// Changes when older programs can no longer read the file.
    static let major = 3
    /// The oldest format that is still read.
    ///
    /// In format 2 the records of a batch are JSON, and payloads hold what is 0, too.
    static let oldestMajor = 2
    /// Changes when there is something new that older programs may skip.
    static let minor = 1
    /// `user_version` of the file.
    static let version = Self.major * 1000 + Self.minor

    /// No payload is longer; a state with its 1,000 log lines and 400 batches has some hundred KB.
    static let payloadLimit = 32 << 20
    /// No batch has more bytes of records: 10,000 records or 6 MB of event, twice and more as JSON.
    static let recordsLimit = 64 << 20
    /// No batch has more records, ten times as many as the largest batch size.
    static let batchLimit = 100_000
    /// Years 1970 to 9999, in milliseconds: what lies outside is no time of a session.
    static let times = Int64(0)...253_402_300_799_999

    /// The tables.
    ///
    /// `event.at` and `keyframe.at` are nanoseconds since the header's `started`. `crc` is the CRC-32C of the other columns, as
    /// ``RowChecksum`` has it. `batch.data` holds the records of a batch, see ``PackedRecords``; `payload` of an event is JSON, that
    /// of a key frame is deflated JSON (RFC 1950).
    static let schema = """
        CREATE TABLE header (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            shard TEXT,
            batch INTEGER,
            records INTEGER,
            payload TEXT NOT NULL,
            crc INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE batch (
            batch INTEGER PRIMARY KEY,
            data BLOB NOT NULL,
            crc INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX event_batch ON event (batch) WHERE kind = 'batch-formed';
        CREATE INDEX event_mark ON event (kind, sequence) WHERE kind IN ('marker', 'gap', 'hold', 'resumed', 'data-lost');
        CREATE TABLE keyframe (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            payload BLOB NOT NULL,
            crc INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX keyframe_at ON keyframe (at);
        """
}
