// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Synchronization

/// A metrics backend that keeps all it is told, of metrics that were destroyed as well.
final class RecordedMetrics: MetricsFactory {
    /// A metric with its dimensions, `pipeline=default table=T`.
    struct Name: Hashable, Sendable {
        var label: String
        var dimensions: String
    }

    private struct State: Sendable {
        var values: [Name: [Double]] = [:]
        var alive: [Name: Int] = [:]
    }

    private let state = Mutex(State())

    /// Labels that were made.
    var labels: Set<String> { self.state.withLock { Set($0.alive.keys.map(\.label)) } }

    /// Metrics that are not destroyed.
    var alive: [Name] { self.state.withLock { $0.alive.filter { $0.value > 0 }.map(\.key) } }

    /// Dimensions of everything that was made under a label.
    func dimensions(_ label: String) -> Set<String> {
        self.state.withLock { Set($0.alive.keys.filter { $0.label == label }.map(\.dimensions)) }
    }

    /// All values under a label, of whatever dimensions; counters as what they were raised by.
    func values(_ label: String) -> [Double] {
        self.state.withLock { $0.values.filter { $0.key.label == label }.flatMap(\.value) }
    }

    /// The sum of the values under a label.
    func sum(_ label: String) -> Int { Int(self.values(label).reduce(0, +)) }

    private func make(_ label: String, _ dimensions: [(String, String)]) -> Handler {
        let name = Name(label: label, dimensions: dimensions.map { "\($0)=\($1)" }.joined(separator: " "))
        self.state.withLock { $0.alive[name, default: 0] += 1 }
        return Handler(name: name, metrics: self)
    }

    fileprivate func add(_ value: Double, to name: Name) {
        self.state.withLock { $0.values[name, default: []].append(value) }
    }

    private func destroy(_ handler: AnyObject) {
        guard let handler = handler as? Handler else { return }
        self.state.withLock { $0.alive[handler.name, default: 0] -= 1 }
    }

    // MARK: - Factory

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        self.make(label, dimensions)
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        self.make(label, dimensions)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        self.make(label, dimensions)
    }

    func destroyCounter(_ handler: any CounterHandler) { self.destroy(handler) }
    func destroyRecorder(_ handler: any RecorderHandler) { self.destroy(handler) }
    func destroyTimer(_ handler: any TimerHandler) { self.destroy(handler) }
}

/// One metric of any kind.
private final class Handler: CounterHandler, RecorderHandler, TimerHandler {
    let name: RecordedMetrics.Name
    let metrics: RecordedMetrics

    init(name: RecordedMetrics.Name, metrics: RecordedMetrics) {
        self.name = name
        self.metrics = metrics
    }

    func increment(by amount: Int64) { self.metrics.add(Double(amount), to: self.name) }
    func reset() {}
    func record(_ value: Int64) { self.metrics.add(Double(value), to: self.name) }
    func record(_ value: Double) { self.metrics.add(value, to: self.name) }
    func recordNanoseconds(_ duration: Int64) { self.metrics.add(Double(duration), to: self.name) }
}
