// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport

/// Knows every record that was written and what has become of it, over several runs, and says what must not happen.
///
/// It is told by the handler, the failure destination and the store, each before the engine goes on.
final class RecordJudge: Sendable {
    private struct State: Sendable {
        var byKey: [String: [SequenceNumber]] = [:]
        var byShard: [ShardID: [SequenceNumber]] = [:]
        var ended: Set<SequenceNumber> = []
        var busy: Set<String> = []
        var violations: [String] = []
    }

    private let state = Mutex(State())

    var violations: [String] { self.state.withLock { $0.violations } }

    /// Records that were never handled and never given up.
    var unended: [SequenceNumber] {
        self.state.withLock { state in
            state.byShard.values.flatMap { $0 }.filter { !state.ended.contains($0) }.sorted()
        }
    }

    /// A record that the consumer wants was written.
    func wrote(_ record: StreamRecord, to shard: ShardID) {
        self.state.withLock {
            $0.byKey[ScriptedHandler.key(of: record), default: []].append(record.sequenceNumber)
            $0.byShard[shard, default: []].append(record.sequenceNumber)
        }
    }

    /// The program has crashed: nothing is in a handler any more.
    func crashed() {
        self.state.withLock { $0.busy = [] }
    }

    func note(_ violation: String) {
        self.state.withLock { $0.violations.append(violation) }
    }

    /// Records come into a handler: what was written before for the same key has ended, or stands before in the batch.
    func began(_ records: [StreamRecord]) {
        self.state.withLock { state in
            let keys = Set(records.map { ScriptedHandler.key(of: $0) })
            for key in keys.intersection(state.busy) { state.violations.append("\(key) is in two handlers at once") }
            state.busy.formUnion(keys)
            var before: Set<SequenceNumber> = []
            for record in records {
                let key = ScriptedHandler.key(of: record)
                for earlier in state.byKey[key] ?? [] where earlier < record.sequenceNumber {
                    if !state.ended.contains(earlier), !before.contains(earlier) {
                        state.violations.append("\(record.sequenceNumber) of \(key) comes before \(earlier) has ended")
                    }
                }
                before.insert(record.sequenceNumber)
            }
        }
    }

    /// Records leave a handler, and the first so many of them are done.
    func left(_ records: [StreamRecord], done: Int) {
        self.state.withLock { state in
            state.busy.subtract(records.map { ScriptedHandler.key(of: $0) })
            state.ended.formUnion(records.prefix(done).map(\.sequenceNumber))
        }
    }

    func discarded(_ records: [StreamRecord]) {
        self.state.withLock { $0.ended.formUnion(records.map(\.sequenceNumber)) }
    }

    /// A position is to be stored: nothing before it may be undone.
    func advances(_ shard: ShardID, to position: CheckpointPosition) {
        self.state.withLock { state in
            for number in state.byShard[shard] ?? [] where !state.ended.contains(number) {
                if !CheckpointPosition.sequenceNumber(number).isBefore(position), position != .sequenceNumber(number) {
                    continue
                }
                state.violations.append("the position \(position.text) passes \(number), which is not done")
            }
        }
    }
}

/// Asks the judge before it stores a position.
struct JudgedStore: CheckpointStore {
    let inner: any CheckpointStore
    let judge: RecordJudge

    func positions() async throws(CheckpointError) -> [ShardID: CheckpointPosition] {
        try await self.inner.positions()
    }

    func acquire(
        _ shard: ShardID,
        owner: String,
        beginning: CheckpointPosition
    ) async throws(CheckpointError) -> Lease? {
        try await self.inner.acquire(shard, owner: owner, beginning: beginning)
    }

    func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError) {
        self.judge.advances(lease.shard, to: position)
        try await self.inner.advance(lease, to: position)
    }

    func release(_ lease: Lease) async throws(CheckpointError) {
        try await self.inner.release(lease)
    }
}

/// Tells the judge of what was given up, and fails now and then.
final class JudgedDestination: FailureDestination {
    private struct Full: Error {}

    private let judge: RecordJudge
    private let generator: Mutex<SplitMix64>

    init(judge: RecordJudge, seed: UInt64) {
        self.judge = judge
        self.generator = Mutex(SplitMix64(seed: seed))
    }

    func deliver(_ discarded: DiscardedBatch) async throws {
        self.judge.discarded(discarded.records)
        if self.generator.withLock({ Int.random(in: 0..<4, using: &$0) }) == 0 { throw Full() }
    }
}
