// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// Decides what a metrics backend is told of a session.
///
/// Durations and sizes of batches are told when they are known. Sums and states are those of the session's state: they
/// are told once a second and at the end, counters by what they rose since.
package struct SessionMeasuring: Sendable {
    private var batchSize = 1
    private var told = SessionTotals()
    private var toldByShard: [ShardID: SessionTotals] = [:]

    /// Creates a measuring that has told nothing.
    package init() {}

    /// Whether the session's state behind an event is needed to say what is to be told.
    package static func needsState(after event: SessionEvent.Kind) -> Bool {
        switch event {
        case .sample, .ended, .shardChanged(_, .finished), .shardChanged(_, .vanished), .shardChanged(_, .stopped): true
        default: false
        }
    }

    /// What is to be told after an event.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - at: When it was published.
    ///   - state: The state behind it; nil where it is not needed.
    /// - Returns: The values, in order.
    package mutating func measurements(
        of event: SessionEvent.Kind,
        at: Timestamp,
        state: SessionState?
    ) -> [Measurement] {
        switch event {
        case .started(let description):
            self.batchSize = max(1, description.batchSize)
            return []
        case .batchFormed(let batch): return self.formed(batch, at: at)
        case .batchFinished(let outcome): return Self.finished(outcome)
        case .shardChanged(let shard, .finished), .shardChanged(let shard, .vanished),
            .shardChanged(let shard, .stopped):
            return state.map { self.left(shard, $0) } ?? []
        case .sample, .ended: return state.map { self.sums(of: $0) } ?? []
        default: return []
        }
    }

    // MARK: - Batches

    private func formed(_ batch: BatchDescription, at: Timestamp) -> [Measurement] {
        // The last invocation of a tumbling window has no records, and so no size and no wait.
        guard !batch.records.isEmpty else { return [] }
        let count = Double(batch.records.count)
        let fill = count / Double(self.batchSize)
        let wait = max(.zero, at.since(batch.firstReadAt))
        return [
            .value(.batchRecords, nil, count), .value(.batchFill, nil, fill),
            .value(.shardBatchFill, batch.shard, fill),
            .time(.windowWait, nil, wait), .time(.shardWindowWait, batch.shard, wait),
        ]
    }

    private static func finished(_ outcome: BatchOutcome) -> [Measurement] {
        var result: [Measurement] = [
            .time(.handlerTime, nil, outcome.handlerTime),
            .time(.shardHandlerTime, outcome.shard, outcome.handlerTime),
            .value(.batchAttempts, nil, Double(outcome.attempts)),
            .value(.shardBatchAttempts, outcome.shard, Double(outcome.attempts)),
        ]
        guard outcome.hasIteratorAge else { return result }
        result.append(.time(.iteratorAge, nil, outcome.iteratorAge))
        result.append(.time(.shardIteratorAge, outcome.shard, outcome.iteratorAge))
        return result
    }

    // MARK: - Sums

    private typealias Sum = (metric: ConsumerMetric, value: (SessionTotals) -> Int)

    private static var sums: [Sum] {
        [
            (.polled, { $0.polled }), (.filteredOut, { $0.filteredOut }), (.succeeded, { $0.succeeded }),
            (.dropped, { $0.dropped }), (.invoked, { $0.invoked }), (.failedInvokes, { $0.failedInvokes }),
            (.destinationDelivered, { $0.destinationDelivered }), (.destinationFailed, { $0.destinationFailed }),
            (.duplicates, { $0.duplicates }), (.reads, { $0.reads }), (.emptyReads, { $0.emptyReads }),
            (.failedReads, { $0.failedReads.count }), (.throttledReads, { $0.failedReads.throttled }),
            (.failedRequests, { $0.work.failedRequests }), (.throttledRequests, { $0.work.throttles }),
            (.retries, { $0.retries }), (.errors, { $0.errors }), (.dataLosses, { $0.dataLosses }),
        ]
    }

    private static var shardSums: [Sum] {
        [
            (.shardPolled, { $0.polled }), (.shardSucceeded, { $0.succeeded }), (.shardDropped, { $0.dropped }),
        ]
    }

    private mutating func sums(of state: SessionState) -> [Measurement] {
        var result = Self.rises(Self.sums, from: self.told, to: state.totals, shard: nil)
        self.told = state.totals
        result += [
            .value(.state, nil, Double(ConsumerMetric.code(of: state.mappingState))),
            .value(.lastResult, nil, Double(ConsumerMetric.code(of: state.lastResult))),
            .value(.inFlight, nil, Double(state.totals.inFlight)),
        ]
        if let lag = state.lag { result.append(.value(.lag, nil, Self.seconds(lag.duration))) }
        for shard in state.shards where !shard.isLeft { result += self.values(of: shard, state) }
        return result
    }

    private mutating func values(of shard: ShardState, _ state: SessionState) -> [Measurement] {
        let id = shard.description.id
        var result = Self.rises(
            Self.shardSums,
            from: self.toldByShard[id] ?? SessionTotals(),
            to: shard.totals,
            shard: id
        )
        self.toldByShard[id] = shard.totals
        result += [
            .value(.shardState, id, Double(ConsumerMetric.code(of: state.mappingState(of: shard)))),
            .value(.shardLastResult, id, Double(ConsumerMetric.code(of: shard.lastResult))),
        ]
        if let lag = state.lag(of: shard) { result.append(.value(.shardLag, id, Self.seconds(lag.duration))) }
        return result
    }

    /// The last values of a shard that nobody works on any more; what was told of it stays known, as it may come back.
    private mutating func left(_ id: ShardID, _ state: SessionState) -> [Measurement] {
        guard let shard = state.shards.first(where: { $0.description.id == id }) else { return [] }
        return self.values(of: shard, state) + [.forget(id)]
    }

    private static func rises(
        _ sums: [Sum],
        from old: SessionTotals,
        to new: SessionTotals,
        shard: ShardID?
    ) -> [Measurement] {
        sums.compactMap { metric, value in
            let rise = value(new) - value(old)
            return rise > 0 ? .count(metric, shard, rise) : nil
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.wholeMilliseconds) / 1000
    }
}

extension ShardState {
    /// Whether nobody works on it any more.
    fileprivate var isLeft: Bool {
        switch self.activity {
        case .finished, .vanished, .stopped: true
        case .waiting, .reading, .draining, .backingOff, .held: false
        }
    }
}
