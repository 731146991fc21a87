// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

/// One line on standard error that changes while a headless run goes on; nothing if that is no terminal.
struct ProgressLine: Sendable {
    private static let interval = Duration.milliseconds(500)

    let session: LiveSession
    let errors: LineOutput
    /// Standard output: when its lines go to a terminal, too, a line that changes would run into them.
    let output: LineOutput
    /// When its lines go to a terminal, they would run into this one as well.
    let log: ProgramLog
    let clock: any SessionClock

    /// Draws until cancelled.
    func run() async throws {
        guard self.isShown else { return }
        var last = 0
        var lastAt = self.clock.now
        while true {
            try await self.clock.sleep(for: Self.interval)
            let now = self.clock.now
            let totals = self.session.state.totals
            let seconds = Double(max(1, now.since(lastAt).wholeMilliseconds)) / 1000
            let rate = Int(Double(totals.succeeded - last) / seconds)
            last = totals.succeeded
            lastAt = now
            self.errors.write(Array("\r\u{1B}[K\(Self.text(totals, rate: rate))".utf8))
        }
    }

    /// Takes the line away.
    func clear() {
        guard self.isShown else { return }
        self.errors.write(Array("\r\u{1B}[K".utf8))
    }

    private var isShown: Bool { self.errors.isTerminal && !self.output.isTerminal && !self.log.isOnTerminal }

    static func text(_ totals: SessionTotals, rate: Int) -> String {
        var text = "\(RunSummary.count(totals.succeeded, "record"))  \(rate)/s  "
        text += RunSummary.count(totals.batchesSucceeded + totals.batchesDiscarded, "batch", "batches")
        if totals.work.itemsDeleted > 0 { text += "  \(totals.work.itemsDeleted) deletes" }
        if totals.work.kept > 0 { text += "  \(totals.work.kept) kept" }
        if totals.slowdowns > 0 { text += "  \(totals.slowdowns) slow-downs" }
        if totals.dropped > 0 { text += "  \(totals.dropped) given up" }
        if totals.failedReads.count > 0 { text += "  \(totals.failedReads.count) failed reads" }
        if totals.retries > 0 { text += "  \(totals.retries) retries" }
        if totals.errors > 0 { text += "  \(totals.errors) errors" }
        return text
    }
}
