// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The settings of an event source mapping beside those of batches and start: what a session's viewers can be told.
public struct MappingSettings: Hashable, Sendable {
    /// Whether reading began with the session; if not, it began held.
    public var isEnabled: Bool
    /// Batches of one shard that are handled at once.
    public var parallelizationFactor: Int
    /// Batches of all shards that are handled at once, nil: one a lane of every shard.
    public var maximumConcurrentBatches: Int?
    /// Whether a batch that fails is cut into halves.
    public var bisectsBatchOnFunctionError: Bool
    /// Attempts after the first one; nil: until the records have left the stream.
    public var maximumRetryAttempts: Int?
    /// Older records are given up; nil: once they have left the stream.
    public var maximumRecordAge: Duration?
    /// Length of the tumbling windows; 0: there are none.
    public var tumblingWindow: Duration
    /// `ReportBatchItemFailures`, or nothing.
    public var functionResponseTypes: [String]
    /// The patterns of `FilterCriteria`; a record has to match one of them, if there are any.
    public var filters: [String]
    /// Where batches that are given up are told of; nil: nowhere.
    public var onFailure: String?

    /// Creates settings; the defaults are those of a mapping.
    public init(
        isEnabled: Bool = true,
        parallelizationFactor: Int = 1,
        maximumConcurrentBatches: Int? = nil,
        bisectsBatchOnFunctionError: Bool = false,
        maximumRetryAttempts: Int? = nil,
        maximumRecordAge: Duration? = nil,
        tumblingWindow: Duration = .zero,
        functionResponseTypes: [String] = [],
        filters: [String] = [],
        onFailure: String? = nil
    ) {
        self.isEnabled = isEnabled
        self.parallelizationFactor = parallelizationFactor
        self.maximumConcurrentBatches = maximumConcurrentBatches
        self.bisectsBatchOnFunctionError = bisectsBatchOnFunctionError
        self.maximumRetryAttempts = maximumRetryAttempts
        self.maximumRecordAge = maximumRecordAge
        self.tumblingWindow = tumblingWindow
        self.functionResponseTypes = functionResponseTypes
        self.filters = filters
        self.onFailure = onFailure
    }
}
