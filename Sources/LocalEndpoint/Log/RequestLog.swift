// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
import LocalDynamoDB
import Synchronization

/// What the endpoint was asked and what it did, counted at the server from its own writes.
///
/// Only requests that were answered with success count; refused ones are counted apart, but for the capacity that a
/// condition uses that does not hold.
public final class RequestLog: Sendable {
    /// The figures of one operation on one table.
    public struct Entry: Hashable, Sendable {
        /// The operation, `BatchWriteItem`.
        public var operation: String
        /// The table; nil for operations that are about none.
        public var table: String?
        /// Requests answered with success; a batch that writes to two tables counts for both.
        public var requests = 0
        /// Items that were there and are gone.
        public var itemsDeleted = 0
        /// Items put or changed.
        public var itemsWritten = 0
        /// Write capacity units used, by conditions that did not hold, too.
        public var writeCapacityUnits = 0.0
    }

    private struct Key: Hashable {
        var operation: String
        var table: String?
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var received: [String: Int] = [:]
        var refused: [String: Int] = [:]
        var injected: [String: [FaultKind: Int]] = [:]
    }

    private let state = Mutex(State())
    /// When counting began.
    public let startedAt: Timestamp

    init(startedAt: Timestamp) {
        self.startedAt = startedAt
    }

    /// All figures, ordered by operation and table.
    public var entries: [Entry] {
        let entries = self.state.withLock { Array($0.entries.values) }
        return entries.sorted { ($0.operation, $0.table ?? "") < ($1.operation, $1.table ?? "") }
    }

    /// Successful requests of an operation on a table; on all and no tables if it is nil.
    public func requests(operation: String, table: String? = nil) -> Int {
        self.sum(operation, table) { $0.requests }
    }

    /// Items deleted from a table, by whatever operation.
    public func itemsDeleted(table: String) -> Int {
        self.sum(nil, table) { $0.itemsDeleted }
    }

    /// Write capacity units that an operation used on a table; on all tables if it is nil.
    public func writeCapacityUnits(operation: String, table: String? = nil) -> Double {
        self.state.withLock { state in
            state.entries.values.reduce(0) { sum, entry in
                entry.operation == operation && (table == nil || entry.table == table)
                    ? sum + entry.writeCapacityUnits : sum
            }
        }
    }

    /// Requests of an operation that were answered with an error; of all operations if it is nil.
    public func refused(operation: String? = nil) -> Int {
        self.state.withLock { state in
            guard let operation else { return state.refused.values.reduce(0, +) }
            return state.refused[operation] ?? 0
        }
    }

    /// Faults that met requests, by operation and kind.
    public var injected: [(operation: String, kind: FaultKind, count: Int)] {
        let injected = self.state.withLock { $0.injected }
        return injected.sorted { $0.key < $1.key }.flatMap { operation, kinds in
            kinds.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { (operation: operation, kind: $0.key, count: $0.value) }
        }
    }

    /// Counts a fault that met a request.
    func inject(_ operation: String, _ kind: FaultKind) {
        self.state.withLock { $0.injected[operation, default: [:]][kind, default: 0] += 1 }
    }

    /// Notes that a request came in; returns how many of its operation came before.
    func receive(_ operation: String) -> Int {
        self.state.withLock { state in
            let index = state.received[operation] ?? 0
            state.received[operation] = index + 1
            return index
        }
    }

    /// Counts a success; of a condition that did not hold, the capacity alone.
    func record(operation: String, _ outcome: EndpointOperation.Outcome) {
        var requests = 0
        if case .success = outcome.body { requests = 1 }
        self.state.withLock { state in
            guard !outcome.reports.isEmpty else {
                let key = Key(operation: operation, table: outcome.table)
                state.entries[key, default: Entry(operation: operation, table: outcome.table)].requests += requests
                return
            }
            for report in outcome.reports {
                let key = Key(operation: operation, table: report.table)
                var entry = state.entries[key] ?? Entry(operation: operation, table: report.table)
                entry.requests += requests
                entry.itemsDeleted += report.itemsDeleted
                entry.itemsWritten += report.itemsWritten
                entry.writeCapacityUnits += report.writeCapacityUnits
                state.entries[key] = entry
            }
        }
    }

    /// Counts a refusal.
    func refuse(_ operation: String) {
        self.state.withLock { $0.refused[operation, default: 0] += 1 }
    }

    private func sum(_ operation: String?, _ table: String?, _ figure: (Entry) -> Int) -> Int {
        self.entries.reduce(0) { sum, entry in
            (operation == nil || entry.operation == operation) && (table == nil || entry.table == table)
                ? sum + figure(entry) : sum
        }
    }
}
