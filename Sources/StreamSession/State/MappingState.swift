// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The state of a session or of a shard, in the words of an event source mapping (`State`).
///
/// Lambda has `Updating` and `Deleting` as well; a session never is in one of them, as its settings do not change while it
/// lasts.
public enum MappingState: String, Hashable, Sendable {
    /// It has not begun to read yet.
    case creating = "Creating"
    /// It was held and reads again as soon as the first answer is there.
    case enabling = "Enabling"
    /// It reads and hands out.
    case enabled = "Enabled"
    /// It is held, and a batch is still in the handler.
    case disabling = "Disabling"
    /// It is held or has ended; the position stays.
    case disabled = "Disabled"
}

extension SessionState {
    /// The state of the whole session.
    public var mappingState: MappingState {
        guard self.endedBecause == nil else { return .disabled }
        guard self.hold == nil else { return self.handlingCount > 0 ? .disabling : .disabled }
        guard self.streamStatus != nil else { return .creating }
        return self.isEnabling ? .enabling : .enabled
    }
}

extension ShardState {
    /// The state of the shard.
    public var mappingState: MappingState {
        switch self.activity {
        case .waiting: .creating
        case .reading, .draining, .backingOff: self.isEnabling ? .enabling : .enabled
        case .held: self.handlingCount > 0 ? .disabling : .disabled
        case .finished, .vanished, .stopped: .disabled
        }
    }
}
