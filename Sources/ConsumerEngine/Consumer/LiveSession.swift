// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import StreamSession

/// A running consumer as its viewers see it.
public struct LiveSession: SessionSource {
    let core: ConsumerCore

    /// Everything a session can do: hold, step, mark.
    public var capabilities: SessionCapabilities { [.hold, .step, .mark] }

    /// A reader of its own for each call; never slows the consumer.
    public func frames() -> SessionFrames {
        self.core.hub.frames()
    }

    /// A reader with a bound of its own.
    ///
    /// - Parameter bufferLimit: Frames that may wait for it, at least 1; beyond that it gets a key frame.
    /// - Returns: A sequence for one iterator.
    public func frames(bufferLimit: Int) -> SessionFrames {
        self.core.hub.frames(bufferLimit: bufferLimit)
    }

    /// The state after the newest event.
    public var state: SessionState { self.core.hub.state }

    /// Looks at the state without copying it.
    public func withState<Result: Sendable>(_ look: (SessionState) -> Result) -> Result {
        self.core.hub.withState(look)
    }

    /// Asks for something; returns once it is decided, a step before its batch is handled.
    ///
    /// - Throws: `SessionCommandError` if it makes no sense now.
    public func perform(_ command: SessionCommand) async throws {
        try self.core.update { (machine: inout ConsumerMachine, now) throws(SessionCommandError) in
            try machine.perform(command, now: now)
        }
    }

    /// Tells of records of this session that were sent to a handler once more, beside the stream.
    public func note(_ replay: SessionReplay) {
        self.core.publish(.replayed(replay))
    }
}
