// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension SessionState {
    /// Takes in a shard as listed: a new one in its place, a known one with its new range.
    mutating func list(_ description: ShardDescription, at: Timestamp) {
        let index = self.shardIndex(description.id)
        if index < self.shards.count, self.shards[index].description.id == description.id {
            self.shards[index].description = description
        } else {
            let activity = ShardActivity.waiting(parents: description.parent.map { [$0] } ?? [])
            let shard = ShardState(description: description, activity: activity, firstSeenAt: at)
            self.shards.insert(shard, at: index)
        }
    }

    /// Takes in what a shard's reader does now.
    mutating func change(_ shard: ShardID, to activity: ShardActivity) {
        var returned = 0
        self.changeShard(shard) {
            $0.activity = activity
            switch activity {
            case .backingOff(let reason, _), .stopped(let reason): $0.lastProblem = reason
            case .reading, .draining, .finished: $0.lastProblem = nil
            case .waiting, .held, .vanished: break
            }
            if case .stopped = activity {
                returned = $0.totals.inFlight
                $0.totals.giveBack()
            }
        }
        self.totals.inFlight -= returned
        self.totals.returned += returned
    }

    /// Takes in an answer of GetRecords.
    mutating func count(_ summary: ReadSummary, at: Timestamp) {
        self.totals.count(summary)
        self.isEnabling = false
        self.changeShard(summary.shard) {
            $0.totals.count(summary)
            $0.isEnabling = false
            if summary.records > 0 { $0.lastRecordsAt = at }
        }
        self.changeSecond(at, shard: summary.shard) {
            $0.records += summary.records
            $0.reads += 1
        }
    }

    /// Takes in a call that failed.
    mutating func count(_ failure: CallFailure, at: Timestamp) {
        // What was sent for a batch is in the figures of its handler.
        guard failure.batch == nil else { return }
        self.totals.failedReads.add(failure)
        if let shard = failure.shard { self.changeShard(shard) { $0.totals.failedReads.add(failure) } }
        guard failure.isThrottling else { return }
        self.changeSecond(at, shard: failure.shard) { $0.throttles += 1 }
    }

    /// A known shard.
    func shard(_ id: ShardID) -> ShardState? {
        let index = self.shardIndex(id)
        guard index < self.shards.count, self.shards[index].description.id == id else { return nil }
        return self.shards[index]
    }

    /// Changes a known shard; an unknown one, whose listing was lost, is left alone.
    mutating func changeShard(_ shard: ShardID, _ change: (inout ShardState) -> Void) {
        let index = self.shardIndex(shard)
        guard index < self.shards.count, self.shards[index].description.id == shard else { return }
        change(&self.shards[index])
    }

    /// Where the shard is or belongs.
    private func shardIndex(_ id: ShardID) -> Int {
        var low = 0
        var high = self.shards.count
        while low < high {
            let middle = (low + high) / 2
            if self.shards[middle].description.id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
