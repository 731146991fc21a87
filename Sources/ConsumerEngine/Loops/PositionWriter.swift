// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Stores positions of one shard, one after the other; a storage that fails gets some more chances.
struct PositionWriter: Sendable {
    /// How often a position is tried to be stored before the session ends.
    private static let attempts = 5

    /// How many positions a lane stores in a row.
    ///
    /// Others may come to an end while it stores, and it must not store for them for ever while its own records wait; what
    /// is left is stored by whoever is ready next: a lane that waits for records is woken for it.
    private static let inARow = 3

    let shard: ShardID
    let checkpoints: any CheckpointStore
    let core: ConsumerCore
    let backoff: Backoff

    /// Stores a position, and what other lanes bring to their end meanwhile.
    ///
    /// - Returns: Why it could not be stored; nil: it is.
    func store(_ first: ConsumerMachine.Storing) async -> CheckpointError? {
        var next: ConsumerMachine.Storing? = first
        for turn in 1...Self.inARow {
            guard let storing = next else { break }
            do throws(CheckpointError) {
                try await self.advance(storing.lease, to: storing.position)
            } catch {
                self.core.update { machine, _ in machine.storingFailed(self.shard) }
                return error
            }
            let isLast = turn == Self.inARow
            next = self.core.update { machine, now in
                machine.stored(storing.position, of: self.shard, takesNext: !isLast, now: now)
            }
        }
        return nil
    }

    private func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError) {
        var generator = SplitMix64(seed: lease.term)
        for attempt in 1... {
            do throws(CheckpointError) {
                return try await self.checkpoints.advance(lease, to: position)
            } catch {
                guard error.code == .storage, attempt < Self.attempts else { throw error }
                let notice = Notice(
                    level: .error,
                    shard: self.shard,
                    code: "checkpoint-storage",
                    message: "the position cannot be stored and it is tried again: \(error)"
                )
                self.core.update { machine, now in machine.note(notice, now: now) }
                do {
                    try await self.core.clock.sleep(for: self.backoff.pause(after: attempt, using: &generator))
                } catch let cancellation {
                    _ = cancellation
                    throw error
                }
            }
        }
    }
}
