// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// Where shards without a stored position begin; their children always begin at their oldest record.
public enum StartingPosition: String, Hashable, Sendable, CaseIterable {
    /// The oldest record still kept.
    case trimHorizon = "TRIM_HORIZON"
    /// Only what is written from now on.
    case latest = "LATEST"
}

/// The settings of a consumer, named after Lambda's event source mapping where it has the same.
public struct ConsumerConfiguration: Sendable {
    /// The stream.
    public var streamARN: StreamARN
    /// The pipeline's name.
    public var pipeline: String
    /// Where shards without a stored position begin.
    ///
    /// Default: `LATEST`.
    public var startingPosition: StartingPosition
    /// Largest number of records in a batch.
    ///
    /// - Range: 1...10000. Default: 100. Source: Lambda, `BatchSize`.
    public var batchSize: Int
    /// How long a batch may gather; 0: what one read returned, cut at the size.
    ///
    /// - Range: 0...300 s. Default: 0. Source: Lambda, `MaximumBatchingWindowInSeconds`.
    public var batchWindow: Duration
    /// Batches of one shard that are handled at once: records are spread over so many lanes by their partition key.
    ///
    /// Order is kept for each partition key, and a batch that fails blocks its lane only. The position stored is the
    /// low-water mark: nothing before it is undone in any lane.
    ///
    /// - Range: 1...10. Default: 1. Source: Lambda, `ParallelizationFactor`.
    public var parallelizationFactor: Int
    /// Whether a batch of several records that fails is cut into halves, until a record that fails stands alone.
    ///
    /// - Default: false. Source: Lambda, `BisectBatchOnFunctionError`.
    public var bisectsBatchOnFunctionError: Bool
    /// Attempts after the first one, until what is left of a batch is given up; nil or -1: until its records have left the
    /// stream.
    ///
    /// An attempt that did not take place (``HandlerOutcome/retry(after:reason:)``) does not count, nor does a cut.
    ///
    /// - Range: -1...10000. Default: nil. Source: Lambda, `MaximumRetryAttempts`.
    public var maximumRetryAttempts: Int?
    /// Records older than this are given up before an attempt; nil or -1 s: only once an attempt has failed and they have
    /// left the stream, 24 hours after they were written.
    ///
    /// - Range: -1 s, or 60...604800 s. Default: nil. Source: Lambda, `MaximumRecordAgeInSeconds`.
    public var maximumRecordAge: Duration?
    /// Length of the tumbling windows, whole seconds; 0: there are none.
    ///
    /// Not together with a ``parallelizationFactor`` above 1.
    ///
    /// - Range: 0...900 s. Default: 0. Source: Lambda, `TumblingWindowInSeconds`.
    public var tumblingWindow: Duration
    /// Whether a function may name failed records, so that only those and what follows them come again.
    ///
    /// - Default: false. Source: Lambda, `FunctionResponseTypes` with `ReportBatchItemFailures`.
    public var reportsBatchItemFailures: Bool
    /// Whether the consumer begins to read; if not, it begins held.
    ///
    /// - Default: true. Source: Lambda, `Enabled`.
    public var isEnabled: Bool
    /// Batches of all shards together that are in the handler at once; nil: one a lane of every shard.
    ///
    /// Who waits for longest is next. A batch that waits for its next attempt does not count.
    ///
    /// - Range: 1...10000. Default: nil.
    public var maximumConcurrentBatches: Int?
    /// Which events are handled; empty: all.
    ///
    /// The others are filtered out before batches are formed.
    public var eventNames: Set<ChangeKind>
    /// Which records are handled; the others are filtered out before batches are formed.
    ///
    /// A record has to match one pattern, and to be one of ``eventNames``.
    ///
    /// - Range: up to ten patterns. Default: none, everything matches. Source: Lambda, `FilterCriteria`.
    public var filters: FilterCriteria
    /// Largest size of a batch as a Lambda event.
    ///
    /// - Default: 6291456 bytes, the limit of a synchronous invocation.
    public var batchBytes: Int
    /// Records one read asks for.
    ///
    /// - Range: 1...1000. Default: 1000. Source: DynamoDB Streams API reference, GetRecords, `Limit`.
    public var readLimit: Int
    /// Pause after a read that returned nothing.
    ///
    /// Default: 250 ms (Lambda polls a shard four times a second).
    public var idlePause: Duration
    /// How often shards are listed.
    ///
    /// Default: 10 s, and at once when a shard ends.
    public var discoveryInterval: Duration
    /// Smallest and largest pause between attempts of a failing batch or call.
    ///
    /// Default: 100 ms and 30 s.
    public var backoff: ClosedRange<Duration>
    /// End when every shard is closed and handled to its end.
    ///
    /// Default: false.
    public var endsWithShards: Bool
    /// End when nothing was read for so long and all is handled; nil: never.
    public var untilIdle: Duration?
    /// End after so many records were handed to the handler; nil: never.
    ///
    /// The last batch is cut to fit.
    public var maxRecords: Int?
    /// End after so long; nil: never.
    public var runFor: Duration?
    /// Begin held.
    public var startsHeld: Bool
    /// Whether the records come from a recorded session: that its stream takes no more is then nothing to be told.
    ///
    /// Default: false.
    public var readsRecording = false
    /// Readers that each shard has beside this consumer, as far as they are known: event source mappings, other programs,
    /// and the replication of a global table, which counts as one.
    ///
    /// Nothing depends on it but a warning, as DynamoDB serves two readers of a shard and may throttle more.
    ///
    /// - Range: 0...1000. Default: 0. Source: DynamoDB quotas, simultaneous readers of a shard.
    public var otherReaders: Int
    /// How long a batch in flight may take to finish once the consumer is to end.
    ///
    /// Default: 5 s.
    public var drainLimit: Duration
    /// Seed of the jitter in pauses.
    public var seed: UInt64
    /// How much of the past the session keeps for its viewers.
    ///
    /// Default: what a screen wants.
    public var retention: SessionRetention

