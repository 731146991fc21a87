// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The faults of an endpoint, and which requests they meet.
///
/// Each fault draws from numbers of its own: the same seed, the same faults in the same order and the same requests give the same
/// outcome, and a further fault does not change that of the others.
public final class FaultInjector: Sendable {
    /// A fault and what became of it.
    public struct Entry: Hashable, Sendable {
        /// The number it got, from 1.
        public var id: Int
        /// What it does.
        public var fault: FaultSpecification
        /// Requests that it could have met.
        public var requests = 0
        /// Requests that it met.
        public var injected = 0
    }

    private struct State {
        var entries: [(entry: Entry, dice: FaultDice)] = []
        var lastID = 0
    }

    private let seed: UInt64
    private let state = Mutex(State())

    /// Creates an injector.
    ///
    /// - Parameters:
    ///   - seed: What is drawn from.
    ///   - faults: The faults at first.
    public init(seed: UInt64, faults: [FaultSpecification] = []) {
        self.seed = seed
        for fault in faults { self.inject(fault) }
    }

    /// The faults, in the order in which they came.
    public var entries: [Entry] {
        self.state.withLock { $0.entries.map(\.entry) }
    }

    /// Whether there are none.
    var isEmpty: Bool { self.state.withLock { $0.entries.isEmpty } }

    /// Adds a fault; returns its number.
    @discardableResult
    public func inject(_ fault: FaultSpecification) -> Int {
        self.state.withLock { state in
            state.lastID += 1
            let dice = FaultDice(seed: self.seed, stream: UInt64(state.lastID))
            state.entries.append((Entry(id: state.lastID, fault: fault), dice))
            return state.lastID
        }
    }

    /// Takes faults away.
    ///
    /// - Parameter id: The number of one; nil: all.
    /// - Returns: How many were there.
    @discardableResult
    public func clear(_ id: Int? = nil) -> Int {
        self.state.withLock { state in
            let before = state.entries.count
            state.entries.removeAll { id == nil || $0.entry.id == id }
            return before - state.entries.count
        }
    }

    /// Decides what happens to a request.
    ///
    /// All faults that meet it let it wait; of those that do more, the first counts.
    ///
    /// - Parameters:
    ///   - operation: The operation's name.
    ///   - writes: The number of writes of a BatchWriteItem; 0 for other operations.
    /// - Returns: What happens.
    func plan(_ operation: String, writes: Int = 0) -> FaultPlan {
        self.state.withLock { state in
            var plan = FaultPlan()
            for index in state.entries.indices where state.entries[index].entry.fault.matches(operation) {
                let fault = state.entries[index].entry.fault
                if plan.action != nil, fault.kind != .latency { continue }
                state.entries[index].entry.requests += 1
                let entry = state.entries[index].entry
                guard entry.requests > fault.after, entry.injected < fault.count ?? .max else { continue }
                guard let action = state.entries[index].dice.action(fault, writes: writes) else { continue }
                state.entries[index].entry.injected += 1
                plan.latency += fault.latency
                plan.kinds.append(fault.kind)
                if fault.kind != .latency { plan.action = action }
            }
            return plan
        }
    }
}

/// What faults do to one request.
struct FaultPlan {
    /// How long it waits first.
    var latency = Duration.zero
    /// What happens then; nil: nothing.
    var action: FaultAction?
    /// The kinds of all that met it.
    var kinds: [FaultKind] = []
}
