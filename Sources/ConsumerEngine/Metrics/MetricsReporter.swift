// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import DynamoDBModel
import StreamSession
import Synchronization

/// Tells a metrics backend what ``SessionMeasuring`` decides.
final class MetricsReporter: Sendable {
    private struct Key: Hashable {
        var metric: ConsumerMetric
        var shard: ShardID?
    }

    private enum Meter: Sendable {
        case counter(Counter)
        case recorder(Recorder)
        case timer(Timer)
    }

    private struct State: Sendable {
        var measuring = SessionMeasuring()
        var dimensions: [(String, String)] = []
        var meters: [Key: Meter] = [:]
    }

    private let factory: any MetricsFactory
    private let state = Mutex(State())

    /// Creates a reporter.
    ///
    /// - Parameter factory: Makes what values are given to.
    init(factory: any MetricsFactory) {
        self.factory = factory
    }

    /// Tells of an event that was published.
    ///
    /// Called for one event after the other; the backend is called without a lock held.
    func note(_ event: SessionEvent.Kind, at: Timestamp, of hub: SessionHub) {
        let session = SessionMeasuring.needsState(after: event) ? hub.state : nil
        let measurements = self.state.withLock { state in
            if case .started(let description) = event {
                state.dimensions = [("pipeline", description.pipeline), ("table", description.tableName)]
            }
            return state.measuring.measurements(of: event, at: at, state: session)
        }
        for measurement in measurements { self.tell(measurement) }
    }

    private func tell(_ measurement: Measurement) {
        switch measurement {
        case .count(let metric, let shard, let amount):
            if case .counter(let counter) = self.meter(metric, shard) { counter.increment(by: amount) }
        case .value(let metric, let shard, let value):
            if case .recorder(let recorder) = self.meter(metric, shard) { recorder.record(value) }
        case .time(let metric, let shard, let duration):
            if case .timer(let timer) = self.meter(metric, shard) { timer.recordNanoseconds(duration.nanoseconds) }
        case .forget(let shard): self.forget(shard)
        }
    }

    private func meter(_ metric: ConsumerMetric, _ shard: ShardID?) -> Meter {
        let key = Key(metric: metric, shard: shard)
        let (known, common) = self.state.withLock { ($0.meters[key], $0.dimensions) }
        if let known { return known }
        let dimensions = common + (shard.map { [("shard", $0.text)] } ?? [])
        let meter: Meter =
            switch metric.kind {
            case .counter: .counter(Counter(label: metric.label, dimensions: dimensions, factory: self.factory))
            case .gauge: .recorder(Gauge(label: metric.label, dimensions: dimensions, factory: self.factory))
            case .recorder: .recorder(Recorder(label: metric.label, dimensions: dimensions, factory: self.factory))
            case .timer: .timer(Timer(label: metric.label, dimensions: dimensions, factory: self.factory))
            }
        self.state.withLock { $0.meters[key] = meter }
        return meter
    }

    /// Lets the backend forget a shard: shards come and go every four hours.
    private func forget(_ shard: ShardID) {
        let meters = self.state.withLock { state in
            let keys = state.meters.keys.filter { $0.shard == shard }
            return keys.compactMap { state.meters.removeValue(forKey: $0) }
        }
        for meter in meters {
            switch meter {
            case .counter(let counter): counter.destroy()
            case .recorder(let recorder): recorder.destroy()
            case .timer(let timer): timer.destroy()
            }
        }
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = self.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
