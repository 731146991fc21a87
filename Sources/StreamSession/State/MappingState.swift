// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// The state of a session or of a shard, in the words of an event source mapping (`State`).
///
/// Lambda has `Updating` and `Deleting` as well; a session never is in one of them, as its settings do not change while it
/// lasts.
public enum MappingState: String, Hashable, Sendable, Codable {
    /// It has not begun to read yet.
    case creating = "Creating"
    /// It was held and goes on as soon as the first answer is there, or with what was read before.
    case enabling = "Enabling"
    /// It reads and hands out.
    case enabled = "Enabled"
    /// It is held or ends, and a batch is still in the handler.
    case disabling = "Disabling"
    /// It is held or has ended; the position stays.
    case disabled = "Disabled"
}

extension SessionState {
    /// The state of the whole session.
    public var mappingState: MappingState {
        guard self.endedBecause == nil else { return .disabled }
        guard self.hold == nil, self.isEnding != true else { return self.handlingCount > 0 ? .disabling : .disabled }
        guard self.streamStatus != nil else { return .creating }
        return self.isEnabling ? .enabling : .enabled
    }

    /// The state of a shard of this session.
    public func mappingState(of shard: ShardState) -> MappingState {
        guard self.endedBecause == nil else { return .disabled }
        if self.isEnding == true { return shard.handlingCount > 0 ? .disabling : .disabled }
        return switch shard.activity {
        case .waiting: .creating
        case .reading, .draining, .backingOff: shard.isEnabling ? .enabling : .enabled
        case .held: shard.handlingCount > 0 ? .disabling : .disabled
        case .finished, .vanished, .stopped: .disabled
        }
    }

    /// How the states now differ from those that were told, the session's first.
    ///
    /// - Parameter event: What was taken in last; without one all are looked at.
    /// - Returns: The changes, to be published behind the event.
    public func stateChanges(after event: SessionEvent.Kind) -> [StateChange] {
        switch event {
        case .started, .hold, .streamChanged: return self.stateChanges(of: self.shards)
        case .shardListed(let description): return self.stateChanges(of: description.id)
        case .shardChanged(let shard, _): return self.stateChanges(of: shard)
        case .read(let summary): return self.stateChanges(of: summary.shard)
        case .batchFormed(let batch): return self.stateChanges(of: batch.shard)
        case .batchFinished(let outcome): return self.stateChanges(of: outcome.shard)
        default: return []
        }
    }

    /// What the end of the session changes, to be published before it.
    public var stateChangesOfEnd: [StateChange] {
        var changes: [StateChange] = []
        if self.toldState != .disabled { changes.append(StateChange(from: self.toldState, to: .disabled)) }
        for shard in self.shards where shard.toldState != .disabled {
            changes.append(StateChange(shard: shard.description.id, from: shard.toldState, to: .disabled))
        }
        return changes
    }

    /// The state that was told last of a shard, or of the whole.
    public func toldState(of shard: ShardID?) -> MappingState? {
        guard let shard else { return self.toldState }
        return self.shard(shard)?.toldState
    }

    private func stateChanges(of shard: ShardID) -> [StateChange] {
        self.stateChanges(of: self.shard(shard).map { [$0] } ?? [])
    }

    private func stateChanges(of shards: [ShardState]) -> [StateChange] {
        var changes: [StateChange] = []
        let state = self.mappingState
        if state != self.toldState { changes.append(StateChange(from: self.toldState, to: state)) }
        for shard in shards {
            let state = self.mappingState(of: shard)
            guard state != shard.toldState else { continue }
            changes.append(StateChange(shard: shard.description.id, from: shard.toldState, to: state))
        }
        return changes
    }

    /// Takes in a state that was told.
    mutating func take(_ change: StateChange) {
        guard let shard = change.shard else {
            self.toldState = change.to
            if change.to == .disabling, self.hold == nil { self.isEnding = true }
            return
        }
        self.changeShard(shard) { $0.toldState = change.to }
    }
}
