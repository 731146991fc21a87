// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// Decides what passes while the session is held.
package struct HoldControl: Sendable {
    /// What a step lets through.
    package enum Step: Hashable, Sendable {
        case batch
        case record
    }

    /// What has become of a step.
    package enum StepProgress: Hashable, Sendable {
        /// These shards are to be read once.
        case reads(Set<ShardID>)
        /// The shard may hand out what was asked for.
        case granted(ShardID)
        /// Nothing waits anywhere: the step is over.
        case nothingWaits
        /// No step goes on, or it does not wait for this.
        case unchanged
    }

    private enum State: Hashable, Sendable {
        case running
        case held
        case reading(Step, missing: Set<ShardID>)
        case granted(Step, ShardID)
    }

    private var state: State

    /// Creates a control.
    package init(isHeld: Bool) {
        self.state = isHeld ? .held : .running
    }

    /// Whether nothing passes but steps.
    package var isHeld: Bool { self.state != .running }

    /// Whether a step waits for a read of this shard.
    package func wantsRead(of shard: ShardID) -> Bool {
        if case .reading(_, let missing) = self.state { missing.contains(shard) } else { false }
    }

    /// Whether a step waits for anything of this shard.
    package func concerns(_ shard: ShardID) -> Bool {
        self.wantsRead(of: shard) || self.grant(for: shard) != nil
    }

    /// What the shard may hand out.
    package func grant(for shard: ShardID) -> Step? {
        if case .granted(let step, shard) = self.state { step } else { nil }
    }

    /// Holds.
    package mutating func hold() throws(SessionCommandError) {
        guard !self.isHeld else {
            throw SessionCommandError("The session is held already: step, or resume it.")
        }
        self.state = .held
    }

    /// Goes on; a step that is not over is dropped.
    package mutating func resume() throws(SessionCommandError) {
        guard self.isHeld else { throw SessionCommandError("The session is not held: there is nothing to resume.") }
        self.state = .running
    }

    /// Begins a step.
    ///
    /// - Parameters:
    ///   - step: What to let through.
    ///   - heads: Creation time of the oldest waiting record of each shard that has one.
    ///   - readable: Shards with nothing waiting that can be read now.
    /// - Returns: What comes next.
    /// - Throws: `SessionCommandError` if the session is not held, or a step is not over.
    package mutating func begin(
        _ step: Step,
        heads: [ShardID: Timestamp],
        readable: Set<ShardID>
    ) throws(SessionCommandError) -> StepProgress {
        switch self.state {
        case .running:
            throw SessionCommandError("Only a held session can be stepped: hold it first.")
        case .reading, .granted:
            throw SessionCommandError("The step before is not over yet: wait until its batch is handed out.")
        case .held: break
        }
        // A batch is taken from what waits. The oldest record of all is only known once every shard shows its own.
        let missing = step == .batch && !heads.isEmpty ? [] : readable
        guard missing.isEmpty else {
            self.state = .reading(step, missing: missing)
            return .reads(missing)
        }
        return self.decide(step, heads: heads)
    }

    /// A shard was read, or failed to be, or came to its end.
    package mutating func answered(_ shard: ShardID, heads: [ShardID: Timestamp]) -> StepProgress {
        guard case .reading(let step, var missing) = self.state, missing.remove(shard) != nil else { return .unchanged }
        guard missing.isEmpty else {
            self.state = .reading(step, missing: missing)
            return .unchanged
        }
        return self.decide(step, heads: heads)
    }

    /// The shard has handed out what was granted.
    package mutating func passed() {
        guard case .granted = self.state else { preconditionFailure("a step passed in state \(self.state)") }
        self.state = .held
    }

    /// A shard that is no longer worked on cannot use its grant.
    package mutating func lost(_ shard: ShardID, heads: [ShardID: Timestamp]) -> StepProgress {
        guard case .granted(let step, shard) = self.state else { return self.answered(shard, heads: heads) }
        return self.decide(step, heads: heads)
    }

    private mutating func decide(_ step: Step, heads: [ShardID: Timestamp]) -> StepProgress {
        guard let oldest = heads.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else {
            self.state = .held
            return .nothingWaits
        }
        self.state = .granted(step, oldest)
        return .granted(oldest)
    }
}
