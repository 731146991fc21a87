// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Decides which tumbling window of a shard a record belongs to, when a window ends, and which state goes on.
///
/// Windows lie side by side from 1970 on. One is open from its first record to its last invocation; a window without
/// records never is. Its state goes from invocation to invocation and is dropped after the last one.
package struct TumblingWindow: Hashable, Sendable {
    /// How long a window stays open behind its end, until a read has shown that nothing of it is left.
    ///
    /// Creation times are whole seconds, and a record may be seen a moment after it was written.
    package static let grace = Duration.seconds(1)

    private struct Open: Hashable, Sendable {
        var start: Timestamp
        var end: Timestamp
        var state = Self.emptyState
        var newestCreatedAt: Timestamp
        var endsEarly = false

        static let emptyState = Array("{}".utf8)
    }

    private let milliseconds: Int64
    private var open: Open?
    /// The end of the newest window that was closed.
    private var closedEnd: Timestamp?

    /// Creates windows of a length; nil if it is zero.
    package init?(length: Duration) {
        guard length > .zero else { return nil }
        self.milliseconds = length.wholeMilliseconds
    }

    /// Whether a window is open: its records are not done before it is closed.
    package var isOpen: Bool { self.open != nil }

    /// Creation time of the open window's newest record.
    package var newestCreatedAt: Timestamp? { self.open?.newestCreatedAt }

    /// The end of the open window; nil: none is open.
    package var openEnd: Timestamp? { self.open?.end }

    /// The end of the open window, or of the one that a record would open.
    package func end(for createdAt: Timestamp) -> Timestamp {
        self.open?.end ?? self.bounds(of: createdAt).end
    }

    /// Whether the open window has to have its last invocation now; an invocation before must be over.
    ///
    /// - Parameters:
    ///   - head: Creation time of the oldest record that waits; nil: none waits.
    ///   - hasEnded: Whether no more records will come.
    ///   - readEmptyAt: When the newest read brought nothing; nil: it brought something.
    /// - Returns: Whether it is due.
    package func isDue(head: Timestamp?, hasEnded: Bool, readEmptyAt: Timestamp?) -> Bool {
        guard let open else { return false }
        if open.endsEarly { return true }
        if let head { return head >= open.end }
        if hasEnded { return true }
        guard let readEmptyAt else { return false }
        return readEmptyAt >= open.end.advanced(by: Self.grace)
    }

    /// Records are handed out: the first one opens a window if none is open.
    package mutating func begin(oldest: Timestamp, newest: Timestamp) {
        if self.open == nil {
            let (start, end) = self.bounds(of: oldest)
            self.open = Open(start: start, end: end, newestCreatedAt: newest)
        }
        if let known = self.open?.newestCreatedAt { self.open?.newestCreatedAt = max(known, newest) }
    }

    /// What an invocation of the open window carries.
    package func invocation(isFinal: Bool) -> WindowInvocation? {
        guard let open else { return nil }
        return WindowInvocation(
            start: open.start,
            end: open.end,
            state: open.state,
            isFinal: isFinal,
            isTerminatedEarly: isFinal && open.endsEarly
        )
    }

    /// An invocation has returned a state: the next one gets it; one that is too large ends the window early.
    package mutating func returned(_ state: [UInt8]) {
        self.open?.state = state
        if state.count > ResponseReading.stateLimit { self.open?.endsEarly = true }
    }

    /// The last invocation is done, or given up: the state is dropped.
    ///
    /// After an early end further records of the same time open the window again, without its state.
    package mutating func close() {
        guard let open else { return }
        if !open.endsEarly { self.closedEnd = open.end }
        self.open = nil
    }

    /// A record that comes after its window was closed goes into the next one.
    private func bounds(of createdAt: Timestamp) -> (start: Timestamp, end: Timestamp) {
        let (quotient, remainder) = createdAt.milliseconds.quotientAndRemainder(dividingBy: self.milliseconds)
        let aligned = Timestamp(milliseconds: (remainder < 0 ? quotient - 1 : quotient) * self.milliseconds)
        let start = max(aligned, self.closedEnd ?? aligned)
        return (start, Timestamp(milliseconds: start.milliseconds + self.milliseconds))
    }
}
