// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import StreamSession
import Synchronization

/// Counts what a handler does while it does it; the engine reads it when the batch is over.
///
/// What a handler has to say to people goes through it, too: the engine publishes it as notices with the code
/// ``handlerOutput`` while the batch is still in the handler.
public final class WorkMeter: Sendable {
    /// The code of the notices that hold what a handler says.
    public static let handlerOutput = "handler-output"

    private let state = Mutex(HandlerWork())
    private let listener: @Sendable (String) -> Void

    /// Creates a meter at zero.
    ///
    /// - Parameter onOutput: Gets each line that the handler says; may be called from any thread.
    public init(onOutput: @escaping @Sendable (String) -> Void = { _ in }) {
        self.listener = onOutput
    }

    /// Adds work done.
    public func add(_ work: HandlerWork) {
        self.state.withLock { $0.add(work) }
    }

    /// All work so far.
    public var total: HandlerWork {
        self.state.withLock { $0 }
    }

    /// Says a line to people.
    ///
    /// - Parameter line: Text without a line break; may be of others. The handler bounds how many lines it says and
    ///   how long they are.
    public func say(_ line: String) {
        self.listener(line)
    }
}
