// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension SessionState {
    // Charts of shards look at the newest seconds only.
    private static var shardSeconds: Int { 10 }
    // The engine samples once a second; twice that is late.
    private static var lateAfter: Int64 { 2 }

    /// Changes the second of a moment, for the whole session and for a shard.
    mutating func changeSecond(_ at: Timestamp, shard: ShardID? = nil, _ change: (inout SecondSample) -> Void) {
        let second = at.epochSecond
        self.openSecond(second)
        change(&self.seconds[self.seconds.count - 1])
        guard let shard else { return }
        self.changeShard(shard) {
            if $0.recentSeconds.last?.second != second {
                $0.recentSeconds.append(SecondSample(second: second))
                if $0.recentSeconds.count > Self.shardSeconds { $0.recentSeconds.removeFirst() }
            }
            change(&$0.recentSeconds[$0.recentSeconds.count - 1])
        }
    }

    /// Takes in the engine's figures: the seconds since the sample before are complete, a quiet one is a zero.
    ///
    /// After a late sample the seconds it missed stay unsampled: they are a gap.
    mutating func take(_ sample: EngineSample, at: Timestamp) {
        // Before the first sample nothing is late: the session begins with its first second.
        let previous = self.lastSampleSecond ?? self.startedAt.map { $0.epochSecond - 1 }
        let lateAfter = self.lastSampleSecond == nil ? Self.lateAfter + 1 : Self.lateAfter
        self.sample = sample
        for index in self.shards.indices {
            self.shards[index].oldestPendingCreatedAt =
                sample.oldestPendingByShard[self.shards[index].description.id]
        }
        self.lastSampleSecond = at.epochSecond
        self.openSecond(at.epochSecond)
        let last = self.seconds.count - 1
        // A chart shows what is known: a bound is a gap, neither a zero nor a height.
        let lag = self.lag.flatMap { $0.isExact ? $0.duration : nil }
        self.seconds[last].isSampled = true
        self.seconds[last].lag = lag
        guard let previous, at.epochSecond > previous else { return }
        guard at.epochSecond - previous <= lateAfter else {
            self.seconds[last].isLate = true
            return
        }
        // A sampler that drifts by some milliseconds may step over a second.
        for index in self.seconds.indices.dropLast().suffix(Int(lateAfter)) where self.seconds[index].second > previous
        {
            self.seconds[index].isSampled = true
            self.seconds[index].lag = self.seconds[index].lag ?? lag
        }
    }

    /// Makes the second the newest one; seconds in between are there, empty and unsampled.
    private mutating func openSecond(_ second: Int64) {
        guard let newest = self.seconds.last?.second else {
            self.seconds.append(SecondSample(second: second))
            return
        }
        guard second > newest else { return }
        let first = max(newest + 1, second - Int64(self.seconds.limit) + 1)
        for next in first...second {
            var sample = SecondSample(second: next)
            sample.isHeld = self.hold != nil
            self.seconds.append(sample)
        }
    }
}

extension Timestamp {
    /// Whole seconds since 1970, rounded down.
    var epochSecond: Int64 {
        let (quotient, remainder) = self.milliseconds.quotientAndRemainder(dividingBy: 1000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
