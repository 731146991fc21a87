// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One slot between a writer that must not wait and a reader that draws: the newest value wins.
///
/// The reader is woken once for all values that came since it last looked.
public final class Mailbox<Value: Sendable>: Sendable {
    private struct Slot: Sendable {
        var value: Value
        var isFresh: Bool
    }

    private let slot: Mutex<Slot>
    private let wake: @Sendable () -> Void

    /// Creates a mailbox.
    ///
    /// - Parameters:
    ///   - value: What a reader finds before anything else came; counts as seen.
    ///   - wake: Called after a value came where none was waiting; may be called on any thread and must not block.
    public init(_ value: Value, wake: @escaping @Sendable () -> Void) {
        self.slot = Mutex(Slot(value: value, isFresh: false))
        self.wake = wake
    }

    /// Puts a value in place of the one there.
    public func put(_ value: Value) {
        self.update { $0 = value }
    }

    /// Changes the value in place: while nobody takes it, a large value is not copied for each change.
    public func update(_ change: (inout Value) -> Void) {
        let wasSeen = self.slot.withLock { slot in
            change(&slot.value)
            defer { slot.isFresh = true }
            return !slot.isFresh
        }
        if wasSeen { self.wake() }
    }

    /// The newest value if it was not taken before, else nil.
    public func take() -> Value? {
        self.slot.withLock { slot in
            guard slot.isFresh else { return nil }
            slot.isFresh = false
            return slot.value
        }
    }
}

extension Mailbox where Value == SessionState {
    /// Applies the frames of a source as they come, until they end.
    public func follow<Source: SessionSource>(_ source: Source) async throws {
        for try await frame in source.frames() {
            self.update { state in
                // What is no part of the session does not come with its frames.
                let (recording, replay) = (state.recording, state.replay)
                state.apply(frame)
                state.recording = recording ?? state.recording
                state.replay = replay ?? state.replay
            }
        }
    }
}
