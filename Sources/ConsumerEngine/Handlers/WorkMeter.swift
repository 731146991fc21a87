// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession
import Synchronization

/// Counts what a handler does while it does it; the engine reads it when the batch is over.
///
/// What a handler has to say to people goes through it, too: the engine publishes it as notices with the code
/// ``handlerOutput`` while the batch is still in the handler.
///
/// There is one for all attempts of a batch, so a handler also leaves word here of what is done already: see
/// ``markDone(_:)``.
public final class WorkMeter: Sendable {
    /// The code of the notices that hold what a handler says.
    public static let handlerOutput = "handler-output"

    private struct State: Sendable {
        var work = HandlerWork()
        var done: Set<SequenceNumber> = []
    }

    private let state = Mutex(State())
    private let outputListener: @Sendable (String) -> Void
    private let paceListener: @Sendable (WritePace) -> Void

    /// Creates a meter at zero.
    ///
    /// - Parameters:
    ///   - onOutput: Gets each line that the handler says; may be called from any thread.
    ///   - onPace: Gets each change of the handler's bound on its writes; may be called from any thread.
    public init(
        onOutput: @escaping @Sendable (String) -> Void = { _ in },
        onPace: @escaping @Sendable (WritePace) -> Void = { _ in }
    ) {
        self.outputListener = onOutput
        self.paceListener = onPace
    }

    /// Adds work done.
    public func add(_ work: HandlerWork) {
        self.state.withLock { $0.work.add(work) }
    }

    /// Adds a request that failed; the handler counts the last one itself, and what it throttles.
    func add(_ call: FailedCall) {
        guard call.isRepeated else { return self.add(HandlerWork(failedRequests: 1)) }
        self.add(
            HandlerWork(requests: [call.operation: 1], throttles: call.isThrottling ? 1 : 0, failedRequests: 1)
        )
    }

    /// All work so far.
    public var total: HandlerWork {
        self.state.withLock { $0.work }
    }

    /// Says a line to people.
    ///
    /// - Parameter line: Text without a line break; may be of others. The handler bounds how many lines it says and
    ///   how long they are.
    public func say(_ line: String) {
        self.outputListener(line)
    }

    /// Tells people how fast the handler may write from now on.
    public func tell(_ pace: WritePace) {
        self.paceListener(pace)
    }

    /// Remembers records that are done although their batch is not, until the batch is over.
    ///
    /// The batch comes again with all its records: ``remaining(of:)`` says which of them are left.
    ///
    /// - Parameter records: The sequence numbers of records of this batch.
    public func markDone(_ records: some Sequence<SequenceNumber>) {
        self.state.withLock { $0.done.formUnion(records) }
    }

    /// The records that no earlier attempt has marked as done, in their order.
    public func remaining(of records: [StreamRecord]) -> [StreamRecord] {
        let done = self.state.withLock { $0.done }
        return done.isEmpty ? records : records.filter { !done.contains($0.sequenceNumber) }
    }
}
