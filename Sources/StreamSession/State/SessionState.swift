// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Everything a viewer knows of a session; built from frames alone, so a recording shows what the live run showed.
public struct SessionState: Hashable, Sendable, Codable {
    /// Session time of the newest event applied; nil before the first.
    public var asOf: Timestamp?
    /// The newest event applied.
    public var lastSequence: UInt64 = 0
    /// When the session began.
    public var startedAt: Timestamp?
    /// What it is about.
    public var description: SessionDescription?
    /// The stream's own state.
    public var streamStatus: StreamStatus?
    /// All shards seen, in order of their names.
    public var shards: [ShardState] = []
    /// Sums over the whole session.
    public var totals = SessionTotals()
    /// The newest batches, oldest first; bounded.
    ///
    /// Older ones keep their figures and no longer their records.
    public var batches: BoundedRing<BatchState>
    /// The newest delivered records, oldest first; bounded by number and bytes.
    public internal(set) var records = RecordRing(limit: 1)
    /// The newest notices and changes, oldest first; bounded.
    public var log: BoundedRing<LogEntry>
    /// Figures per second, oldest first; 15 minutes.
    public var seconds = BoundedRing<SecondSample>(limit: 900)
    /// Number of batches by their size.
    public var batchSizes = BatchSizeHistogram()
    /// How the newest invocation went.
    public var lastResult = ProcessingResult.none
    /// Age of the last record of the newest batch when that batch was done (`IteratorAge`).
    public var iteratorAge: Duration?
    /// Batches in handlers, those that wait for their next attempt included.
    public var handlingCount = 0
    /// Whether the session was held and has not read since.
    var isEnabling = false
    /// The state that was told last; nil: none was.
    public internal(set) var toldState: MappingState?
    /// Whether the session ends as soon as the handlers are done; nil: no.
    var isEnding: Bool?
    /// How fast the handler may write; nil: nothing was throttled so far, ``SessionDescription/maximumWriteCapacity`` holds.
    public var writePace: WritePace?
    /// Present while the session is held.
    public var hold: HoldState?
    /// The newest engine figures.
    public var sample: EngineSample?
    /// Markers, oldest first.
    public var markers: [Marker] = []
    /// Events that are known to be missing.
    public var missingEvents = 0
    /// Why the session ended; nil while it runs.
    public var endedBecause: String?

    /// Where the playback is; nil for a session that runs.
    public var playback: PlaybackStatus?
    /// Whether the session is being recorded; nil: nobody can.
    public var recording: RecordingStatus?
    /// What becomes of records that are sent once more; nil: nobody can send any.
    public var replay: ReplayStatus?

    /// How much is kept.
    public let retention: SessionRetention
    /// Bytes of the records in ``records``.
    public internal(set) var recordBytes = 0
    // When the service last answered a read, or was first asked for one.
    var answeredAt: Timestamp?
    // Since when it does not answer, if the log says so.
    var silentSince: Timestamp?
    // The second of the newest engine sample.
    var lastSampleSecond: Int64?
    // Batches at the front of `batches` whose own records were let go.
    var emptiedBatches = 0

    // Records are kept beside, not within; see SessionKeyframe.
    private enum CodingKeys: String, CodingKey {
        case asOf, lastSequence, startedAt, description, streamStatus, shards, totals, batches, log, seconds, batchSizes
        case lastResult, iteratorAge, handlingCount, isEnabling, toldState, isEnding, hold, sample, writePace, markers,
            missingEvents, endedBecause, retention
        case recordBytes, answeredAt, silentSince, lastSampleSecond, emptiedBatches
    }

    /// Creates the state before the first frame.
    public init(retention: SessionRetention = SessionRetention()) {
        self.retention = retention
        self.batches = BoundedRing(limit: retention.batches)
        self.records = RecordRing(limit: retention.records)
        self.log = BoundedRing(limit: retention.logLines)
    }

    /// Write capacity units a second that the handler may use now; nil: as many as the table takes.
    public var writeLimit: Double? {
        guard let pace = self.writePace else { return self.description?.maximumWriteCapacity.map(Double.init) }
        return pace.limit
    }

    /// Open shards of all shards that are still read or waited for.
    public var openShardCount: Int {
        self.shards.count { !$0.description.isClosed }
    }
}