    /// Creates settings with the defaults named above.
    public init(
        streamARN: StreamARN,
        pipeline: String = "default",
        startingPosition: StartingPosition = .latest,
        batchSize: Int = 100,
        batchWindow: Duration = .zero,
        parallelizationFactor: Int = 1,
        bisectsBatchOnFunctionError: Bool = false,
        maximumRetryAttempts: Int? = nil,
        maximumRecordAge: Duration? = nil,
        tumblingWindow: Duration = .zero,
        reportsBatchItemFailures: Bool = false,
        isEnabled: Bool = true,
        maximumConcurrentBatches: Int? = nil,
        eventNames: Set<ChangeKind> = [],
        filters: FilterCriteria = .none,
        batchBytes: Int = 6_291_456,
        readLimit: Int = 1000,
        idlePause: Duration = .milliseconds(250),
        discoveryInterval: Duration = .seconds(10),
        backoff: ClosedRange<Duration> = .milliseconds(100)...(.seconds(30)),
        endsWithShards: Bool = false,
        untilIdle: Duration? = nil,
        maxRecords: Int? = nil,
        runFor: Duration? = nil,
        startsHeld: Bool = false,
        otherReaders: Int = 0,
        drainLimit: Duration = .seconds(5),
        seed: UInt64 = 0,
        retention: SessionRetention = SessionRetention()
    ) {
        self.streamARN = streamARN
        self.pipeline = pipeline
        self.startingPosition = startingPosition
        self.batchSize = batchSize
        self.batchWindow = batchWindow
        self.parallelizationFactor = parallelizationFactor
        self.bisectsBatchOnFunctionError = bisectsBatchOnFunctionError
        self.maximumRetryAttempts = maximumRetryAttempts
        self.maximumRecordAge = maximumRecordAge
        self.tumblingWindow = tumblingWindow
        self.reportsBatchItemFailures = reportsBatchItemFailures
        self.isEnabled = isEnabled
        self.maximumConcurrentBatches = maximumConcurrentBatches
        self.eventNames = eventNames
        self.filters = filters
        self.batchBytes = batchBytes
        self.readLimit = readLimit
        self.idlePause = idlePause
        self.discoveryInterval = discoveryInterval
        self.backoff = backoff
        self.endsWithShards = endsWithShards
        self.untilIdle = untilIdle
        self.maxRecords = maxRecords
        self.runFor = runFor
        self.startsHeld = startsHeld
        self.otherReaders = otherReaders
        self.drainLimit = drainLimit
        self.seed = seed
        self.retention = retention
    }
}
