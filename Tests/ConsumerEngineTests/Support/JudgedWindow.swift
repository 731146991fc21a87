// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

/// What the rules make of the tumbling windows of one shard, found from what the handler sees.
///
/// Each method returns what must not be.
struct JudgedWindow: Sendable {
    private struct Open: Sendable {
        /// nil: it has begun with records that were given up before they were handed over.
        var bounds: Range<Timestamp>?
        var state = "{}"
        var newestCreatedAt: Timestamp
        var isEnding = false
    }

    private let configuration: ConsumerConfiguration
    private var open: Open?
    /// The end of the newest window that is over; nil: there was none, or it is not known.
    private var closedEnd: Timestamp?
    private var isUnsure = false
    /// Records that are done in the open window: after a crash they come again.
    private(set) var done: [SequenceNumber] = []

    init(configuration: ConsumerConfiguration) {
        self.configuration = configuration
    }

    /// Whether a window is open: no position may be stored.
    func isOpen(now: Timestamp) -> Bool {
        self.open != nil && !self.mayBeGivenUp(now)
    }

    /// A batch comes into the handler.
    ///
    /// - Parameters:
    ///   - batch: What was handed over.
    ///   - isFresh: Whether nothing of the batch was handed over or given up before.
    ///   - isDue: Whether a record of a later window waits, or no more will come.
    ///   - now: The time.
    /// - Returns: What must not be.
    mutating func began(_ batch: RecordBatch, isFresh: Bool, isDue: Bool, now: Timestamp) -> [String] {
        guard let window = batch.window else { return ["has no window"] }
        var violations: [String] = []
        let bounds = window.start..<window.end
        let state = String(decoding: window.state, as: UTF8.self)
        let length = self.configuration.tumblingWindow
        if window.end.since(window.start) != length || !self.isAligned(window.start) {
            violations.append("window \(window.start) to \(window.end)")
        }
        if window.isTerminatedEarly { violations.append("ends its window early") }
        if let open, open.bounds != nil, open.bounds != bounds, self.mayBeGivenUp(now) { self.close() }
        if self.open == nil {
            if window.isFinal { violations.append("ends a window that never began") }
            if let first = batch.records.first, isFresh, !self.isUnsure {
                let start = max(self.aligned(first.createdAt), self.closedEnd ?? window.start)
                if start != window.start { violations.append("a window from \(window.start), not \(start)") }
            }
            self.open = Open(bounds: bounds, newestCreatedAt: batch.records.first?.createdAt ?? window.start)
            self.isUnsure = false
        }
        guard let open else { return violations }
        if let known = open.bounds, known != bounds { violations.append("another window before the end of the last") }
        if open.isEnding, !window.isFinal { violations.append("comes after the end of its window began") }
        if state != open.state { violations.append("state \(state), not \(open.state)") }
        if window.isFinal, !open.isEnding, !isDue, now < window.end.advanced(by: TumblingWindow.grace) {
            violations.append("ends a window at \(window.end) before its time, at \(now)")
        }
        self.open?.bounds = bounds
        self.open?.isEnding = window.isFinal
        for record in batch.records {
            if record.createdAt >= window.end { violations.append("a record of a later window") }
            self.open?.newestCreatedAt = max(open.newestCreatedAt, record.createdAt)
        }
        return violations
    }

    /// The handler has answered.
    ///
    /// - Parameters:
    ///   - isFinal: Whether it was the last invocation of the window.
    ///   - isClosed: Whether that has come to its end.
    ///   - records: What is done.
    ///   - state: The state returned, if all or a part is done.
    /// - Returns: The records that are done for good.
    mutating func answered(isFinal: Bool, isClosed: Bool, _ records: [StreamRecord], state: String?) -> [SequenceNumber]
    {
        self.done += records.map(\.sequenceNumber)
        if isFinal {
            guard isClosed else { return [] }
            defer { self.close() }
            return self.done
        }
        if let state { self.open?.state = state }
        return []
    }

    /// Records were given up: they have opened a window, too.
    mutating func discarded(_ records: [StreamRecord]) {
        self.done += records.map(\.sequenceNumber)
        guard let newest = records.map(\.createdAt).max() else { return }
        self.open = self.open ?? Open(newestCreatedAt: newest)
        if let open { self.open?.newestCreatedAt = max(open.newestCreatedAt, newest) }
    }

    /// A position is stored: a window whose end may have been given up is over.
    mutating func stored(now: Timestamp) {
        if self.open != nil, self.mayBeGivenUp(now) { self.close() }
    }

    /// Nobody is told of a last invocation that is given up for its age.
    private func mayBeGivenUp(_ now: Timestamp) -> Bool {
        guard let open else { return false }
        let limit = self.configuration.maximumRecordAge ?? .seconds(86_400)
        return now.since(open.newestCreatedAt) > limit
    }

    private mutating func close() {
        self.isUnsure = self.open?.bounds == nil
        self.closedEnd = self.open?.bounds?.upperBound
        self.open = nil
        self.done = []
    }

    private func aligned(_ time: Timestamp) -> Timestamp {
        let length = self.configuration.tumblingWindow.wholeMilliseconds
        return Timestamp(milliseconds: time.milliseconds / length * length)
    }

    private func isAligned(_ time: Timestamp) -> Bool { self.aligned(time) == time }
}
