// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

extension ConsumerMachine {
    /// Does what a viewer asks for.
    ///
    /// - Throws: `SessionCommandError` if it makes no sense now.
    package mutating func perform(_ command: SessionCommand, now: Timestamp) throws(SessionCommandError) {
        if let ending {
            throw SessionCommandError("The session is over (\(ending.text)): it takes no commands any more.")
        }
        switch command {
        case .hold:
            try self.hold.hold()
            self.publish(.hold(.held))
            self.refreshAll()
        case .resume:
            try self.hold.resume()
            // A pause of the session is no time without records.
            for shard in self.shards.keys { self.shards[shard]?.quiet = nil }
            self.publish(.hold(.resumed))
            self.refreshAll()
        case .stepBatch: try self.step(.batch)
        case .stepRecord: try self.step(.record)
        case .marker(let text): self.publish(.marker(text))
        case .record: throw SessionCommandError("A consumer keeps no recording; whoever follows its session can.")
        case .playback: throw SessionCommandError("This session runs; only a recorded one can be moved through.")
        case .replay: throw SessionCommandError("A consumer gets its records from the stream alone.")
        }
    }

    /// A shard was read, failed to be, or has ended: a step may wait for that.
    mutating func stepAnswered(_ shard: ShardID) {
        guard self.hold.concerns(shard) else { return }
        let heads = self.heads
        self.report(self.hold.answered(shard, heads: heads))
    }

    /// A shard is no longer worked on: a step may wait for it.
    mutating func stepLost(_ shard: ShardID) {
        guard self.hold.concerns(shard) else { return }
        let heads = self.heads
        self.report(self.hold.lost(shard, heads: heads))
    }

    /// Creation time of the oldest waiting record of each shard that has one.
    private var heads: [ShardID: Timestamp] {
        self.shards.compactMapValues { $0.head?.record.createdAt }
    }

    /// Carries out what has become of a step.
    private mutating func report(_ progress: HoldControl.StepProgress) {
        switch progress {
        case .unchanged: break
        case .reads(let shards): for shard in shards { self.effects.wakes.insert(.reader(shard)) }
        case .granted(let shard): self.wakeLanes(of: shard)
        case .nothingWaits:
            self.publish(
                .notice(
                    Notice(
                        level: .info,
                        code: Notice.stepEmpty,
                        message: "no record waits: every shard was read once and the step is over"
                    )
                )
            )
        }
    }

    private mutating func step(_ step: HoldControl.Step) throws(SessionCommandError) {
        guard self.allowance != 0 else {
            throw SessionCommandError("All the records asked for are handed out: the session ends with its last batch.")
        }
        let readable = self.shards.filter {
            $0.value.waitingCount == 0 && $0.value.reader.end == nil && $0.value.readTrouble == nil
        }
        let heads = self.heads
        let progress = try self.hold.begin(step, heads: heads, readable: Set(readable.keys))
        self.report(progress)
    }

    private mutating func refreshAll() {
        for shard in self.shards.keys.sorted() { self.refresh(shard) }
        self.wakeLanes()
    }
}
